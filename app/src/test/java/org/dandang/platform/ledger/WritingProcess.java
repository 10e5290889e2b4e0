package org.dandang.platform.ledger;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.dandang.platform.storage.EmbeddedDatabase;

/**
 * A server with eight writers over a data folder, as a process of its own to be killed. It says the
 * number of each case once its transaction is committed: a case, its three parts and its ledger
 * entry.
 */
final class WritingProcess {
  static final int WRITERS = 8;

  /** Milliseconds between word and commit of a server that speaks early: many commits long. */
  private static final long EARLY = 100;

  private WritingProcess() {}

  /**
   * @param arguments data folder; round; "early" to say numbers {@value #EARLY} ms before they are
   *     committed, so that no kill finds all eight writers between two cases
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    long round = Long.parseLong(arguments[1]);
    boolean early = arguments.length > 2;
    EmbeddedDatabase embedded = EmbeddedDatabase.open(folder);
    HikariDataSource pool = LedgerDatabase.pool(embedded.database());
    LedgerDatabase database = LedgerDatabase.migrated(pool, folder);
    database.jdbc.sql("create table if not exists written (id bigint primary key)").update();
    database.jdbc.sql("create table if not exists written_part (id bigint, part int)").update();
    new Sealer(
            pool,
            java.time.Clock.systemUTC(),
            folder,
            LedgerAlgorithm.SHA_256,
            List.of(new AnchorPlace.Folder(database.anchors())),
            100)
        .start();
    for (int writer = 0; writer < WRITERS; writer++) {
      long first = round * 100_000_000L + writer * 10_000_000L;
      Thread.ofPlatform().start(() -> write(pool, first, early));
    }
  }

  private static void write(HikariDataSource pool, long first, boolean early) {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      for (long id = first; ; id++) {
        one(connection, id);
        if (early) {
          say(id);
          TimeUnit.MILLISECONDS.sleep(EARLY);
        }
        connection.commit();
        if (!early) {
          say(id);
        }
      }
    } catch (SQLException | IOException | InterruptedException e) {
      Runtime.getRuntime().halt(3); // the database was killed
    }
  }

  static void one(Connection connection, long id) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement("insert into written values (?)");
        PreparedStatement parts =
            connection.prepareStatement(
                "insert into written_part select ?, part from generate_series(1, 3) part")) {
      insert.setLong(1, id);
      insert.executeUpdate();
      parts.setLong(1, id);
      parts.executeUpdate();
      Ledger.note(connection, "writer", "case-written", "case", Map.of("case", id));
    }
  }

  private static synchronized void say(long id) throws IOException {
    System.out.println(id);
    if (System.out.checkError()) {
      throw new IOException("nobody listens");
    }
  }
}
