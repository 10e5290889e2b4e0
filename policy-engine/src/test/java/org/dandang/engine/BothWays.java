package org.dandang.engine;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the same rows compiled and interpreted and tells where they differ. */
final class BothWays implements AutoCloseable {
  private final Connection connection;

  BothWays() throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
  }

  Connection connection() {
    return connection;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /** Fills a table: columns by name with their SQL type, and rows of values. */
  void fill(String table, Map<String, String> columns, List<List<@Nullable Object>> rows)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE OR REPLACE TABLE "
              + DuckDbSql.quotedName(table)
              + " (id INTEGER"
              + String.join(
                  "",
                  columns.entrySet().stream()
                      .map(c -> ", " + DuckDbSql.quotedName(c.getKey()) + " " + c.getValue())
                      .toList())
              + ")");
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO "
                + DuckDbSql.quotedName(table)
                + " VALUES (?"
                + ", ?".repeat(columns.size())
                + ")")) {
      int id = 0;
      for (List<@Nullable Object> row : rows) {
        insert.setInt(1, ++id);
        for (int i = 0; i < row.size(); i++) {
          insert.setObject(i + 2, row.get(i));
        }
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** The differences, in words; empty where both ways agree on every row. */
  List<String> differences(DecisionModel model, String decision, String table) throws SQLException {
    InputTypes types = InputTypes.of(connection, table);
    Compilation compilation = model.compile(decision, types);
    if (!(compilation instanceof Compiled compiled)) {
      return List.of("not compiled: " + ((Compilation.NotCompilable) compilation).refusals());
    }
    List<String> differences = new ArrayList<>();
    String sql = compiled.sql(table, List.of("id"));
    String joined =
        "SELECT s.*, r.* FROM "
            + DuckDbSql.quotedName(table)
            + " s JOIN ("
            + sql
            + ") r ON s.id = r.id ORDER BY s.id";
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(joined)) {
      int inputs = types.columns().size();
      while (rows.next()) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 1; i < inputs; i++) {
          values.put(types.columns().get(i).name(), rows.getObject(i + 1));
        }
        String compiledWay =
            PublishGate.describe(rows, compiled.outcomeColumns(), compiled.gathers());
        String interpretedWay =
            PublishGate.describe(
                model.evaluate(decision, values), compiled.outcomeColumns(), compiled.gathers());
        if (!compiledWay.equals(interpretedWay)) {
          differences.add(values + ": compiled " + compiledWay + ", interpreted " + interpretedWay);
        }
      }
    } catch (SQLException e) {
      throw new SQLException(e.getMessage() + "\n" + sql, e);
    }
    return differences;
  }
}
