package org.dandang.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.dandang.engine.spark.SparkRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spark and DuckDB give the same rows for the same generated tables and expressions. */
class SparkMeansDuckDbTests {
  private static SparkSession session;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    session =
        SparkRun.exact(SparkSession.builder().master("local[2]").appName("tests"))
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    session.stop();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void generatedTablesGiveTheSameOnBoth(long seed) throws SQLException {
    var generated = new RandomTablesTests.Generated(new Random(seed));
    DecisionModel model = generated.model.read();
    try (var both = new BothWays()) {
      both.fill("people", generated.columns(), generated.rows());
      String parquet = toParquet(both);
      if (model.compile("d", InputTypes.of(both.connection(), "people"))
          instanceof Compiled compiled) {
        Compiled onSpark = new SparkRun(session, Map.of()).compile(model, "d", parquet);
        assertThat(onSpark(onSpark, parquet)).isEqualTo(onDuckDb(both, compiled));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {20261123, 20261124, 20261125})
  void generatedExpressionsGiveTheSameOnBoth(long seed) throws SQLException {
    Random random = new Random(seed);
    Dmn dmn = new Dmn();
    dmn.input("n", "number").input("m", "number").input("s", "string");
    dmn.input("b", "boolean").input("d", "date").input("e", "date");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      texts.add(new RandomExpressionsTests.Generator(random).any(3));
      dmn.literal(
          "x" + i,
          "",
          texts.get(i),
          List.copyOf(RandomExpressionsTests.COLUMNS.keySet()),
          List.of());
    }
    DecisionModel model = DecisionModel.readDespiteFindings("test.dmn", dmn.bytes(), List.of());
    int compared = 0;
    try (var both = new BothWays()) {
      both.fill("people", RandomExpressionsTests.COLUMNS, RandomExpressionsTests.rows(random));
      String parquet = toParquet(both);
      for (int i = 0; i < texts.size(); i++) {
        if (model.compile("x" + i, InputTypes.of(both.connection(), "people"))
            instanceof Compiled compiled) {
          Compiled onSpark = new SparkRun(session, Map.of()).compile(model, "x" + i, parquet);
          assertThat(onSpark(onSpark, parquet))
              .as("seed %d: %s", seed, texts.get(i))
              .isEqualTo(onDuckDb(both, compiled));
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(15);
  }

  @Test
  void aRunWritesResultsAndCountsThem() throws SQLException {
    DecisionModel model =
        new Dmn()
            .input("months", "number")
            .table(
                Dmn.Table.of(
                    "priority",
                    "FIRST",
                    List.of("months"),
                    Dmn.row("null", "\"a person decides\""),
                    Dmn.row(">= 24", "\"first\""),
                    Dmn.row("< 0", "\"never\"")))
            .read();
    try (var both = new BothWays();
        Statement statement = both.connection().createStatement()) {
      statement.execute(
          "create table people as select range::integer as id, case when range % 5 > 0 then range % 40 end::integer as months from range(1000)");
      String parquet = toParquet(both);
      RunSummary summary =
          new SparkRun(session, Map.of())
              .run(model, "priority", parquet, List.of("id"), folder.resolve("out").toString());

      assertThat(summary.rows()).isEqualTo(1000);
      assertThat(summary.hitsPerRule().values()).startsWith(200L).last().isEqualTo(0L);
      assertThat(
              summary.unmatched() + summary.hitsPerRule().values().stream().mapToLong(h -> h).sum())
          .isEqualTo(1000);
      assertThat(Files.list(folder.resolve("out")).anyMatch(f -> f.toString().endsWith(".parquet")))
          .isTrue();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatDoesNotCompileIsRefusedWithItsConstruct() throws SQLException {
    DecisionModel model =
        new Dmn().input("n", "number").literal("x", "", "exp(n)", List.of("n"), List.of()).read();
    try (var both = new BothWays()) {
      both.fill("people", Map.of("n", "INTEGER"), List.of(List.of(1)));
      String parquet = toParquet(both);
      assertThatExceptionOfType(SparkRun.NotCompiledException.class)
          .isThrownBy(() -> new SparkRun(session, Map.of()).compile(model, "x", parquet))
          .withMessageContaining("exp");
    }
  }

  private String toParquet(BothWays both) throws SQLException {
    Path file = folder.resolve("people" + System.nanoTime() + ".parquet");
    try (Statement statement = both.connection().createStatement()) {
      statement.execute("copy people to '" + file + "' (format parquet)");
    }
    return file.toString();
  }

  private static Map<Integer, List<String>> onDuckDb(BothWays both, Compiled compiled)
      throws SQLException {
    Map<Integer, List<String>> results = new TreeMap<>();
    try (Statement statement = both.connection().createStatement();
        ResultSet rows = statement.executeQuery(compiled.sql("people", List.of("id")))) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 2; i <= columns; i++) {
          values.add(text(rows.getObject(i)));
        }
        results.put(rows.getInt(1), values);
      }
    }
    return results;
  }

  private static Map<Integer, List<String>> onSpark(Compiled compiled, String parquet) {
    session.read().parquet(parquet).createOrReplaceTempView("people");
    Map<Integer, List<String>> results = new LinkedHashMap<>();
    String sql = compiled.sql("people", List.of("id"));
    List<Row> rows;
    try {
      rows = session.sql(sql).collectAsList();
    } catch (RuntimeException e) {
      throw new AssertionError(sql, e);
    }
    for (Row row : rows) {
      List<String> values = new ArrayList<>();
      for (int i = 1; i < row.length(); i++) {
        values.add(text(row.get(i)));
      }
      results.put(row.getInt(0), values);
    }
    return new TreeMap<>(results);
  }

  private static String text(Object value) {
    if (value instanceof Number number) {
      BigDecimal plain = new BigDecimal(number.toString());
      return plain.signum() == 0 ? "0" : plain.stripTrailingZeros().toPlainString();
    }
    return String.valueOf(value);
  }
}
