package org.dandang.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Compiled and interpreted, a table gives the same outcome by the same row. */
class OneMeaningTests {
  private static final int TABLES = Boolean.getBoolean("dandang.long") ? 2_000 : 250;
  private static final int ROWS = 40;

  @Test
  void generatedTablesGiveTheSameCompiledAsInterpreted() throws SQLException {
    List<String> differences = new ArrayList<>();
    int compiled = 0;
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      for (long seed = 1; seed <= TABLES; seed++) {
        GeneratedTable table = new GeneratedTable(seed);
        DecisionModel model = DecisionModel.read("seed-" + seed, table.xml);
        if (TableCompiler.compile(model, "d", GeneratedTable.COLUMNS)
            instanceof Compilation.Compiled decision) {
          compiled++;
          differences.addAll(differences(connection, seed, table, model, decision));
        }
      }
    }
    assertThat(differences).isEmpty();
    assertThat(compiled).isGreaterThan(TABLES * 9 / 10);
  }

  @Test
  void theComparisonSeesAWrongPlan() throws SQLException {
    GeneratedTable table = new GeneratedTable(7);
    DecisionModel model = DecisionModel.read("seed-7", table.xml);
    Compilation.Compiled right =
        (Compilation.Compiled) TableCompiler.compile(model, "d", GeneratedTable.COLUMNS);
    Compilation.Compiled wrong = new Compilation.Compiled("d", "1", right.rules());
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      assertThat(differences(connection, 7, table, model, wrong)).isNotEmpty();
    }
  }

  @Test
  void interpretingEverybodyGivesTheSameAsTheCompiledRun() throws SQLException {
    GeneratedTable table = new GeneratedTable(11);
    DecisionModel model = DecisionModel.read("seed-11", table.xml);
    Compilation.Compiled decision =
        (Compilation.Compiled) TableCompiler.compile(model, "d", GeneratedTable.COLUMNS);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      fill(connection, table.rows(5_000));
      PopulationRun run = new PopulationRun(connection, "people");
      assertThat(run.compiled(decision, "one")).isEqualTo(5_000);
      assertThat(run.interpreted(model, "d", "other", done -> true)).isEqualTo(5_000);
      try (ResultSet rows =
          statement.executeQuery("select count(*) from (from one except all from other)")) {
        rows.next();
        assertThat(rows.getLong(1)).isZero();
      }
    }
  }

  @Test
  void aStoppedRunSaysSo() throws SQLException {
    GeneratedTable table = new GeneratedTable(11);
    DecisionModel model = DecisionModel.read("seed-11", table.xml);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      fill(connection, table.rows(10_000));
      assertThat(
              new PopulationRun(connection, "people")
                  .interpreted(model, "d", "other", done -> false))
          .isEqualTo(-1);
    }
  }

  private static List<String> differences(
      Connection connection,
      long seed,
      GeneratedTable table,
      DecisionModel model,
      Compilation.Compiled decision)
      throws SQLException {
    List<Map<String, Object>> people = table.rows(ROWS);
    fill(connection, people);
    List<String> differences = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      statement.execute("drop table if exists result");
      new PopulationRun(connection, "people").compiled(decision, "result");
      try (ResultSet rows = statement.executeQuery("select * from result order by subject")) {
        for (Map<String, Object> person : people) {
          rows.next();
          Evaluation evaluation = model.evaluate("d", person);
          String outcome =
              evaluation.failed() || evaluation.outcome() == null
                  ? null
                  : evaluation.outcome().toString();
          String rule =
              evaluation.failed() || evaluation.matched().size() != 1
                  ? null
                  : evaluation.matched().getFirst().id();
          String given = rows.getString("outcome") + "/" + rows.getString("rule");
          if (!given.equals(outcome + "/" + rule)) {
            differences.add(
                "seed %d, %s: compiled %s, interpreted %s/%s%n%s%n%s"
                    .formatted(
                        seed, person, given, outcome, rule, decision.row(), evaluation.problems()));
          }
        }
      }
    }
    return differences;
  }

  private static void fill(Connection connection, List<Map<String, Object>> people)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          create or replace table people (subject bigint, "months-served" integer, "分数" decimal(9, 2),
            "last grade" varchar, serving boolean, since date, threshold integer)
          """);
    }
    try (PreparedStatement insert =
        connection.prepareStatement("insert into people values (?, ?, ?, ?, ?, ?, ?)")) {
      long subject = 0;
      for (Map<String, Object> person : people) {
        insert.setLong(1, subject++);
        int column = 2;
        for (Object value : person.values()) {
          insert.setObject(
              column++,
              value instanceof BigDecimal number && number.scale() == 0
                  ? (Object) number.intValueExact()
                  : value);
        }
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
