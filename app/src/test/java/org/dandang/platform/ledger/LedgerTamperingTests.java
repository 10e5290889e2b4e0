package org.dandang.platform.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.dandang.platform.storage.Database;
import org.dandang.platform.storage.EmbeddedDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.UncategorizedSQLException;

/** What the owner of the database can do to the ledger, and that it is found. */
class LedgerTamperingTests {
  @TempDir static Path server;
  static EmbeddedDatabase embedded;
  private static final AtomicInteger COUNT = new AtomicInteger();

  @TempDir Path folder;
  private HikariDataSource pool;
  private LedgerDatabase ledger;

  @BeforeAll
  static void open() throws SQLException {
    embedded = EmbeddedDatabase.open(server.resolve("data"));
    try (HikariDataSource template = database("postgres", "template0")) {
      LedgerDatabase.migrated(template, server);
    }
  }

  @AfterAll
  static void close() {
    embedded.close();
  }

  @BeforeEach
  void fresh() throws SQLException {
    pool = database("postgres", "tampered_1");
    pool.getConnection().close();
    ledger = new LedgerDatabase(pool, folder);
    // A copy of a database is the same ledger; these are to be ledgers of their own.
    ledger.asOwner(
        "alter table platform.ledger_identity disable trigger all",
        "update platform.ledger_identity set id = gen_random_uuid()",
        "alter table platform.ledger_identity enable always trigger ledger_is_append_only");
  }

  @AfterEach
  void leave() {
    pool.close();
  }

  private static HikariDataSource database(String owner, String template) throws SQLException {
    Database own = embedded.database();
    String name = "tampered_" + COUNT.incrementAndGet();
    try (var connection = DriverManager.getConnection(own.url(), own.user(), own.password());
        var statement = connection.createStatement()) {
      if (!owner.equals("postgres")) {
        statement.execute("drop role if exists " + owner);
        statement.execute("create role " + owner + " login password '" + own.password() + "'");
        // What an administrator is asked to grant, as docs/access.md says.
        statement.execute("grant set on parameter dandang.sight to " + owner);
      }
      statement.execute("create database " + name + " owner " + owner + " template " + template);
    }
    return LedgerDatabase.pool(
        new Database(own.url().replaceFirst("/dandang$", "/" + name), owner, own.password(), true));
  }

  /** Three checkpoints over 60 entries. */
  private Sealer sealed() throws Exception {
    Sealer sealer = ledger.sealer();
    for (int i = 0; i < 3; i++) {
      ledger.append(20);
      sealer.sealAll();
    }
    return sealer;
  }

  @Test
  void anUntouchedLedgerIsWhole() throws Exception {
    sealed();
    Verified found = ledger.verifyAgainst(ledger.anchors());
    assertThat(found.findings()).isEmpty();
    assertThat(found.positions()).isEqualTo(60);
    assertThat(found.checkpoints()).isEqualTo(3);
    assertThat(found.anchored()).isEqualTo(60);
    assertThat(found.waiting()).isZero();
  }

  @Test
  void anEmptyLedgerIsWhole() throws Exception {
    ledger.sealer().sealAll();
    assertThat(ledger.verify().whole()).isTrue();
    assertThat(ledger.verify().newest()).isNull();
  }

  /**
   * @param statements what the owner does
   * @param kind what has to be found first
   * @param number the position or checkpoint named
   */
  record Tampering(String what, List<String> statements, Finding.Kind kind, long number) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Tampering> tamperings() {
    return Stream.of(
        new Tampering(
            "the actor of an entry",
            List.of(
                "update platform.ledger_entry set actor = 'somebody' where id = (select entry from"
                    + " platform.ledger_link where position = 17)"),
            Finding.Kind.ENTRY_CHANGED,
            17),
        new Tampering(
            "the time of an entry, by a microsecond",
            List.of(
                "update platform.ledger_entry set recorded_at = recorded_at + interval '1"
                    + " microsecond' where id = (select entry from platform.ledger_link where"
                    + " position = 1)"),
            Finding.Kind.ENTRY_CHANGED,
            1),
        new Tampering(
            "the detail of the newest entry",
            List.of(
                "update platform.ledger_entry set detail = '{\"n\": 99}' where id = (select entry"
                    + " from platform.ledger_link where position = 60)"),
            Finding.Kind.ENTRY_CHANGED,
            60),
        new Tampering(
            "an entry deleted",
            List.of(
                "delete from platform.ledger_entry where id = (select entry from"
                    + " platform.ledger_link where position = 30)"),
            Finding.Kind.ENTRY_GONE,
            30),
        new Tampering(
            "an entry deleted with its link",
            List.of(
                "delete from platform.ledger_entry where id = (select entry from"
                    + " platform.ledger_link where position = 30)",
                "delete from platform.ledger_link where position = 30"),
            Finding.Kind.LINK_GONE,
            30),
        new Tampering(
            "an entry deleted, its link too, and the others moved up",
            List.of(
                "delete from platform.ledger_entry where id = (select entry from"
                    + " platform.ledger_link where position = 60)",
                "delete from platform.ledger_link where position = 60"),
            Finding.Kind.CHAIN_CUT,
            3),
        new Tampering(
            "all entries gone",
            List.of("truncate platform.ledger_entry"),
            Finding.Kind.ENTRY_GONE,
            1),
        new Tampering(
            "all links gone", List.of("truncate platform.ledger_link"), Finding.Kind.CHAIN_CUT, 1),
        new Tampering(
            "two entries exchanged",
            List.of(
                "create temporary table swap as select * from platform.ledger_link where position"
                    + " in (10, 11)",
                "delete from platform.ledger_link where position in (10, 11)",
                "insert into platform.ledger_link select 21 - position, entry, algorithm, salt,"
                    + " leaf, hash from swap"),
            Finding.Kind.LINK_BROKEN,
            10),
        new Tampering(
            "an entry put in, the others moved down",
            List.of(
                "insert into platform.ledger_entry (recorded_at, actor, action, subject_kind)"
                    + " values (now() - interval '1 year', 'tester', 'thing-changed', 'thing')",
                "create temporary table moved as select * from platform.ledger_link where position"
                    + " > 40",
                "delete from platform.ledger_link where position > 40",
                "insert into platform.ledger_link select position + 1, entry, algorithm, salt,"
                    + " leaf, hash from moved",
                "insert into platform.ledger_link select 41, (select max(id) from"
                    + " platform.ledger_entry), algorithm, salt, sha256('x'), sha256('y') from"
                    + " platform.ledger_link where position = 40"),
            Finding.Kind.ENTRY_CHANGED,
            41),
        new Tampering(
            "a checkpoint gone",
            List.of("delete from platform.ledger_checkpoint where number = 2"),
            Finding.Kind.CHECKPOINT_DIFFERS,
            3),
        new Tampering(
            "a checkpoint changed",
            List.of(
                "update platform.ledger_checkpoint set made_at = made_at - interval '1 day' where"
                    + " number = 2"),
            Finding.Kind.NOT_SIGNED,
            2));
  }

  @ParameterizedTest
  @MethodSource("tamperings")
  void isFoundAndNamed(Tampering tampering) throws Exception {
    sealed();
    ledger.asOwner(tampering.statements().toArray(String[]::new));
    Verified found = ledger.verify();
    assertThat(found.findings()).isNotEmpty();
    assertThat(found.findings().getFirst().kind()).isEqualTo(tampering.kind());
    assertThat(found.findings().getFirst().number()).isEqualTo(tampering.number());
  }

  @Test
  void ofTwoChangesBothAreNamed() throws Exception {
    sealed();
    ledger.asOwner(
        "update platform.ledger_entry set actor = 'x' where id in (select entry from"
            + " platform.ledger_link where position in (5, 55))");
    assertThat(ledger.verify().findings())
        .extracting(Finding::kind, Finding::number)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Finding.Kind.ENTRY_CHANGED, 5L),
            org.assertj.core.groups.Tuple.tuple(Finding.Kind.ENTRY_CHANGED, 55L));
  }

  /** With the key and every right: the chain is made anew over changed entries. */
  private void rebuild() throws Exception {
    ledger.asOwner(
        "update platform.ledger_entry set actor = 'somebody' where id = (select entry from"
            + " platform.ledger_link where position = 17)",
        "truncate platform.ledger_link",
        "truncate platform.ledger_checkpoint",
        "delete from platform.ledger_push");
    ledger.sealer(LedgerAlgorithm.SHA_256, List.of()).sealAll();
  }

  @Test
  void aFullRebuildIsFoundOnlyWithAnAnchorFromOutside() throws Exception {
    sealed();
    Path outside = copyOfAnchors();
    rebuild();
    assertThat(ledger.verify().findings()).as("the control: nothing to see inside").isEmpty();
    Verified found = ledger.verifyAgainst(outside);
    assertThat(found.findings().getFirst().kind()).isEqualTo(Finding.Kind.ANCHOR_DIFFERS);
    assertThat(found.findings().getFirst().number()).isEqualTo(1);
  }

  @Test
  void aTruncationWithItsCheckpointsIsFoundOnlyWithAnAnchorFromOutside() throws Exception {
    sealed();
    ledger.asOwner(
        "delete from platform.ledger_entry where id in (select entry from platform.ledger_link"
            + " where position > 40)",
        "delete from platform.ledger_link where position > 40",
        "delete from platform.ledger_checkpoint where number > 2");
    assertThat(ledger.verify().findings()).as("the control: nothing to see inside").isEmpty();
    assertThat(ledger.verifyAgainst(ledger.anchors()).findings())
        .first()
        .extracting(Finding::kind, Finding::number)
        .containsExactly(Finding.Kind.ANCHOR_BEYOND, 3L);
  }

  @Test
  void whoHasTheDatabaseButNotTheKeyCannotRebuild() throws Exception {
    sealed();
    Files.delete(folder.resolve("ledger-key"));
    List<String> known = Files.readAllLines(folder.resolve(LedgerKeys.PUBLIC));
    rebuild();
    Files.write(folder.resolve(LedgerKeys.PUBLIC), known); // not his to write
    assertThat(ledger.verify().findings().getFirst().kind()).isEqualTo(Finding.Kind.UNKNOWN_KEY);
  }

  private Path copyOfAnchors() throws IOException {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    try (var files = Files.walk(ledger.anchors())) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        Files.copy(file, outside.resolve(file.getFileName()));
      }
    }
    return outside;
  }

  @Test
  void entriesCommittedLateAreLinkedInALaterRound() throws Exception {
    Sealer sealer = ledger.sealer();
    CountDownLatch written = new CountDownLatch(1);
    CountDownLatch commit = new CountDownLatch(1);
    Thread late =
        Thread.ofPlatform()
            .start(
                () ->
                    ledger.transaction.executeWithoutResult(
                        status -> {
                          ledger.ledger.append("late", "thing-changed", "thing", "1", Map.of());
                          written.countDown();
                          await(commit);
                        }));
    await(written);
    ledger.append(5);
    sealer.sealAll();
    assertThat(ledger.count("platform.ledger_link")).isEqualTo(5);
    ledger.append(5);
    sealer.sealAll();
    commit.countDown();
    late.join();
    ledger.append(5);
    sealer.sealAll();
    assertThat(ledger.count("platform.ledger_link")).isEqualTo(16);
    assertThat(
            ledger
                .jdbc
                .sql(
                    "select l.position > 10 from platform.ledger_link l join platform.ledger_entry"
                        + " e on e.id = l.entry where e.actor = 'late'")
                .query(Boolean.class)
                .single())
        .isTrue();
    assertThat(ledger.verifyAgainst(ledger.anchors()).findings()).isEmpty();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void twoSealersAtOnceMakeOneChain() throws Exception {
    Sealer one = ledger.sealer();
    Sealer other = ledger.sealer();
    List<Thread> threads = new ArrayList<>();
    List<Throwable> problems = new ArrayList<>();
    for (Sealer sealer : List.of(one, other)) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      for (int i = 0; i < 30; i++) {
                        ledger.append(3);
                        sealer.sealAll();
                      }
                    } catch (Exception e) {
                      problems.add(e);
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    one.sealAll();
    assertThat(problems).isEmpty();
    assertThat(ledger.count("platform.ledger_link")).isEqualTo(180);
    assertThat(ledger.verifyAgainst(ledger.anchors()).findings()).isEmpty();
  }

  @Test
  void theLedgerCanOnlyGrow() throws Exception {
    sealed();
    for (String table :
        List.of("ledger_entry", "ledger_link", "ledger_checkpoint", "ledger_identity")) {
      for (String what : List.of("delete from platform.", "truncate platform.")) {
        assertThatThrownBy(() -> ledger.jdbc.sql(what + table).update())
            .as(what + table)
            .isInstanceOf(UncategorizedSQLException.class)
            .hasMessageContaining("append-only");
      }
    }
    assertThatThrownBy(
            () -> ledger.jdbc.sql("update platform.ledger_entry set actor = 'x'").update())
        .hasMessageContaining("append-only");
  }

  @Test
  void whereTheOwnerIsNoSuperuserThePrivilegesAreMissingToo() throws Exception {
    HikariDataSource source = database("plain_owner", "template0");
    LedgerDatabase plain = LedgerDatabase.migrated(source, folder);
    plain.append(3);
    plain.sealer().sealAll();
    for (String statement :
        List.of(
            "update platform.ledger_entry set actor = 'x'",
            "delete from platform.ledger_link",
            "truncate platform.ledger_checkpoint")) {
      assertThatThrownBy(() -> plain.jdbc.sql(statement).update())
          .as(statement)
          .rootCause()
          .hasMessageContaining("permission denied");
    }
    assertThat(plain.verify().whole()).isTrue();
    source.close();
  }

  @Test
  void aListOfPeopleCannotBeChanged() throws Exception {
    ledger.transaction.executeWithoutResult(
        status ->
            ledger.ledger.appendAbout(
                "tester", "officials-exported", "official", List.of(7L, 3L, 3L, 9L), Map.of()));
    ledger.sealer().sealAll();
    assertThat(ledger.verify().findings()).isEmpty();
    ledger.asOwner("delete from platform.ledger_subject where subject = 7");
    assertThat(ledger.verify().findings())
        .first()
        .extracting(Finding::kind, Finding::number)
        .containsExactly(Finding.Kind.SUBJECTS_CHANGED, 1L);
  }

  @Test
  void nationalCryptographyServesAsWell() throws Exception {
    Sealer sealer =
        ledger.sealer(LedgerAlgorithm.SM3, List.of(new AnchorPlace.Folder(ledger.anchors())));
    ledger.append(10);
    sealer.sealAll();
    assertThat(ledger.verifyAgainst(ledger.anchors()).findings()).isEmpty();
    ledger.sealer().sealAll();
    ledger.append(10);
    ledger.sealer().sealAll();
    assertThat(ledger.verifyAgainst(ledger.anchors()).findings()).isEmpty();
    ledger.asOwner(
        "update platform.ledger_entry set actor = 'x' where id = (select entry from"
            + " platform.ledger_link where position = 4)");
    assertThat(ledger.verify().findings())
        .first()
        .extracting(Finding::kind, Finding::number)
        .containsExactly(Finding.Kind.ENTRY_CHANGED, 4L);
  }

  @Test
  void aProofHoldsForItsEntryAlone() throws Exception {
    sealed();
    for (int position : List.of(1, 2, 19, 20, 21, 37, 60)) {
      long entry =
          ledger
              .jdbc
              .sql("select entry from platform.ledger_link where position = ?")
              .param(position)
              .query(Long.class)
              .single();
      try (var connection = ledger.source.getConnection()) {
        InclusionProof proof = InclusionProof.of(connection, entry).orElseThrow();
        InclusionProof read = InclusionProof.read(proof.json());
        Checkpoint anchor =
            Verification.anchorsIn(ledger.anchors()).stream()
                .filter(each -> each.number() == proof.checkpoint().number())
                .findFirst()
                .orElseThrow();
        assertThat(read.check(anchor)).isEqualTo(InclusionProof.Outcome.HOLDS);
        LedgerEntry told = read.entry();
        InclusionProof lie =
            new InclusionProof(
                new LedgerEntry(
                    told.id(), told.recordedAt(), "somebody", told.action(), "thing", "1", "{}"),
                read.algorithm(),
                read.salt(),
                read.position(),
                read.path(),
                read.checkpoint());
        assertThat(lie.check(anchor)).isEqualTo(InclusionProof.Outcome.DOES_NOT_FIT);
        Checkpoint other =
            Verification.anchorsIn(ledger.anchors()).stream()
                .filter(each -> each.number() != proof.checkpoint().number())
                .findFirst()
                .orElseThrow();
        assertThat(read.check(other)).isEqualTo(InclusionProof.Outcome.OTHER_ANCHOR);
      }
    }
  }

  @Test
  void whatIsKeptOutsideNamesNobody() throws Exception {
    sealed();
    try (var files = Files.walk(ledger.anchors())) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        assertThat(Files.readString(file)).doesNotContain("tester").doesNotContain("thing");
      }
    }
  }

  @Test
  void aPlaceThatFailsHoldsNoOtherUpAndGetsAllLater() throws Exception {
    Path broken = Files.writeString(folder.resolve("no-folder"), "a file");
    Path good = folder.resolve("good");
    List<AnchorPlace> places =
        List.of(new AnchorPlace.Folder(broken), new AnchorPlace.Folder(good));
    Sealer sealer = ledger.sealer(LedgerAlgorithm.SHA_256, places);
    ledger.append(5);
    sealer.sealAll();
    ledger.append(5);
    sealer.sealAll();
    assertThat(Verification.anchorsIn(good)).hasSizeGreaterThanOrEqualTo(2);
    assertThat(
            ledger
                .jdbc
                .sql("select problem from platform.ledger_push where place = ?")
                .param(broken.toString())
                .query(String.class)
                .single())
        .isNotEmpty();
    Files.delete(broken);
    ledger
        .jdbc
        .sql("update platform.ledger_push set tried_at = now() - interval '1 hour'")
        .update();
    sealer.sealAll();
    assertThat(Verification.anchorsIn(broken)).extracting(Checkpoint::number).contains(1L, 2L);
  }

  @Test
  void aLineThatACutLeftUnfinishedHarmsNothing() throws Exception {
    Sealer sealer = sealed();
    Path day;
    try (var files = Files.walk(ledger.anchors())) {
      day = files.filter(file -> file.toString().endsWith(".jsonl")).findFirst().orElseThrow();
    }
    Files.writeString(day, Files.readString(day) + "{\"database\":\"12");
    ledger.append(5);
    sealer.sealAll();
    assertThat(ledger.verifyAgainst(ledger.anchors()).findings()).isEmpty();
    assertThat(ledger.verifyAgainst(ledger.anchors()).anchored()).isEqualTo(65);
  }
}
