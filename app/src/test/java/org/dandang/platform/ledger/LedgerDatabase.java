package org.dandang.platform.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.dandang.platform.jobs.Progress;
import org.dandang.platform.storage.Database;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The ledger over a database of its own, without the rest of the application. */
public final class LedgerDatabase {
  final DataSource source;
  final JdbcClient jdbc;
  final TransactionTemplate transaction;
  final Ledger ledger;
  final Path folder;

  LedgerDatabase(DataSource source, Path folder) {
    this.source = source;
    this.folder = folder;
    this.jdbc = JdbcClient.create(source);
    this.transaction = new TransactionTemplate(new DataSourceTransactionManager(source));
    this.ledger = new Ledger(jdbc, Clock.systemUTC(), new JsonMapper());
  }

  public static LedgerDatabase over(DataSource source, Path folder) {
    return new LedgerDatabase(source, folder);
  }

  public long number(String sql, Map<String, ?> values) {
    return jdbc.sql(sql).params(values).query(Long.class).single();
  }

  static LedgerDatabase migrated(Database database, Path folder) {
    return migrated(pool(database), folder);
  }

  public static HikariDataSource pool(Database database) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.url());
    config.setUsername(database.user());
    config.setPassword(database.password());
    config.setMaximumPoolSize(10);
    config.setMinimumIdle(0);
    return new HikariDataSource(config);
  }

  public static LedgerDatabase migrated(DataSource source, Path folder) {
    Flyway.configure()
        .dataSource(source)
        .locations("classpath:db/migration/platform")
        .schemas("platform")
        .createSchemas(true)
        .load()
        .migrate();
    return new LedgerDatabase(source, folder);
  }

  /** Links, checkpoints and pushes everything committed by now. */
  public void sealAll() throws SQLException, IOException, InterruptedException {
    sealer().sealAll();
  }

  public Verified verifyWithAnchors() throws SQLException, IOException {
    return verifyAgainst(anchors());
  }

  Sealer sealer() {
    return sealer(LedgerAlgorithm.SHA_256, List.of(new AnchorPlace.Folder(anchors())));
  }

  Sealer sealer(LedgerAlgorithm algorithm, List<AnchorPlace> places) {
    return new Sealer(source, Clock.systemUTC(), folder, algorithm, places, 0);
  }

  Path anchors() {
    return folder.resolve("anchors");
  }

  void append(int entries) {
    for (int i = 0; i < entries; i++) {
      int number = i;
      transaction.executeWithoutResult(
          status ->
              ledger.append(
                  "tester",
                  "thing-changed",
                  "thing",
                  Integer.toString(number),
                  Map.of("n", number)));
    }
  }

  /** What the owner of the database can do, who can switch triggers off. */
  void asOwner(String... statements) throws SQLException {
    try (Connection connection = source.getConnection();
        var statement = connection.createStatement()) {
      for (String table :
          List.of("ledger_entry", "ledger_link", "ledger_checkpoint", "ledger_subject")) {
        statement.execute("alter table platform." + table + " disable trigger all");
      }
      for (String each : statements) {
        statement.execute(each);
      }
      for (String table :
          List.of("ledger_entry", "ledger_link", "ledger_checkpoint", "ledger_subject")) {
        statement.execute(
            "alter table platform." + table + " enable always trigger ledger_is_append_only");
      }
    }
  }

  Verified verify() throws SQLException, IOException {
    return verify(List.of());
  }

  Verified verifyAgainst(Path anchors) throws SQLException, IOException {
    return verify(Files.exists(anchors) ? Verification.anchorsIn(anchors) : List.of());
  }

  private Verified verify(List<Checkpoint> anchors) throws SQLException, IOException {
    try (Connection connection = source.getConnection()) {
      return Verification.of(connection, folder, anchors, false, Progress.unwatched());
    }
  }

  long count(String table) {
    return jdbc.sql("select count(*) from " + table).query(Long.class).single();
  }
}
