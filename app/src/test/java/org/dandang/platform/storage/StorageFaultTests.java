package org.dandang.platform.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be wrong with a data folder, brought about with real processes and real files. */
class StorageFaultTests {
  @TempDir static Path home;
  private static @Nullable String homeBefore;
  @TempDir Path place;

  /** PostgreSQL's programs are unpacked once for all folders, as in an installation. */
  @BeforeAll
  static void oneInstallation() {
    homeBefore = System.getProperty("dandang.home");
    System.setProperty("dandang.home", home.toString());
  }

  @AfterAll
  static void asBefore() {
    if (homeBefore == null) {
      System.clearProperty("dandang.home");
    } else {
      System.setProperty("dandang.home", homeBefore);
    }
  }

  private Path folder() {
    return place.resolve("data folder");
  }

  private void refuses(String... words) {
    assertThatThrownBy(() -> EmbeddedDatabase.open(folder()).close())
        .isInstanceOf(StorageProblem.class)
        .message()
        .doesNotContain("\n")
        .contains(folder().toString())
        .contains(words);
  }

  private void opened() {
    PreparedFolder.empty(folder());
  }

  private static Connection connect(Database database) throws SQLException {
    return DriverManager.getConnection(database.url(), database.user(), database.password());
  }

  private void write(String text) throws SQLException {
    try (EmbeddedDatabase database = EmbeddedDatabase.open(folder());
        Connection connection = connect(database.database());
        var statement = connection.createStatement()) {
      statement.execute("create table if not exists kept (said text)");
      statement.execute("insert into kept values ('" + text + "')");
    }
  }

  private List<String> read() throws SQLException {
    try (EmbeddedDatabase database = EmbeddedDatabase.open(folder());
        Connection connection = connect(database.database());
        var rows = connection.createStatement().executeQuery("select said from kept order by 1")) {
      assertThat(database.attached()).isFalse();
      List<String> said = new ArrayList<>();
      while (rows.next()) {
        said.add(rows.getString(1));
      }
      return said;
    }
  }

  private long postmaster() throws IOException {
    return Long.parseLong(
        Files.readAllLines(folder().resolve("postgresql/postmaster.pid")).getFirst().strip());
  }

  /** One that has ended but not been fetched by its parent has no folder any more. */
  private static boolean works(long process) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", Long.toString(process), "cwd")).isAbsolute();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void keepsWhatWasWrittenOverARestart() throws SQLException {
    write("first");
    write("second");
    assertThat(read()).containsExactly("first", "second");
  }

  @Test
  void asksForAPassword() throws SQLException {
    opened();
    try (EmbeddedDatabase database = EmbeddedDatabase.open(folder())) {
      Database at = database.database();
      assertThatThrownBy(() -> DriverManager.getConnection(at.url(), at.user(), "guessed").close())
          .hasMessageContaining("password");
    }
  }

  @Test
  void refusesAFileInPlaceOfAFolder() throws IOException {
    Files.writeString(folder(), "a file");
    refuses("is a file", "--data DIR");
  }

  @Test
  void refusesAFolderOfSomethingElseAndLeavesItAsItIs() throws IOException {
    Files.createDirectories(folder());
    Files.writeString(folder().resolve("letter.txt"), "not yours");
    refuses("letter.txt", "--data DIR");
    try (var files = Files.list(folder())) {
      assertThat(files).extracting(f -> f.getFileName().toString()).containsExactly("letter.txt");
    }
  }

  @Test
  void refusesAPlaceWhereNoFolderCanBeMade() {
    assertThatThrownBy(() -> EmbeddedDatabase.open(Path.of("/proc/dandang")))
        .isInstanceOf(StorageProblem.class)
        .hasMessageContaining("--data DIR");
  }

  @Test
  void refusesAFolderItMayNotWriteTo() throws IOException {
    assumeFalse(System.getProperty("user.name").equals("root"), "root may write anywhere");
    Files.createDirectories(folder());
    assertThat(folder().toFile().setWritable(false)).isTrue();
    refuses("may not be written to");
  }

  @Test
  void refusesAFolderWhoseDatabaseIsGone() throws IOException {
    opened();
    Trees.delete(folder().resolve("postgresql"));
    refuses("damaged", "missing");
  }

  @Test
  void refusesAFolderWhosePasswordIsGone() throws IOException {
    opened();
    Files.delete(folder().resolve("secret"));
    refuses("damaged", "secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"global/pg_control", "PG_VERSION", "postgresql.conf", "pg_hba.conf"})
  void refusesAFolderWithGarbageIn(String file) throws IOException {
    opened();
    byte[] garbage = new byte[8192];
    new java.util.Random(1).nextBytes(garbage);
    Files.write(folder().resolve("postgresql").resolve(file), garbage);
    refuses("damaged", "Restore a copy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "global/pg_control", "pg_wal", "pg_xact"})
  void refusesAFolderWithoutItsOwn(String file) throws IOException {
    opened();
    Trees.delete(folder().resolve("postgresql").resolve(file));
    refuses("damaged", "Restore a copy");
  }

  @Test
  void refusesAFolderOfAnotherVersionOfPostgres() throws IOException {
    opened();
    Files.writeString(folder().resolve("postgresql/PG_VERSION"), "15\n");
    refuses("PostgreSQL 15", PostgresServer.MAJOR_VERSION);
  }

  @Test
  void asSecondProcessUsesTheDatabaseOfTheFirst() throws Exception {
    opened();
    try (DatabaseProcess first = DatabaseProcess.over(folder())) {
      assertThat(first.said()).startsWith("owns ");
      try (EmbeddedDatabase second = EmbeddedDatabase.open(folder());
          Connection connection = connect(second.database())) {
        assertThat(second.attached()).isTrue();
        assertThat(connection.isValid(5)).isTrue();
      }
    }
    assertThat(folder().resolve("connection.properties")).doesNotExist();
  }

  @Test
  void ofTwoFirstStartsAtOnceOneOwnsAndOneAttaches() throws Exception {
    try (DatabaseProcess one = DatabaseProcess.over(folder());
        DatabaseProcess other = DatabaseProcess.over(folder())) {
      assertThat(List.of(one.said().split(" ", 2)[0], other.said().split(" ", 2)[0]))
          .containsExactlyInAnyOrder("owns", "attached");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {150, 350, 500, 700, 900})
  void startsAnewWhereAFirstStartWasCutOff(long after) throws Exception {
    DatabaseProcess first = DatabaseProcess.over(folder());
    TimeUnit.MILLISECONDS.sleep(after);
    first.kill();
    write("after");
    assertThat(read()).containsExactly("after");
  }

  @Test
  void stopsTheOrphanOfAKilledProcessAndKeepsTheData() throws Exception {
    opened();
    write("before");
    DatabaseProcess killed = DatabaseProcess.over(folder());
    assertThat(killed.said()).startsWith("owns ");
    long orphan = postmaster();
    killed.kill();
    assertThat(works(orphan)).isTrue();
    assertThat(read()).containsExactly("before");
    assertThat(works(orphan)).isFalse();
  }

  @Test
  void recoversWhenServerAndDatabaseWereKilled() throws Exception {
    opened();
    write("before");
    DatabaseProcess killed = DatabaseProcess.over(folder());
    assertThat(killed.said()).startsWith("owns ");
    ProcessHandle.of(postmaster()).ifPresent(ProcessHandle::destroyForcibly);
    killed.kill();
    assertThat(read()).containsExactly("before");
  }

  @Test
  void leavesAloneAProcessThatHasTheNumberOfADatabaseLongGone() throws Exception {
    opened();
    write("before");
    Process innocent = new ProcessBuilder("sleep", "60").start();
    try {
      Files.writeString(
          folder().resolve("postgresql/postmaster.pid"),
          innocent.pid() + "\n" + folder().resolve("postgresql") + "\n1\n5432\n\n127.0.0.1\n");
      assertThat(read()).containsExactly("before");
      assertThat(innocent.isAlive()).isTrue();
    } finally {
      innocent.destroyForcibly();
    }
  }

  @Test
  void asRootOpensTheFolderOfAnotherUserAsThatUser() throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can");
    write("before");
    try (var files = Files.walk(folder().resolve("postgresql"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.setAttribute(file, "unix:uid", 65534);
      }
    }
    assertThat(read()).containsExactly("before");
  }
}
