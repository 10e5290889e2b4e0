package org.dandang.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dandang.engine.Dmn.Table;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CompiledMeansInterpretedTests {

  private static List<List<@Nullable Object>> every(List<List<@Nullable Object>> domains) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    rows.add(List.of());
    for (List<@Nullable Object> domain : domains) {
      List<List<@Nullable Object>> longer = new ArrayList<>();
      for (List<@Nullable Object> row : rows) {
        for (Object value : domain) {
          List<@Nullable Object> next = new ArrayList<>(row);
          next.add(value);
          longer.add(next);
        }
      }
      rows = longer;
    }
    return rows;
  }

  private static List<@Nullable Object> values(@Nullable Object... values) {
    List<@Nullable Object> list = new ArrayList<>();
    for (Object value : values) {
      list.add(value);
    }
    return list;
  }

  private static Map<String, String> columns(String... namesAndTypes) {
    Map<String, String> columns = new LinkedHashMap<>();
    for (int i = 0; i < namesAndTypes.length; i += 2) {
      columns.put(namesAndTypes[i], namesAndTypes[i + 1]);
    }
    return columns;
  }

  private static void agree(
      DecisionModel model,
      String decision,
      Map<String, String> columns,
      List<List<@Nullable Object>> domains)
      throws SQLException {
    try (var both = new BothWays()) {
      both.fill("people", columns, every(domains));
      assertThat(both.differences(model, decision, "people")).isEmpty();
    }
  }

  @Test
  void aFirstTableOverNumbersStringsAndBooleansWithMissingValues() throws SQLException {
    var model =
        new Dmn()
            .input("front-line-months", "number")
            .input("last grade", "string")
            .input("在一线", "boolean")
            .table(
                Table.of(
                    "front-line-priority",
                    "FIRST",
                    List.of("front-line-months", "last grade", "在一线"),
                    Dmn.row("null | - | -", "\"a person decides\""),
                    Dmn.row(">= 24 | \"outstanding\" | true", "\"first\""),
                    Dmn.row("[12..24) | not(\"incompetent\", \"basic\") | -", "\"priority\""),
                    Dmn.row("< 6, > 60.5 | - | not(true)", "\"ordinary\""),
                    Dmn.row("- | - | false", "\"not eligible\"")))
            .read();
    agree(
        model,
        "front-line-priority",
        columns("front-line-months", "SMALLINT", "last grade", "VARCHAR", "在一线", "BOOLEAN"),
        List.of(
            values(null, 5, 6, 11, 12, 23, 24, 25, 60, 61),
            values(null, "outstanding", "incompetent", "basic", "x"),
            values(null, true, false)));
  }

  @Test
  void aUniqueTableWithSeveralHitsFails() throws SQLException {
    var model =
        new Dmn()
            .input("n", "number")
            .input("m", "number")
            .table(
                Table.of(
                    "d",
                    "UNIQUE",
                    List.of("n", "m"),
                    Dmn.row("< 10 | -", "\"low\""),
                    Dmn.row(">= 5 | > 3", "\"high\""),
                    Dmn.row("> 20 | <= 3", "\"top\"")))
            .read();
    agree(
        model,
        "d",
        columns("n", "DECIMAL(5,1)", "m", "INTEGER"),
        List.of(values(null, new BigDecimal("4.9"), 5, 9, 10, 20, 21), values(null, 3, 4)));
  }

  @Test
  void anAnyTableWithConflictingHitsFails() throws SQLException {
    var model =
        new Dmn()
            .input("n", "number")
            .table(
                Table.of(
                    "d",
                    "ANY",
                    List.of("n"),
                    Dmn.row("< 10", "\"low\""),
                    Dmn.row("< 5", "\"low\""),
                    Dmn.row("[8..12]", "\"high\"")))
            .read();
    agree(model, "d", columns("n", "INTEGER"), List.of(values(null, 1, 4, 5, 7, 8, 9, 10, 12, 13)));
  }

  @Test
  void aPriorityTableTakesTheOutcomeListedFirst() throws SQLException {
    var model =
        new Dmn()
            .input("n", "number")
            .table(
                Table.of(
                        "d",
                        "PRIORITY",
                        List.of("n"),
                        Dmn.row("< 10", "\"low\""),
                        Dmn.row("> 5", "\"high\""),
                        Dmn.row("8", "\"exact\""))
                    .withOutputValues("\"exact\", \"high\", \"low\""))
            .read();
    agree(model, "d", columns("n", "INTEGER"), List.of(values(null, 1, 5, 6, 8, 9, 10)));
  }

  @Test
  void datesAndTheirRanges() throws SQLException {
    var model =
        new Dmn()
            .input("hired", "date")
            .table(
                Table.of(
                    "d",
                    "UNIQUE",
                    List.of("hired"),
                    Dmn.row("< date(\"2016-01-01\")", "\"before\""),
                    Dmn.row("[date(\"2016-01-01\")..date(\"2021-01-01\"))", "\"within\""),
                    Dmn.row(">= @\"2021-01-01\"", "\"after\""),
                    Dmn.row("null", "\"unknown\"")))
            .read();
    agree(
        model,
        "d",
        columns("hired", "DATE"),
        List.of(
            values(
                null,
                LocalDate.of(2015, 12, 31),
                LocalDate.of(2016, 1, 1),
                LocalDate.of(2020, 12, 31),
                LocalDate.of(2021, 1, 1))));
  }

  @Test
  void aShareIsComparedWithoutDividing() throws SQLException {
    var model =
        new Dmn()
            .input("promoted-count", "number")
            .input("promoted-with-front-line-count", "number")
            .input("required", "number")
            .table(
                Table.of(
                        "quota",
                        "FIRST",
                        List.of("promoted-count", "promoted-with-front-line-count", "required"),
                        Dmn.row(">= required", "\"met\""),
                        Dmn.row("[0.5..0.8)", "\"nearly\""),
                        Dmn.row("1/3", "\"a third\""),
                        Dmn.row("null", "\"a person decides\""),
                        Dmn.row("-", "\"not met\""))
                    .withColumns("promoted-with-front-line-count / promoted-count"))
            .read();
    // A quotient as a test value stays out.
    assertThat(
            model.compile(
                "quota", types("promoted-count", "promoted-with-front-line-count", "required")))
        .isInstanceOf(Compilation.NotCompilable.class);
    var plain =
        new Dmn()
            .input("promoted-count", "number")
            .input("promoted-with-front-line-count", "number")
            .input("required", "number")
            .table(
                Table.of(
                        "quota",
                        "FIRST",
                        List.of("promoted-count", "promoted-with-front-line-count", "required"),
                        Dmn.row(">= required", "\"met\""),
                        Dmn.row("[0.5..0.8)", "\"nearly\""),
                        Dmn.row("0.25", "\"a quarter\""),
                        Dmn.row("null", "\"a person decides\""),
                        Dmn.row("-", "\"not met\""))
                    .withColumns("promoted-with-front-line-count / promoted-count"))
            .read();
    agree(
        plain,
        "quota",
        columns(
            "promoted-count", "INTEGER",
            "promoted-with-front-line-count", "INTEGER",
            "required", "DECIMAL(4,2)"),
        List.of(
            values(null, 0, 1, 3, 4, 10, -4),
            values(null, 0, 1, 2, 3, 8, -1),
            values(null, new BigDecimal("0.80"), new BigDecimal("0.33"))));
  }

  private static InputTypes types(String... wholes) {
    return InputTypes.of(
        java.util.Arrays.stream(wholes)
            .map(w -> new InputTypes.InputColumn(w, new ColumnType.Whole(10), true))
            .toList());
  }

  @Test
  void aChainOfDecisionsWithArithmeticAndSeveralOutputs() throws SQLException {
    var model =
        new Dmn()
            .input("a", "number")
            .input("b", "number")
            .literal("sum", "number", "a + b * 2", List.of("a", "b"), List.of())
            .literal(
                "kind",
                "string",
                "if sum > 10 and a != null then \"big\" else if sum = null then \"none\" else \"small\"",
                List.of("a"),
                List.of("sum"))
            .table(
                Table.of(
                        "d",
                        "UNIQUE",
                        List.of("a"),
                        Dmn.row("\"big\" | -", "\"x\" | 1"),
                        Dmn.row("\"small\" | >= 0", "\"y\" | 2.5"),
                        Dmn.row("\"none\" | -", "null | 3"))
                    .withType("")
                    .requiring("kind", "sum")
                    .withColumns("kind", "a")
                    .withOutputs("level", "weight"))
            .literal("last", "boolean", "d.weight between 2 and 3", List.of(), List.of("d"))
            .read();
    Map<String, String> columns = columns("a", "INTEGER", "b", "DECIMAL(6,2)");
    List<List<@Nullable Object>> domains =
        List.of(values(null, -1, 0, 1, 5, 11), values(null, 0, new BigDecimal("2.75"), 5));
    agree(model, "sum", columns, domains);
    agree(model, "kind", columns, domains);
    agree(model, "d", columns, domains);
    agree(model, "last", columns, domains);
  }

  @Test
  void allowedValuesAndDefaults() throws SQLException {
    var model =
        new Dmn()
            .type("grade", "string", "\"a\", \"b\", null")
            .type("class", "number", "[0..6]")
            .input("g", "grade")
            .input("c", "class")
            .table(
                Table.of(
                        "d",
                        "FIRST",
                        List.of("g", "c"),
                        Dmn.row("\"a\" | > 2", "\"yes\""),
                        Dmn.row("null | 1", "\"perhaps\""))
                    .withDefaults("\"no\"")
                    .withColumnValues("", "[0..5]"))
            .read();
    agree(
        model,
        "d",
        columns("g", "VARCHAR", "c", "INTEGER"),
        List.of(values(null, "a", "b", "c"), values(null, -1, 0, 1, 3, 5, 6, 7)));
  }

  @Test
  void enumeratedColumnsAndColumnsThatForbidNull() throws SQLException {
    var model =
        new Dmn()
            .input("g", "string")
            .input("n", "number")
            .table(
                Table.of(
                    "d",
                    "FIRST",
                    List.of("g", "n"),
                    Dmn.row("\"a\", \"zzz\" | not(3)", "\"one\""),
                    Dmn.row("not(\"b\") | [2,3,4.0]", "\"two\""),
                    Dmn.row("not(null) | != 3", "\"three\"")))
            .read();
    agree(
        model,
        "d",
        columns("g", "ENUM('a','b','c')", "n", "TINYINT NOT NULL"),
        List.of(values(null, "a", "b", "c"), values(1, 2, 3, 4, 127, -128)));
  }

  @Test
  void functionsOfStringsAndNumbers() throws SQLException {
    for (String expression :
        List.of(
            "string length(s)",
            "contains(s, \"e\")",
            "starts with(s, \"一\")",
            "ends with(s, \"́\")",
            "s + \"!\"",
            "if s = null then 0 else string length(s) * 2",
            "floor(n)",
            "ceiling(n)",
            "abs(n)",
            "floor(n * 1.5) - ceiling(-n)",
            "not(n > 1)",
            "d.year * 100 + d.month",
            "d.day = 29")) {
      var model =
          new Dmn()
              .input("s", "string")
              .input("n", "number")
              .input("d", "date")
              .literal("x", "", expression, List.of("s", "n", "d"), List.of())
              .read();
      agree(
          model,
          "x",
          columns("s", "VARCHAR", "n", "DECIMAL(6,2)", "d", "DATE"),
          List.of(
              values(
                  null,
                  "",
                  "e\u0301",
                  "一二",
                  "\uD83D\uDC69\u200D\uD83D\uDC67",
                  "\uD83C\uDDE8\uD83C\uDDF3"),
              values(null, new BigDecimal("-1.50"), new BigDecimal("0.01"), new BigDecimal("2.00")),
              values(null, LocalDate.of(2020, 2, 29))));
    }
  }
}
