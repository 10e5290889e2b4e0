package org.dandang.policy.run;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.dandang.policy.fact.Snapshots;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.Parameter;
import org.dandang.policy.pack.PolicyVersion;
import org.jspecify.annotations.Nullable;

/**
 * Everybody's facts as of a date in a DuckDB of its own, with the parameter figures beside them:
 * the table {@code facts} and the view {@code people} that a decision is run over.
 */
public final class Snapshot implements AutoCloseable {
  private final Path folder;
  private final Connection connection;
  private final long subjects;

  private Snapshot(Path folder, Connection connection, long subjects) {
    this.folder = folder;
    this.connection = connection;
    this.subjects = subjects;
  }

  static Snapshot take(
      Snapshots snapshots, PolicyVersion version, @Nullable Long slate, Scope scope) {
    return open(snapshots, version.pack(), version, slate, scope, "view");
  }

  /**
   * In memory, to be asked again and again.
   *
   * @param besides facts that the decision does not see
   */
  public static Snapshot takeInMemory(
      Snapshots snapshots,
      PolicyVersion version,
      @Nullable Long slate,
      List<String> besides,
      Scope scope) {
    return open(snapshots, version.pack().seeing(besides), version, slate, scope, "table");
  }

  private static Snapshot open(
      Snapshots snapshots,
      Pack pack,
      PolicyVersion version,
      @Nullable Long slate,
      Scope scope,
      String kind) {
    Snapshots.Kept facts =
        snapshots.take(
            new Snapshots.Content(
                pack.subject(), pack.facts(), pack.population(), version.asOf(), slate));
    try {
      Path folder = Files.createTempDirectory("dandang-run");
      Connection connection = DriverManager.getConnection("jdbc:duckdb:");
      try (Statement statement = connection.createStatement()) {
        statement.execute("set memory_limit = '1GB'");
        statement.execute("set temp_directory = '" + folder.resolve("spill") + "'");
        String from =
            "select * from read_parquet('%s')"
                .formatted(facts.file().toString().replace("'", "''"));
        if (!scope.isEverybody()) {
          from += " where subject in (select subject from within)";
          layOutWithin(snapshots, pack, scope, folder, statement);
        }
        statement.execute("create %s facts as %s".formatted(kind, from));
        statement.execute("create view people as " + people(version, "facts"));
        long subjects = scope.isEverybody() ? facts.subjects() : count(statement);
        return new Snapshot(folder, connection, subjects);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException("The facts could not be laid out for the run.", e);
    }
  }

  /** The numbers of those who count, as the table {@code within}. */
  private static void layOutWithin(
      Snapshots snapshots, Pack pack, Scope scope, Path folder, Statement statement)
      throws IOException, SQLException {
    Path file = folder.resolve("within.csv");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      snapshots.facts().within(pack.subject(), scope.sight(), out);
    }
    statement.execute(
        "create table within as select * from read_csv('%s', header = false, columns = {'subject': 'bigint'})"
            .formatted(file.toString().replace("'", "''")));
    Files.delete(file);
  }

  private static long count(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("select count(*) from facts")) {
      row.next();
      return row.getLong(1);
    }
  }

  public Connection connection() {
    return connection;
  }

  public long subjects() {
    return subjects;
  }

  public Path folder() {
    return folder;
  }

  @Override
  public void close() {
    try {
      connection.close();
      try (var files = Files.walk(folder)) {
        for (Path path : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      }
    } catch (SQLException | IOException e) {
      throw new IllegalStateException("A run's working files could not be removed.", e);
    }
  }

  /** A query for a table of facts with the figures beside them that a fact picks. */
  public static String people(PolicyVersion version, String table) {
    StringBuilder columns = new StringBuilder("select f.*");
    version
        .figures()
        .forEach(
            (id, dated) -> {
              if (version.isPicked(id)) {
                columns.append(", ").append(figure(version, id, dated));
                columns.append(" as ").append(quoted(id));
              }
            });
    return columns.append(" from ").append(quoted(table)).append(" f").toString();
  }

  private static String figure(PolicyVersion version, String id, Parameter.Dated dated) {
    String type = version.columnType(id).duckDb();
    Parameter definition = version.pack().parameters().get(id);
    String by = Objects.requireNonNull(Objects.requireNonNull(definition).by());
    StringBuilder choice = new StringBuilder("cast(case f." + quoted(by));
    for (Map.Entry<String, Object> entry : dated.figures().entrySet()) {
      choice.append(" when '").append(entry.getKey().replace("'", "''")).append("' then ");
      choice.append(literal(entry.getValue()));
    }
    return choice.append(" end as ").append(type).append(")").toString();
  }

  private static String literal(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case BigDecimal number -> number.toPlainString();
      case Boolean truth -> truth.toString();
      default -> "'" + value.toString().replace("'", "''") + "'";
    };
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
