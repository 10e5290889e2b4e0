package org.dandang.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Expressions made at random over columns of every type and over constants of the calendar, run
 * both ways: over ten thousand cases, each an expression on a row. Seeds that ever differed are
 * kept in {@code seeds-that-differed.txt} and tried first.
 */
class RandomExpressionsTests {
  private static final int MODELS = Boolean.getBoolean("dandang.long") ? 140 : 14;
  private static final int EXPRESSIONS = 60;

  static final Map<String, String> COLUMNS = new LinkedHashMap<>();

  static {
    COLUMNS.put("n", "INTEGER");
    COLUMNS.put("m", "DECIMAL(6,2)");
    COLUMNS.put("s", "VARCHAR");
    COLUMNS.put("b", "BOOLEAN");
    COLUMNS.put("d", "DATE");
    COLUMNS.put("e", "DATE");
  }

  static List<Long> seeds() throws IOException {
    List<Long> seeds = new ArrayList<>();
    try (InputStream kept =
        RandomExpressionsTests.class.getResourceAsStream("/seeds-that-differed.txt")) {
      new String(Objects.requireNonNull(kept).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> Long.valueOf(line.strip().split("\\s+")[0]))
          .forEach(seeds::add);
    }
    long first = Long.getLong("dandang.random.seed", 20261123);
    for (int i = 0; i < MODELS; i++) {
      seeds.add(first + i);
    }
    return seeds;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void compiledMeansInterpreted(long seed) throws SQLException {
    Random random = new Random(seed);
    Dmn dmn = new Dmn();
    dmn.input("n", "number").input("m", "number").input("s", "string");
    dmn.input("b", "boolean").input("d", "date").input("e", "date");
    List<String> expressions = new ArrayList<>();
    for (int i = 0; i < EXPRESSIONS; i++) {
      String text = new Generator(random).any(3);
      expressions.add(text);
      dmn.literal("x" + i, "", text, List.copyOf(COLUMNS.keySet()), List.of());
    }
    DecisionModel model = DecisionModel.readDespiteFindings("test.dmn", dmn.bytes(), List.of());
    int compiled = 0;
    try (var both = new BothWays()) {
      both.fill("people", COLUMNS, rows(random));
      for (int i = 0; i < EXPRESSIONS; i++) {
        List<String> differences = both.differences(model, "x" + i, "people");
        if (!differences.isEmpty() && differences.get(0).startsWith("not compiled")) {
          continue;
        }
        compiled++;
        assertThat(differences).as("seed %d: %s", seed, expressions.get(i)).isEmpty();
      }
    }
    assertThat(compiled).isGreaterThan(EXPRESSIONS / 3);
  }

  static List<List<@Nullable Object>> rows(Random random) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      List<@Nullable Object> row = new ArrayList<>();
      row.add(maybe(random, random.nextInt(41) - 20));
      row.add(maybe(random, BigDecimal.valueOf(random.nextInt(4_001) - 2_000, 2)));
      row.add(
          maybe(random, List.of("", "a", "b", "ab", "在一线", "2021-01-31").get(random.nextInt(6))));
      row.add(maybe(random, random.nextBoolean()));
      row.add(maybe(random, day(random)));
      row.add(maybe(random, day(random)));
      rows.add(row);
    }
    return rows;
  }

  private static @Nullable Object maybe(Random random, Object value) {
    return random.nextInt(6) == 0 ? null : value;
  }

  private static LocalDate day(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> LocalDate.of(2020 + random.nextInt(5), 2, 28);
      case 1 -> LocalDate.of(2020, 2, 29);
      case 2 -> LocalDate.of(2020 + random.nextInt(3), 1 + random.nextInt(12), 1).minusDays(1);
      default -> LocalDate.of(2019, 1, 1).plusDays(random.nextInt(2_000));
    };
  }

  /** Mostly well typed; now and then an operand of another kind. */
  record Generator(Random random) {
    private String of(String... choices) {
      return choices[random.nextInt(choices.length)];
    }

    String any(int depth) {
      return switch (random.nextInt(8)) {
        case 0 -> text(depth);
        case 1 -> day(depth);
        case 2 -> days(depth);
        case 3 -> months(depth);
        case 4, 5 -> number(depth);
        default -> truth(depth);
      };
    }

    private String stranger(int depth, String usual) {
      return random.nextInt(14) == 0
          ? of(
              "n",
              "s",
              "b",
              "d",
              "null",
              "[1]",
              "{a: 1}",
              "[1..2]",
              "@\"P1M\"",
              "@\"PT1H\"",
              "@\"10:00:00\"",
              "@\"2021-01-01T10:00:00\"")
          : usual;
    }

    private String number(int depth) {
      if (depth == 0) {
        return of("n", "m", "0", "1", "-3", "2.5", "12", "0.25");
      }
      int less = depth - 1;
      return switch (random.nextInt(14)) {
        case 0 -> "(" + stranger(less, number(less)) + " + " + stranger(less, number(less)) + ")";
        case 1 -> "(" + stranger(less, number(less)) + " - " + stranger(less, number(less)) + ")";
        case 2 -> "(" + stranger(0, number(0)) + " * " + stranger(0, number(0)) + ")";
        case 3 -> "(" + number(0) + " / " + of("2", "4", "0.5", "8", "0", "-5") + ")";
        case 4 -> "(" + number(0) + " ** " + of("1", "2", "3", "s") + ")";
        case 5 -> "(if " + truth(less) + " then " + number(less) + " else " + number(less) + ")";
        case 6 -> of("floor", "ceiling", "abs") + "(" + number(0) + ")";
        case 7 -> "-" + number(0).replace("-", "");
        case 8 -> "d." + of("year", "month", "day", "weekday");
        case 9 -> "(e - d)." + of("days", "hours", "minutes", "seconds");
        case 10 -> "string length(" + text(0) + ")";
        default -> number(0);
      };
    }

    private String text(int depth) {
      if (depth == 0) {
        return of("s", "\"a\"", "\"\"", "\"在\"", "null");
      }
      return switch (random.nextInt(4)) {
        case 0 -> "(" + stranger(0, text(0)) + " + " + text(0) + ")";
        case 1 -> "(if " + truth(depth - 1) + " then " + text(0) + " else " + text(0) + ")";
        case 2 ->
            "string("
                + of("n", "s", "b", "d", "d - e", "@\"P1Y\"", "@\"10:00:00\" + (e - d)")
                + ")";
        default -> text(0);
      };
    }

    private String day(int depth) {
      if (depth == 0) {
        return of("d", "e", "@\"2020-02-29\"", "date(\"2021-12-31\")");
      }
      return switch (random.nextInt(5)) {
        case 0 -> "(" + stranger(0, day(0)) + " + " + stranger(0, months(0)) + ")";
        case 1 -> "(" + stranger(0, day(0)) + " - " + stranger(0, months(0)) + ")";
        case 2 -> "(" + day(0) + " + " + stranger(0, days(0)) + ")";
        case 3 -> "(if " + truth(depth - 1) + " then " + day(0) + " else " + day(0) + ")";
        default -> day(0);
      };
    }

    private String days(int depth) {
      if (depth == 0) {
        return of(
            "@\"P1D\"",
            "@\"-PT36H\"",
            "@\"P10DT5H30M\"",
            "duration(\"PT0S\")",
            "(d - e)",
            "(d - @\"2020-01-01\")");
      }
      return switch (random.nextInt(6)) {
        case 0 -> "(" + stranger(0, days(0)) + " + " + days(0) + ")";
        case 1 -> "(" + days(0) + " - " + stranger(0, days(0)) + ")";
        case 2 -> "(" + days(0) + " * " + of("n", "2", "-1", "0.5") + ")";
        case 3 -> "(" + of("n", "2.5", "-1") + " * " + days(0) + ")";
        case 4 -> "-" + days(0);
        default -> days(0);
      };
    }

    private String months(int depth) {
      if (depth == 0) {
        return of("@\"P1M\"", "@\"-P1Y2M\"", "@\"P2Y\"", "duration(\"P11M\")");
      }
      return switch (random.nextInt(7)) {
        case 0 -> "(" + months(0) + " + " + stranger(0, months(0)) + ")";
        case 1 -> "(" + stranger(0, months(0)) + " - " + months(0) + ")";
        case 2 -> "(" + months(0) + " * " + of("n", "2", "1.5") + ")";
        case 3 -> "(" + months(0) + " / " + of("2", "-2.5", "0", "3") + ")";
        case 4 -> "years and months duration(" + stranger(0, day(0)) + ", " + day(0) + ")";
        case 5 -> "-" + months(0);
        default -> months(0);
      };
    }

    private String truth(int depth) {
      if (depth == 0) {
        return of("b", "true", "false", "b", "null");
      }
      int less = depth - 1;
      String relation = of("=", "!=", "<", "<=", ">", ">=");
      return switch (random.nextInt(15)) {
        case 0, 1 ->
            "(" + stranger(0, number(less)) + " " + relation + " " + stranger(0, number(0)) + ")";
        case 2 -> "(" + stranger(0, text(0)) + " " + of("=", "!=") + " " + text(0) + ")";
        case 3 -> "(s " + relation + " " + of("\"a\"", "\"在\"", "\"ab\"") + ")";
        case 4 -> "(" + stranger(0, day(less)) + " " + relation + " " + stranger(0, day(0)) + ")";
        case 5 -> "(" + days(less) + " " + relation + " " + stranger(0, days(0)) + ")";
        case 6 -> "(" + months(less) + " " + relation + " " + stranger(0, months(0)) + ")";
        case 7 -> "(" + stranger(0, truth(less)) + " and " + stranger(0, truth(less)) + ")";
        case 8 -> "(" + stranger(0, truth(less)) + " or " + stranger(0, truth(less)) + ")";
        case 9 -> "not(" + truth(less) + ")";
        case 10 -> "(" + number(0) + " in [" + of("-5..5", "0..1", "2.5..12") + of("]", ")") + ")";
        case 11 ->
            "("
                + of(
                    "n in (1, 2, null)",
                    "s in (\"a\", \"b\")",
                    "d in [@\"2020-01-01\"..@\"2021-01-01\")",
                    "(d - e) in [@\"P0D\"..@\"P10D\"]",
                    "s in [\"a\"..\"b\")")
                + ")";
        case 12 ->
            "("
                + of("n", "m", "d", "(d - e)")
                + " between "
                + of("0", "d", "@\"P1D\"", "-1.5")
                + " and "
                + of("10", "e", "@\"P9D\"")
                + ")";
        case 13 ->
            "("
                + of("n", "s", "b", "d", "(d - e)", "null", "@\"P1M\"")
                + " instance of "
                + of(
                    "number",
                    "string",
                    "boolean",
                    "date",
                    "days and time duration",
                    "years and months duration",
                    "Any")
                + ")";
        default -> truth(0);
      };
    }
  }
}
