package org.dandang.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.dandang.engine.Dmn.Table;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tables and rows made at random, run both ways. A failing seed goes into {@link #everDiffered}, so
 * that it is tried for ever after.
 */
class RandomTablesTests {
  private static final int TABLES = Integer.getInteger("dandang.random.tables", 200);
  private static final int ROWS = 60;

  static long[] everDiffered() {
    return new long[] {};
  }

  static List<Long> seeds() {
    List<Long> seeds = new ArrayList<>();
    for (long seed : everDiffered()) {
      seeds.add(seed);
    }
    long first = Long.getLong("dandang.random.seed", 20261123);
    for (int i = 0; i < 8; i++) {
      seeds.add(first + i);
    }
    return seeds;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void compiledMeansInterpreted(long seed) throws SQLException {
    int compiled = 0;
    try (var both = new BothWays()) {
      for (int t = 0; t < TABLES / 8; t++) {
        long tableSeed = seed * 1_000_003 + t;
        var generated = new Generated(new Random(tableSeed));
        DecisionModel model = generated.model.read();
        both.fill("people", generated.columns(), generated.rows());
        List<String> differences = both.differences(model, "d", "people");
        if (!differences.isEmpty() && differences.get(0).startsWith("not compiled")) {
          continue;
        }
        compiled++;
        assertThat(differences)
            .as("seed %d, table %d:%n%s", seed, t, generated.model.xml().replace("><", ">\n<"))
            .isEmpty();
      }
    }
    assertThat(compiled).isGreaterThan(TABLES / 8 / 2);
  }

  /** One input: its FEEL type, its column, values worth trying. */
  private record Input(String name, String type, String column, List<@Nullable Object> values) {}

  static final class Generated {
    private final Random random;
    final Dmn model = new Dmn();
    private final List<Input> inputs = new ArrayList<>();

    Generated(Random random) {
      this.random = random;
      int count = 1 + random.nextInt(5);
      for (int i = 0; i < count; i++) {
        inputs.add(input(i));
      }
      if (random.nextInt(3) == 0) {
        model.type("limited", "number", pick("[0..20]", "[0..20], null", "1, 2, 3, null", ">= 0"));
        inputs.add(new Input("limited one", "limited", "INTEGER", numbers()));
      }
      for (Input input : inputs) {
        model.input(input.name(), input.type());
      }
      boolean derived = random.nextInt(3) == 0;
      if (derived) {
        model.literal("derived", "", expression(2), names(), List.of());
      }
      table(derived);
    }

    private List<String> names() {
      return inputs.stream().map(Input::name).toList();
    }

    private String pick(String... choices) {
      return choices[random.nextInt(choices.length)];
    }

    private Input input(int i) {
      return switch (random.nextInt(5)) {
        case 0 -> {
          String column = pick("TINYINT", "SMALLINT", "INTEGER", "BIGINT");
          yield new Input("whole-" + i, "number", column, numbers());
        }
        case 1 -> new Input("amount " + i, "number", "DECIMAL(6,2)", decimals());
        case 2 -> {
          String column = pick("VARCHAR", "ENUM('a','b','c','d e','''')");
          yield new Input("级别" + i, "string", column, list(null, "a", "b", "c", "d e", "'"));
        }
        case 3 -> new Input("yes" + i, "boolean", "BOOLEAN", list(null, true, false));
        default ->
            new Input(
                "since" + i,
                "date",
                "DATE",
                list(
                    null,
                    LocalDate.of(2019, 12, 31),
                    LocalDate.of(2020, 1, 1),
                    LocalDate.of(2020, 2, 29),
                    LocalDate.of(2021, 1, 1)));
      };
    }

    private static List<@Nullable Object> list(@Nullable Object... values) {
      List<@Nullable Object> list = new ArrayList<>();
      for (Object value : values) {
        list.add(value);
      }
      return list;
    }

    private static List<@Nullable Object> numbers() {
      return list(null, -1, 0, 1, 2, 3, 5, 9, 10, 11, 20, 21);
    }

    private static List<@Nullable Object> decimals() {
      return list(
          null,
          new BigDecimal("-1.00"),
          new BigDecimal("0"),
          new BigDecimal("0.01"),
          new BigDecimal("1.00"),
          new BigDecimal("2.49"),
          new BigDecimal("2.50"),
          new BigDecimal("2.51"),
          new BigDecimal("10.00"),
          new BigDecimal("9999.99"));
    }

    // -------------------------------------------------------------- cells

    private String number() {
      return pick("0", "1", "2", "3", "2.5", "2.505", "10", "20", "-1", "1.0", "100000000000");
    }

    private String constant(Input input) {
      return switch (input.type()) {
        case "number", "limited" -> number();
        case "string" -> pick("\"a\"", "\"b\"", "\"d e\"", "\"zz\"", "\"'\"");
        case "boolean" -> pick("true", "false");
        default -> pick("date(\"2020-01-01\")", "@\"2020-02-29\"", "date(\"2021-01-01\")");
      };
    }

    private String range(Input input) {
      String low;
      String high;
      if (input.type().equals("date")) {
        low = pick("date(\"2019-06-01\")", "date(\"2020-01-01\")");
        high = pick("date(\"2020-02-29\")", "date(\"2021-01-01\")");
      } else {
        low = pick("0", "1", "2.5", "-1");
        high = pick("3", "10", "2.50", "20.5");
      }
      return pick("[", "(", "]") + low + ".." + high + pick("]", ")", "[");
    }

    private String test(Input input) {
      boolean ordered =
          input.type().equals("number")
              || input.type().equals("limited")
              || input.type().equals("date");
      return switch (random.nextInt(ordered ? 12 : 6)) {
        case 0 -> "-";
        case 1 -> constant(input);
        case 2 -> constant(input) + ", " + constant(input);
        case 3 -> "not(" + constant(input) + ", " + constant(input) + ")";
        case 4 ->
            pick(
                "null",
                "not(null)",
                "null, " + constant(input),
                "= " + constant(input),
                "!= " + constant(input));
        case 5 -> "? = " + constant(input) + pick(" or ", " and ") + condition(1);
        case 6, 7 -> pick("<", "<=", ">", ">=") + " " + constant(input);
        case 8, 9 -> range(input);
        case 10 -> pick("< ", ">= ") + constant(input) + ", " + range(input);
        default -> "not(" + pick("< ", ">= ") + constant(input) + ", " + range(input) + ")";
      };
    }

    // -------------------------------------------------------------- expressions

    private Input any() {
      return inputs.get(random.nextInt(inputs.size()));
    }

    private @Nullable Input of(String... types) {
      for (int i = 0; i < 8; i++) {
        Input input = any();
        for (String type : types) {
          if (input.type().equals(type)) {
            return input;
          }
        }
      }
      return null;
    }

    private String arithmetic(int depth) {
      Input input = of("number", "limited");
      if (depth == 0 || input == null) {
        return input == null || random.nextInt(3) == 0 ? number() : input.name();
      }
      return switch (random.nextInt(5)) {
        case 0 -> "(" + arithmetic(depth - 1) + " * " + arithmetic(depth - 1) + ")";
        case 1 -> "(" + arithmetic(depth - 1) + " - " + arithmetic(depth - 1) + ")";
        case 2 ->
            "(if "
                + condition(depth - 1)
                + " then "
                + arithmetic(depth - 1)
                + " else "
                + arithmetic(depth - 1)
                + ")";
        case 3 -> "(-" + arithmetic(depth - 1) + ")";
        default -> "(" + arithmetic(depth - 1) + " + " + arithmetic(depth - 1) + ")";
      };
    }

    private String condition(int depth) {
      Input input = any();
      if (depth > 0) {
        switch (random.nextInt(4)) {
          case 0:
            return "(" + condition(depth - 1) + " and " + condition(depth - 1) + ")";
          case 1:
            return "(" + condition(depth - 1) + " or " + condition(depth - 1) + ")";
          case 2:
            return "not(" + condition(depth - 1) + ")";
          default:
            break;
        }
      }
      return switch (input.type()) {
        case "number", "limited" ->
            switch (random.nextInt(5)) {
              case 0 ->
                  "(" + arithmetic(1) + pick(" < ", " >= ", " = ", " != ") + arithmetic(1) + ")";
              case 1 -> "(" + input.name() + " between 1 and 10)";
              case 2 -> "(" + input.name() + " in " + range(input) + ")";
              case 3 ->
                  "("
                      + arithmetic(0)
                      + " / "
                      + arithmetic(0)
                      + pick(" > ", " <= ", " = ")
                      + number()
                      + ")";
              default -> "(" + input.name() + " in (1, " + range(input) + ", > 15))";
            };
        case "date" ->
            "(" + input.name() + pick(" < ", " >= ", " = ", " != ") + constant(input) + ")";
        default ->
            switch (random.nextInt(3)) {
              case 0 -> "(" + input.name() + " = " + constant(input) + ")";
              case 1 -> "(" + input.name() + " != " + pick("null", constant(input)) + ")";
              default ->
                  "(" + input.name() + " in (" + constant(input) + ", " + constant(input) + "))";
            };
      };
    }

    private String expression(int depth) {
      return random.nextBoolean() ? arithmetic(depth) : condition(depth);
    }

    // -------------------------------------------------------------- tables

    private void table(boolean derived) {
      String policy =
          random.nextInt(3) > 0
              ? pick("UNIQUE", "FIRST", "ANY", "PRIORITY")
              : pick(
                  "RULE ORDER",
                  "OUTPUT ORDER",
                  "COLLECT",
                  "COLLECT SUM",
                  "COLLECT COUNT",
                  "COLLECT MIN",
                  "COLLECT MAX");
      boolean gathers = policy.startsWith("COLLECT") || policy.endsWith("ORDER");
      boolean computed = !gathers && random.nextInt(4) == 0;
      boolean sums = policy.startsWith("COLLECT ");
      List<String> columns = new ArrayList<>(names());
      List<Input> subjects = new ArrayList<>(inputs);
      if (random.nextInt(3) == 0) {
        columns.add(arithmetic(1));
        subjects.add(new Input("", "number", "", List.of()));
      }
      int rows = 1 + random.nextInt(6);
      List<Dmn.Row> made = new ArrayList<>();
      for (int r = 0; r < rows; r++) {
        List<String> tests = new ArrayList<>();
        for (Input subject : subjects) {
          tests.add(random.nextInt(3) == 0 ? "-" : test(subject));
        }
        made.add(
            new Dmn.Row(
                tests,
                List.of(
                    sums
                        ? pick("1", "2.5", "-3", "1.0", "100")
                        : pick("\"x\"", "\"y\"", "\"z\"", "null"))));
      }
      var table =
          Table.of("d", policy, names(), made.toArray(Dmn.Row[]::new))
              .withColumns(columns.toArray(String[]::new));
      if (gathers) {
        table = table.withType("");
      }
      if (policy.equals("PRIORITY")
          || policy.equals("OUTPUT ORDER")
          || !sums && !computed && random.nextInt(6) == 0) {
        table =
            table.withOutputValues(
                pick("\"z\", \"y\", \"x\"", "\"y\", \"x\"", "\"x\", \"y\", \"z\", null"));
      }
      if (random.nextInt(3) == 0 && (sums || !gathers)) {
        table = table.withDefaults(sums || computed ? "7" : "\"none\"");
      }
      if (derived) {
        table = table.requiring("derived");
      }
      model.table(table);
    }

    Map<String, String> columns() {
      Map<String, String> columns = new LinkedHashMap<>();
      inputs.forEach(i -> columns.put(i.name(), i.column()));
      return columns;
    }

    List<List<@Nullable Object>> rows() {
      List<List<@Nullable Object>> rows = new ArrayList<>();
      for (int r = 0; r < ROWS; r++) {
        List<@Nullable Object> row = new ArrayList<>();
        for (Input input : inputs) {
          Object value = input.values().get(random.nextInt(input.values().size()));
          row.add(value);
        }
        rows.add(row);
      }
      return rows;
    }
  }
}
