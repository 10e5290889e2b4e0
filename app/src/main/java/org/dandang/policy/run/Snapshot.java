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
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import org.dandang.engine.InputTypes.InputColumn;
import org.dandang.policy.fact.Fact;
import org.dandang.policy.fact.Facts;
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

  static Snapshot take(Facts facts, PolicyVersion version, @Nullable Long slate) {
    return take(facts, version, slate, List.of());
  }

  /**
   * @param besides facts that the decision does not see
   */
  static Snapshot take(
      Facts facts, PolicyVersion version, @Nullable Long slate, List<String> besides) {
    Pack pack = version.pack().seeing(besides);
    Path folder = null;
    try {
      folder = Files.createTempDirectory("dandang-run");
      Path csv = folder.resolve("facts.csv");
      long subjects;
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(csv), 1 << 18)) {
        subjects =
            facts.write(
                pack.subject(), pack.facts(), pack.population(), version.asOf(), slate, out);
      }
      Connection connection = DriverManager.getConnection("jdbc:duckdb:");
      try (Statement statement = connection.createStatement()) {
        statement.execute("set memory_limit = '1GB'");
        statement.execute("set temp_directory = '" + folder.resolve("spill") + "'");
        List<Fact> columns = facts.definitions(pack.facts(), pack.population());
        statement.execute(table(columns));
        statement.execute(
            "copy facts from '%s' (format csv, header false, delim ',', quote '\"', escape '\"', nullstr '\\N')"
                .formatted(csv));
        statement.execute("create view people as " + people(version, "facts"));
      }
      Files.delete(csv);
      return new Snapshot(folder, connection, subjects);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException("The facts could not be laid out for the run.", e);
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

  private static String table(List<Fact> facts) {
    StringJoiner columns =
        new StringJoiner(", ", "create table facts (subject bigint not null, ", ")");
    for (Fact fact : facts) {
      InputColumn column = fact.column();
      columns.add(
          quoted(fact.id())
              + " "
              + column.type().duckDb()
              + (column.nullable() ? "" : " not null"));
    }
    return columns.toString();
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
