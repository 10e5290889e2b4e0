package org.dandang.platform.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dandang.platform.jobs.Progress;
import org.dandang.platform.storage.Backup;
import org.dandang.platform.storage.EmbeddedDatabase;
import org.dandang.platform.storage.LogKeeping;
import org.dandang.platform.storage.PreparedFolder;
import org.dandang.platform.storage.Restoring;
import org.dandang.platform.storage.StorageProblem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backup is worth what a restore from it shows: every one ends with the ledger being followed.
 */
class RestoreDrillTests {
  @TempDir Path place;
  private EmbeddedDatabase embedded;
  private HikariDataSource pool;
  private LedgerDatabase ledger;

  @BeforeEach
  void serve() throws SQLException {
    PreparedFolder.empty(data());
    embedded = EmbeddedDatabase.open(data());
    pool = LedgerDatabase.pool(embedded.database());
    ledger = LedgerDatabase.migrated(pool, data());
    ledger
        .jdbc
        .sql("create table kept (said text, at timestamptz default clock_timestamp())")
        .update();
  }

  @AfterEach
  void stop() {
    pool.close();
    embedded.close();
  }

  private Path data() {
    return place.resolve("data folder's");
  }

  /** With what a shell and a settings file would stumble over. */
  private Path backup() {
    return place.resolve("backup 100% of 'it' 备份");
  }

  private Backup.Taken take() {
    return Backup.take(embedded, backup(), 7, false, Progress.unwatched());
  }

  private Instant write(String said) throws Exception {
    ledger.jdbc.sql("insert into kept (said) values (?)").param(said).update();
    ledger.append(10);
    ledger.sealAll();
    TimeUnit.MILLISECONDS.sleep(300);
    Instant now =
        ledger
            .jdbc
            .sql("select clock_timestamp()")
            .query(java.time.OffsetDateTime.class)
            .single()
            .toInstant();
    TimeUnit.MILLISECONDS.sleep(300);
    return now;
  }

  /** As after half a minute. */
  private void handOver() throws Exception {
    String part =
        ledger.jdbc.sql("select pg_walfile_name(pg_switch_wal())").query(String.class).single();
    long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!Files.exists(backup().resolve("wal").resolve(part + ".gz"))) {
      assertThat(System.nanoTime()).as("the log is handed over").isLessThan(until);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private record Found(List<String> said, Verified ledger) {}

  private Found restored(String name, @Nullable Instant to) throws Exception {
    Path folder = place.resolve(name);
    Restoring.restore(backup(), folder, to, Progress.unwatched());
    try (EmbeddedDatabase again = EmbeddedDatabase.open(folder);
        HikariDataSource source = LedgerDatabase.pool(again.database());
        var connection = source.getConnection()) {
      assertThat(again.attached()).isFalse();
      LedgerDatabase database = new LedgerDatabase(source, folder);
      return new Found(
          database.jdbc.sql("select said from kept order by said").query(String.class).list(),
          Verification.of(
              connection,
              folder,
              Verification.anchorsIn(backup().resolve("anchors")),
              true,
              Progress.unwatched()));
    }
  }

  @Test
  void everythingComesBackAndTheLedgerIsFollowed() throws Exception {
    write("a before the copy");
    take();
    write("b after the copy");
    handOver();
    Found found = restored("restored", null);
    assertThat(found.said()).containsExactly("a before the copy", "b after the copy");
    assertThat(found.ledger().findings()).isEmpty();
    assertThat(found.ledger().positions()).isEqualTo(20);
    assertThat(found.ledger().anchored()).isEqualTo(20);
  }

  @Test
  void theStateOfAMomentComesBack() throws Exception {
    take();
    write("a early");
    Instant moment = write("b wanted");
    write("c a mistake");
    handOver();
    Found found = restored("restored", moment);
    assertThat(found.said()).containsExactly("a early", "b wanted");
    assertThat(found.ledger().findings()).isEmpty();
    assertThat(found.ledger().positions()).isEqualTo(20);
    assertThat(found.ledger().beyond()).isEqualTo(1);
  }

  @Test
  void theBackupIsAsItWasAndTheRestoredGoesItsOwnWay() throws Exception {
    take();
    write("a");
    handOver();
    List<String> before = files();
    Path folder = place.resolve("restored");
    Restoring.restore(backup(), folder, null, Progress.unwatched());
    try (EmbeddedDatabase again = EmbeddedDatabase.open(folder);
        HikariDataSource source = LedgerDatabase.pool(again.database())) {
      LedgerDatabase database = new LedgerDatabase(source, folder);
      assertThat(database.jdbc.sql("show archive_command").query(String.class).single())
          .isEqualTo("/bin/true");
      assertThat(LogKeeping.folderOf(folder)).isEmpty();
      assertThat(again.database().password()).isNotEqualTo(embedded.database().password());
      database.append(5);
      database.sealAll();
      assertThat(database.verify().findings())
          .as("signed by a new key, which this folder knows")
          .isEmpty();
    }
    assertThat(files()).isEqualTo(before);
  }

  private List<String> files() throws IOException {
    try (var all = Files.walk(backup())) {
      return all.map(Path::toString).sorted().toList();
    }
  }

  @Test
  void theKeysAreNotInItUnlessAskedFor() throws Exception {
    Files.writeString(data().resolve("key"), "00");
    write("a");
    Backup.Taken without = take();
    assertThat(without.copy().resolve("key")).doesNotExist();
    assertThat(without.copy().resolve("ledger-key")).doesNotExist();
    try (var all = Files.walk(backup())) {
      assertThat(all.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
          .doesNotContain("key", "ledger-key");
    }
    Backup.Taken with = Backup.take(embedded, backup(), 7, true, Progress.unwatched());
    assertThat(with.copy().resolve("key")).exists();
    assertThat(with.copy().resolve("ledger-key")).exists();
  }

  @Test
  void aDamagedCopyIsToldAndLeavesNothingBehind() throws Exception {
    Backup.Taken taken = take();
    Path file;
    try (var all = Files.walk(taken.copy().resolve("cluster/base"))) {
      file =
          all.filter(Files::isRegularFile)
              .filter(f -> f.toFile().length() > 9000)
              .findFirst()
              .orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(file);
    bytes[8500] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> restored("restored", null))
        .isInstanceOf(StorageProblem.class)
        .hasMessageContaining("damaged")
        .hasMessageContaining(file.getFileName().toString());
    assertThat(place.resolve("restored")).doesNotExist();
  }

  @Test
  void nothingIsRestoredOverAnythingNorFromNothing() throws Exception {
    take();
    assertThatThrownBy(() -> Restoring.restore(backup(), data(), null, Progress.unwatched()))
        .isInstanceOf(StorageProblem.class)
        .hasMessageContaining("in use or holds files");
    assertThatThrownBy(
            () ->
                Restoring.restore(
                    place.resolve("nowhere"), place.resolve("new"), null, Progress.unwatched()))
        .hasMessageContaining("There is no backup");
    assertThatThrownBy(() -> restored("early", Instant.now().minusSeconds(3600)))
        .hasMessageContaining("begins only at");
    write("a");
    handOver();
    assertThatThrownBy(() -> restored("late", Instant.now().plusSeconds(3600)))
        .hasMessageContaining("ends before");
    assertThat(place.resolve("late")).doesNotExist();
  }

  @Test
  void aFolderOfAnotherDatabaseOrOfOtherFilesIsRefused() throws Exception {
    take();
    try (EmbeddedDatabase other = EmbeddedDatabase.open(place.resolve("other"))) {
      assertThatThrownBy(() -> Backup.take(other, backup(), 7, false, Progress.unwatched()))
          .hasMessageContaining("another database");
    }
    Path letters = Files.createDirectory(place.resolve("letters"));
    Files.writeString(letters.resolve("letter"), "dear");
    assertThatThrownBy(() -> Backup.take(embedded, letters, 7, false, Progress.unwatched()))
        .hasMessageContaining("other files");
    assertThatThrownBy(
            () -> Backup.take(embedded, data().resolve("in"), 7, false, Progress.unwatched()))
        .hasMessageContaining("may not lie in the data folder");
  }

  @Test
  void olderCopiesAndTheLogOnlyTheyNeedAreRemoved() throws Exception {
    take();
    write("a");
    handOver();
    TimeUnit.MILLISECONDS.sleep(1100);
    long before = parts();
    Backup.Taken second = Backup.take(embedded, backup(), 1, false, Progress.unwatched());
    assertThat(second.removed()).isEqualTo(1);
    assertThat(parts()).isLessThanOrEqualTo(before);
    write("b");
    handOver();
    assertThat(restored("restored", null).said()).containsExactly("a", "b");
  }

  private long parts() throws IOException {
    try (var all = Files.list(backup().resolve("wal"))) {
      return all.count();
    }
  }

  @Test
  void aPartOfTheLogIsNeverWrittenOver() throws Exception {
    take();
    Path part = Files.writeString(place.resolve("part"), "one");
    assertThat(archive(part, "0000000100000000000000AA")).isZero();
    assertThat(archive(part, "0000000100000000000000AA")).as("the same again").isZero();
    Files.writeString(part, "another");
    assertThat(archive(part, "0000000100000000000000AA")).isNotZero();
    try (var all = Files.list(backup().resolve("wal"))) {
      assertThat(all.map(file -> file.getFileName().toString())).noneMatch(n -> n.startsWith("."));
    }
  }

  private int archive(Path part, String name) throws Exception {
    return new ProcessBuilder(
            "/bin/sh", data().resolve("archive-wal").toString(), part.toString(), name)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /** The disk with the data folder is lost: only what was handed over remains. */
  @Test
  void atMostAMinuteIsLost() throws Exception {
    assumeTrue(Boolean.getBoolean("dandang.long"), "waits for more than a minute");
    take();
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(100);
    while (System.nanoTime() < until) {
      ledger.jdbc.sql("insert into kept (said) values ('x')").update();
      TimeUnit.MILLISECONDS.sleep(200);
    }
    Instant lost = Instant.now();
    Path folder = place.resolve("restored");
    Restoring.restore(backup(), folder, null, Progress.unwatched());
    try (EmbeddedDatabase again = EmbeddedDatabase.open(folder);
        HikariDataSource source = LedgerDatabase.pool(again.database())) {
      Instant last =
          new LedgerDatabase(source, folder)
              .jdbc
              .sql("select max(at) from kept")
              .query(java.time.OffsetDateTime.class)
              .single()
              .toInstant();
      System.out.printf("lost: %.1f s%n", (lost.toEpochMilli() - last.toEpochMilli()) / 1000.0);
      assertThat(last).isAfter(lost.minusSeconds(60));
    }
  }
}
