package org.dandang.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.dandang.engine.Dmn.Table;
import org.dandang.engine.RunSummary.How;
import org.junit.jupiter.api.Test;

class PopulationRunTests {
  private static final DecisionModel MODEL =
      new Dmn()
          .input("n", "number")
          .input("g", "string")
          .table(
              Table.of(
                  "d",
                  "FIRST",
                  List.of("n", "g"),
                  Dmn.row("null | -", "\"a person decides\""),
                  Dmn.row(">= 50 | \"a\"", "\"yes\""),
                  Dmn.row("< 50 | \"a\", \"b\"", "\"no\""),
                  Dmn.row("> 1000 | -", "\"never\"")))
          .read();

  private static final DecisionModel UPPER =
      new Dmn()
          .input("g", "string")
          .literal("d", "string", "upper case(g)", List.of("g"), List.of())
          .read();

  private static Connection people() throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:duckdb:");
    try (var statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE people AS SELECT 'p' || i AS code, CAST(nullif(i % 100, 7) AS SMALLINT) AS n,"
              + " ['a','b','c'][1 + i % 3] AS g FROM range(20000) t(i)");
    }
    return connection;
  }

  private static String all(Connection connection, String table) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT md5(string_agg(x, '|' ORDER BY x)) FROM (SELECT CAST(t AS VARCHAR) x FROM \""
                    + table
                    + "\" t)")) {
      rows.next();
      return rows.getString(1);
    }
  }

  @Test
  void everybodyIsDecidedTheSameCompiledAndInterpreted() throws SQLException {
    try (Connection connection = people()) {
      var run = PopulationRun.over(connection, "people", List.of("code")).withThreads(2);
      RunSummary compiled = run.run(MODEL, "d", "one", Progress.NONE);
      RunSummary interpreted = run.runInterpreted(MODEL, "d", "two", Progress.NONE);
      assertThat(compiled.how()).isInstanceOf(How.CompiledQuery.class);
      assertThat(interpreted.how()).isInstanceOf(How.Interpreted.class);
      assertThat(compiled.rows()).isEqualTo(20_000);
      assertThat(compiled.hitsPerRule()).isEqualTo(interpreted.hitsPerRule()).hasSize(4);
      assertThat(compiled.unmatched()).isEqualTo(interpreted.unmatched()).isPositive();
      assertThat(all(connection, "one")).isEqualTo(all(connection, "two"));
    }
  }

  @Test
  void aTableThatCollectsGivesTheSameCompiledAndInterpreted() throws SQLException {
    for (String policy : List.of("COLLECT", "COLLECT SUM", "RULE ORDER")) {
      boolean sums = policy.endsWith("SUM");
      var model =
          new Dmn()
              .input("n", "number")
              .input("g", "string")
              .table(
                  Table.of(
                          "d",
                          policy,
                          List.of("n", "g"),
                          Dmn.row("> 10 | -", sums ? "1.5" : "\"x, \\\"y\\\"\""),
                          Dmn.row("- | \"a\"", sums ? "2" : "\"z\""),
                          Dmn.row("< 5 | -", sums ? "10" : "\"x\""))
                      .withType(""))
              .read();
      try (Connection connection = people()) {
        var run = PopulationRun.over(connection, "people", List.of("code"));
        RunSummary compiled = run.run(model, "d", "one", Progress.NONE);
        RunSummary interpreted = run.runInterpreted(model, "d", "two", Progress.NONE);
        assertThat(compiled.how()).isInstanceOf(How.CompiledQuery.class);
        assertThat(compiled.hitsPerRule()).isEqualTo(interpreted.hitsPerRule());
        assertThat(all(connection, "one")).isEqualTo(all(connection, "two"));
      }
    }
  }

  @Test
  void whatDoesNotCompileIsInterpretedSayingWhy() throws SQLException {
    try (Connection connection = people()) {
      RunSummary summary =
          PopulationRun.over(connection, "people", List.of("code"))
              .run(UPPER, "d", "result", Progress.NONE);
      assertThat(summary.how())
          .isEqualTo(
              new How.Interpreted(
                  List.of(new Refusal("d", "function upper case", "has no compiled form"))));
      assertThat(summary.rows()).isEqualTo(20_000);
    }
  }

  @Test
  void aRunCanBeCancelledAndLeavesNoResult() throws SQLException {
    try (Connection connection = people()) {
      var run = PopulationRun.over(connection, "people", List.of("code"));
      assertThatThrownBy(() -> run.run(UPPER, "d", "result", (done, total) -> done < 5_000))
          .isInstanceOf(CancellationException.class);
      try (var statement = connection.createStatement();
          ResultSet tables = statement.executeQuery("SELECT count(*) FROM duckdb_tables()")) {
        tables.next();
        assertThat(tables.getInt(1)).isEqualTo(1);
      }
    }
  }

  @Test
  void aMissingColumnIsNamed() throws SQLException {
    try (Connection connection = people()) {
      try (var statement = connection.createStatement()) {
        statement.execute("CREATE VIEW narrow AS SELECT code, g FROM people");
      }
      var run = PopulationRun.over(connection, "narrow", List.of("code"));
      assertThatThrownBy(() -> run.run(MODEL, "d", "result", Progress.NONE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("narrow has no column for n");
      RunSummary summary =
          run.withConstants(java.util.Map.of("n", 60)).run(MODEL, "d", "result", Progress.NONE);
      assertThat(summary.hitsPerRule()).containsKey("rule-64-2");
      assertThat(summary.how()).isInstanceOf(How.CompiledQuery.class);
    }
  }

  @Test
  void theMissingInputsOfEachRowCanBeAskedFor() throws SQLException {
    try (Connection connection = people();
        var statement = connection.createStatement()) {
      var compiled = (Compiled) MODEL.compile("d", InputTypes.of(connection, "people"));
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT count(*), min(missing) FROM ("
                  + compiled.missingSql("people", List.of("code"))
                  + ")")) {
        rows.next();
        assertThat(rows.getInt(1)).isEqualTo(200);
        assertThat(rows.getArray(2).getArray()).isEqualTo(new Object[] {"n"});
      }
    }
  }

  @Test
  void aParquetFileIsASourceToo() throws Exception {
    var file = java.nio.file.Files.createTempFile("people", ".parquet");
    try (Connection connection = people()) {
      try (var statement = connection.createStatement()) {
        statement.execute("COPY people TO '" + file + "' (FORMAT parquet)");
      }
      RunSummary summary =
          PopulationRun.over(connection, file.toString(), List.of("code"))
              .run(MODEL, "d", "result", Progress.NONE);
      assertThat(summary.rows()).isEqualTo(20_000);
    } finally {
      java.nio.file.Files.delete(file);
    }
  }
}
