package org.dandang.engine;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.dandang.engine.Plan.Arithmetic;
import org.dandang.engine.Plan.Choice;
import org.dandang.engine.Plan.Column;
import org.dandang.engine.Plan.Compare;
import org.dandang.engine.Plan.Constant;
import org.dandang.engine.Plan.Quotient;
import org.jspecify.annotations.Nullable;

/** DuckDB's SQL; {@link SparkSql} overrides what Spark writes otherwise. */
class DuckDbSql implements SqlEmitter {

  /** A table's name, quoted part by part, or a call that reads a Parquet file. */
  static String relation(String source) {
    if (source.toLowerCase(Locale.ROOT).endsWith(".parquet")) {
      return "read_parquet(" + quoted(source) + ")";
    }
    return String.join(
        ".", java.util.Arrays.stream(source.split("\\.")).map(DuckDbSql::quotedName).toList());
  }

  static String quotedName(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  @Override
  public String name(String name) {
    return quotedName(name);
  }

  @Override
  public String text(String value) {
    return quoted(value);
  }

  @Override
  public String type(PlanType type) {
    return switch (type) {
      case PlanType.Number n ->
          n.scale() == 0
              ? n.whole() <= 18 ? "BIGINT" : n.whole() <= 38 ? "HUGEINT" : "DECIMAL(38,0)"
              : "DECIMAL(" + Math.min(38, Math.max(n.digits(), 1)) + "," + n.scale() + ")";
      case PlanType.Text t -> "VARCHAR";
      case PlanType.Truth t -> "BOOLEAN";
      case PlanType.Day d -> "DATE";
      case PlanType.Clock c -> "BIGINT";
      case PlanType.Moment m -> "BIGINT";
      case PlanType.Days d -> type(d.seconds());
      case PlanType.Months m -> type(m.months());
      case PlanType.Shape s -> throw new IllegalStateException("a " + s.word() + " in a column");
      case PlanType.Nothing n -> "VARCHAR";
    };
  }

  // ---------------------------------------------------------------- true, false, not true

  @Override
  public String condition(Plan plan) {
    return switch (plan) {
      case Constant c -> Boolean.TRUE.equals(c.value()) ? "TRUE" : "FALSE";
      case Plan.Holds h -> condition(h.part());
      case Plan.AllOf a -> joined(a.parts().stream().map(this::condition).toList(), " AND ");
      case Plan.AnyOf a -> joined(a.parts().stream().map(this::condition).toList(), " OR ");
      case Plan.Negation n -> falsity(n.part());
      case Plan.Missing m when FeelTranslation.holdsQuotient(m.part()) ->
          condition(missing(m.part()));
      case Plan.Missing m -> value(m.part()) + " IS NULL";
      case Plan.Same s -> same(s);
      case Compare c -> compare(c);
      case Column c -> name(c.name());
      default -> value(plan);
    };
  }

  /** True exactly where the plan is false, and not where it is null. */
  private String falsity(Plan plan) {
    return switch (plan) {
      case Constant c -> Boolean.FALSE.equals(c.value()) ? "TRUE" : "FALSE";
      case Plan.Holds h -> denial(h.part());
      case Plan.AllOf a -> joined(a.parts().stream().map(this::falsity).toList(), " OR ");
      case Plan.AnyOf a -> joined(a.parts().stream().map(this::falsity).toList(), " AND ");
      case Plan.Negation n -> condition(n.part());
      case Plan.Missing m when FeelTranslation.holdsQuotient(m.part()) ->
          falsity(missing(m.part()));
      case Plan.Missing m -> value(m.part()) + " IS NOT NULL";
      case Plan.Same s -> different(s);
      case Compare c when !quotient(c) ->
          compare(new Compare(c.relation().inverse(), c.left(), c.right()));
      case Column c -> "NOT " + name(c.name());
      default -> "NOT (" + value(plan) + ")";
    };
  }

  /** True exactly where the plan is false or null. */
  private String denial(Plan plan) {
    return switch (plan) {
      case Constant c -> Boolean.TRUE.equals(c.value()) ? "FALSE" : "TRUE";
      case Plan.Holds h -> denial(h.part());
      case Plan.AllOf a -> joined(a.parts().stream().map(this::denial).toList(), " OR ");
      case Plan.AnyOf a -> joined(a.parts().stream().map(this::denial).toList(), " AND ");
      case Plan.Missing m -> falsity(m);
      case Plan.Same s -> different(s);
      case Column c when !c.nullable() -> "NOT " + name(c.name());
      default -> plan.nullable() ? "(" + value(plan) + ") IS NOT TRUE" : falsity(plan);
    };
  }

  private static String joined(List<String> parts, String with) {
    return parts.stream().collect(Collectors.joining(with, "(", ")"));
  }

  private String same(Plan.Same s) {
    if (FeelTranslation.holdsQuotient(s.left()) || FeelTranslation.holdsQuotient(s.right())) {
      return value(s);
    }
    if (s.left().type() instanceof PlanType.Truth && s.right() instanceof Constant c) {
      return Boolean.TRUE.equals(c.value()) ? condition(s.left()) : falsity(s.left());
    }
    String impossible = impossible(s);
    if (impossible != null) {
      return impossible;
    }
    String symbol = s.left().nullable() && s.right().nullable() ? " IS NOT DISTINCT FROM " : " = ";
    return side(s.left(), s.right()) + symbol + side(s.right(), s.left());
  }

  private String different(Plan.Same s) {
    if (FeelTranslation.holdsQuotient(s.left()) || FeelTranslation.holdsQuotient(s.right())) {
      return "NOT " + value(s);
    }
    if (s.left().type() instanceof PlanType.Truth && s.right() instanceof Constant c) {
      return Boolean.TRUE.equals(c.value()) ? denial(s.left()) : denial(Plan.not(s.left()));
    }
    if (impossible(s) != null) {
      return "TRUE";
    }
    String symbol = s.left().nullable() || s.right().nullable() ? " IS DISTINCT FROM " : " <> ";
    return side(s.left(), s.right()) + symbol + side(s.right(), s.left());
  }

  /** Where a constant is none of the values its column can hold. */
  private static @org.jspecify.annotations.Nullable String impossible(Plan.Same s) {
    if (s.left() instanceof Column column && s.right() instanceof Constant constant) {
      if (!column.values().isEmpty()
          && !column.values().contains(String.valueOf(constant.value()))) {
        return "FALSE";
      }
      if (column.type() instanceof PlanType.Number n
          && constant.value() instanceof BigDecimal value
          && (Values.plain(value).scale() > n.scale() || beyond(value, n))) {
        return "FALSE";
      }
    }
    return null;
  }

  private static boolean beyond(BigDecimal value, PlanType.Number type) {
    return value.abs().compareTo(BigDecimal.ONE.movePointRight(type.whole())) >= 0;
  }

  /** A side of an equation. */
  private String side(Plan plan, Plan other) {
    if (plan instanceof Column column
        && !column.values().isEmpty()
        && !(other instanceof Constant)) {
      return spelledOut(column.name());
    }
    return value(plan);
  }

  // ---------------------------------------------------------------- comparing

  private static boolean quotient(Compare c) {
    return FeelTranslation.holdsQuotient(c.left()) || FeelTranslation.holdsQuotient(c.right());
  }

  private String compare(Compare c) {
    if (quotient(c)) {
      return value(undivided(c.relation(), c.left(), c.right()));
    }
    if (c.left() instanceof Column column
        && column.type() instanceof PlanType.Number n
        && c.right() instanceof Constant constant
        && constant.value() instanceof BigDecimal bound) {
      return compare(column, n, c.relation(), bound);
    }
    return operand(c.left()) + " " + c.relation().symbol + " " + operand(c.right());
  }

  /** The bound is brought to the column's own scale, so that the column need not be converted. */
  private String compare(Column column, PlanType.Number type, Relation relation, BigDecimal bound) {
    boolean lower = relation == Relation.ABOVE || relation == Relation.AT_LEAST;
    if (beyond(bound, type)) {
      // Every value of the column lies on the same side of the bound.
      boolean always = lower == (bound.signum() < 0);
      return always
          ? column.nullable() ? "(" + name(column.name()) + " IS NOT NULL OR NULL)" : "TRUE"
          : column.nullable() ? "(" + name(column.name()) + " IS NULL AND NULL)" : "FALSE";
    }
    BigDecimal scaled = bound;
    Relation exact = relation;
    if (Values.plain(bound).scale() > type.scale()) {
      scaled = bound.setScale(type.scale(), lower ? RoundingMode.CEILING : RoundingMode.FLOOR);
      exact = lower ? Relation.AT_LEAST : Relation.AT_MOST;
    }
    return name(column.name()) + " " + exact.symbol + " " + number(scaled, type.scale());
  }

  private String operand(Plan plan) {
    return value(plan);
  }

  /** Compares a quotient with a number by multiplying instead of dividing. */
  private static Plan undivided(Relation relation, Plan left, Plan right) {
    if (FeelTranslation.holdsQuotient(right)) {
      return undivided(relation.mirrored(), right, left);
    }
    return switch (left) {
      case Quotient q -> {
        Plan zero = Plan.number(BigDecimal.ZERO);
        Plan product = product(q.divisor(), right);
        Plan whole =
            Plan.all(List.of(Plan.not(Plan.missing(q.dividend())), Plan.not(Plan.missing(right))));
        Plan upright =
            Plan.all(List.of(whole, Plan.holds(Plan.compare(Relation.ABOVE, q.divisor(), zero))));
        Plan inverted =
            Plan.all(List.of(whole, Plan.holds(Plan.compare(Relation.BELOW, q.divisor(), zero))));
        yield Plan.choice(
            upright,
            Plan.compare(relation, q.dividend(), product),
            Plan.choice(
                inverted,
                Plan.compare(relation.mirrored(), q.dividend(), product),
                Plan.NULL,
                PlanType.TRUTH),
            PlanType.TRUTH);
      }
      case Choice c ->
          Plan.choice(
              c.condition(),
              undividedOrPlain(relation, c.then(), right),
              undividedOrPlain(relation, c.otherwise(), right),
              PlanType.TRUTH);
      default -> throw new IllegalStateException("no quotient to compare");
    };
  }

  private static Plan undividedOrPlain(Relation relation, Plan left, Plan right) {
    return FeelTranslation.holdsQuotient(left)
        ? undivided(relation, left, right)
        : Plan.compare(relation, left, right);
  }

  /** Where a quotient has no value. */
  private static Plan missing(Plan plan) {
    return switch (plan) {
      case Quotient q ->
          Plan.any(
              List.of(
                  Plan.missing(q.dividend()),
                  Plan.missing(q.divisor()),
                  Plan.holds(Plan.same(q.divisor(), Plan.number(BigDecimal.ZERO)))));
      case Choice c ->
          Plan.choice(c.condition(), missing(c.then()), missing(c.otherwise()), PlanType.TRUTH);
      default -> Plan.missing(plan);
    };
  }

  private static Plan product(Plan left, Plan right) {
    if (left.type() instanceof PlanType.Number l && right.type() instanceof PlanType.Number r) {
      return new Arithmetic(
          Plan.Operation.TIMES,
          left,
          right,
          new PlanType.Number(l.whole() + r.whole(), l.scale() + r.scale(), false));
    }
    throw new IllegalStateException("a product of something that is not a number");
  }

  // ---------------------------------------------------------------- values

  @Override
  public String value(Plan plan) {
    return switch (plan) {
      case Constant c -> constant(c);
      case Column c -> name(c.name());
      case Compare c -> "(" + compare(c) + ")";
      case Plan.Same s -> sameValue(s);
      case Plan.AllOf a -> joined(a.parts().stream().map(this::value).toList(), " AND ");
      case Plan.AnyOf a -> joined(a.parts().stream().map(this::value).toList(), " OR ");
      case Plan.Negation n -> "(NOT " + value(n.part()) + ")";
      case Plan.Holds h -> "coalesce(" + value(h.part()) + ", FALSE)";
      case Plan.Missing m when FeelTranslation.holdsQuotient(m.part()) -> value(missing(m.part()));
      case Plan.Missing m -> "(" + value(m.part()) + " IS NULL)";
      case Arithmetic a -> arithmetic(a);
      case Choice c ->
          "CASE WHEN "
              + condition(c.condition())
              + " THEN "
              + as(c.then(), c.type())
              + " ELSE "
              + as(c.otherwise(), c.type())
              + " END";
      case Plan.As a -> value(a.part());
      case Plan.Written w ->
          throw new IllegalStateException("a " + w.type().word() + " in a query");
      case Plan.Joined j -> "(" + textual(j.left()) + " || " + textual(j.right()) + ")";
      case Plan.Call c -> call(c);
      case Quotient q -> throw new IllegalStateException("a quotient outside a comparison");
    };
  }

  private String sameValue(Plan.Same s) {
    if (FeelTranslation.holdsQuotient(s.left()) || FeelTranslation.holdsQuotient(s.right())) {
      Plan quotient = FeelTranslation.holdsQuotient(s.left()) ? s.left() : s.right();
      Plan other = FeelTranslation.holdsQuotient(s.left()) ? s.right() : s.left();
      return "("
          + value(Plan.holds(undivided(Relation.AT_LEAST, quotient, other)))
          + " AND "
          + value(Plan.holds(undivided(Relation.AT_MOST, quotient, other)))
          + ")";
    }
    if (impossible(s) != null) {
      return "FALSE";
    }
    return "("
        + side(s.left(), s.right())
        + " IS NOT DISTINCT FROM "
        + side(s.right(), s.left())
        + ")";
  }

  private String as(Plan plan, PlanType type) {
    if (type instanceof PlanType.Truth || type instanceof PlanType.Nothing) {
      return value(plan);
    }
    return "CAST(" + value(plan) + " AS " + type(type) + ")";
  }

  private String textual(Plan plan) {
    return plan instanceof Column c && !c.values().isEmpty() ? spelledOut(c.name()) : value(plan);
  }

  private String constant(Constant c) {
    return switch (c.value()) {
      case null -> "NULL";
      case BigDecimal d -> number(d, Values.plain(d).scale());
      case String s -> text(s);
      case Boolean b -> b ? "TRUE" : "FALSE";
      case LocalDate d -> "DATE " + quoted(d.toString());
      default -> throw new IllegalStateException("a constant of type " + c.value().getClass());
    };
  }

  private static String number(BigDecimal value, int scale) {
    return value.setScale(scale, RoundingMode.UNNECESSARY).toPlainString();
  }

  /** Both sides are widened first, so that the database cannot overflow. */
  private String arithmetic(Arithmetic a) {
    PlanType.Number amount = a.type().amount();
    int digits = Math.max(amount.digits(), 1);
    if (a.operation() != Plan.Operation.TIMES) {
      String type = wide(amount.whole(), amount.scale());
      return "(CAST("
          + value(a.left())
          + " AS "
          + type
          + ") "
          + a.operation().symbol
          + " CAST("
          + value(a.right())
          + " AS "
          + type
          + "))";
    }
    int left = a.left().type().amount().scale();
    int right = a.right().type().amount().scale();
    return "(CAST("
        + value(a.left())
        + " AS "
        + wide(digits - left, left)
        + ") * CAST("
        + value(a.right())
        + " AS "
        + wide(digits - right, right)
        + "))";
  }

  String wide(int whole, int scale) {
    if (scale == 0) {
      return whole <= 18 ? "BIGINT" : "HUGEINT";
    }
    return "DECIMAL(" + Math.min(38, whole + scale) + "," + scale + ")";
  }

  private String call(Plan.Call c) {
    List<String> arguments = c.arguments().stream().map(this::textual).toList();
    String first = arguments.get(0);
    return switch (c.function()) {
      case CONTAINS -> "contains(" + first + ", " + arguments.get(1) + ")";
      case STARTS_WITH -> startsWith(first, arguments.get(1));
      case ENDS_WITH -> endsWith(first, arguments.get(1));
      case LENGTH -> "CAST(length(" + first + ") AS BIGINT)";
      case ABSOLUTE -> "abs(CAST(" + first + " AS " + type(c.type()) + "))";
      case FLOOR -> "CAST(floor(" + first + ") AS " + type(c.type()) + ")";
      case CEILING -> "CAST(ceil(" + first + ") AS " + type(c.type()) + ")";
      case YEAR -> "CAST(year(" + first + ") AS BIGINT)";
      case MONTH -> "CAST(month(" + first + ") AS BIGINT)";
      case DAY -> "CAST(day(" + first + ") AS BIGINT)";
      case WEEKDAY -> "CAST(" + weekday(first) + " AS BIGINT)";
      case DAY_OF_YEAR -> "CAST(dayofyear(" + first + ") AS BIGINT)";
      case WEEK -> "CAST(weekofyear(" + first + ") AS BIGINT)";
      case TRUNCATE ->
          "CAST(CASE WHEN "
              + first
              + " < 0 THEN ceil("
              + first
              + ") ELSE floor("
              + first
              + ") END AS "
              + type(c.type())
              + ")";
      case FLOOR_REST -> floorRest(first, arguments.get(1));
      case FLOOR_QUOTIENT ->
          divided("(" + first + " - " + floorRest(first, arguments.get(1)) + ")", arguments.get(1));
      case REST -> "(" + first + " % " + arguments.get(1) + ")";
      case QUOTIENT -> quotient(first, arguments.get(1));
      case MODULO ->
          "((("
              + first
              + " % "
              + arguments.get(1)
              + ") + "
              + arguments.get(1)
              + ") % "
              + arguments.get(1)
              + ")";
      case DAY_NUMBER -> dayNumber(first);
      case DAY_AT -> dayAt(first);
      case PLUS_MONTHS -> plusMonths(first, arguments.get(1));
      case MONTHS_BETWEEN -> monthsBetween(first, arguments.get(1));
      case SHOWN -> shown(c.arguments().get(0).type(), first);
      case SUBSTRING -> "substr(" + String.join(", ", arguments) + ")";
      case LEAST, GREATEST ->
          "CASE WHEN "
              + String.join(" OR ", arguments.stream().map(a -> a + " IS NULL").toList())
              + " THEN NULL ELSE "
              + (c.function() == Plan.Function.LEAST ? "least(" : "greatest(")
              + String.join(
                  ", ",
                  arguments.stream().map(a -> "CAST(" + a + " AS " + type(c.type()) + ")").toList())
              + ") END";
    };
  }

  private static String floorRest(String number, String by) {
    return "(((" + number + " % " + by + ") + " + by + ") % " + by + ")";
  }

  /** Towards zero: what is left over is taken off first, so that the division has no rest. */
  private String quotient(String number, String by) {
    return divided("(" + number + " - (" + number + " % " + by + "))", by);
  }

  private static String monthsBetween(String from, String to) {
    String months =
        "((year(%2$s) * 12 + month(%2$s)) - (year(%1$s) * 12 + month(%1$s)))".formatted(from, to);
    return "CAST("
        + months
        + " + CASE WHEN "
        + months
        + " > 0 AND day(%2$s) < day(%1$s) THEN -1 WHEN ".formatted(from, to)
        + months
        + " < 0 AND day(%2$s) > day(%1$s) THEN 1 ELSE 0 END AS BIGINT)".formatted(from, to);
  }

  // ---------------------------------------------------------------- written as FEEL does

  private String shown(PlanType type, String value) {
    return switch (type) {
      case PlanType.Text t -> value;
      case PlanType.Truth t ->
          "CASE WHEN " + value + " THEN 'true' WHEN NOT " + value + " THEN 'false' END";
      case PlanType.Day d -> day(value);
      case PlanType.Number n when n.scale() == 0 -> asText(value);
      case PlanType.Number n -> withoutEnd(withoutEnd(asText(value), "0"), ".");
      case PlanType.Clock c -> "(" + clock(value) + " || " + offset(c.offset()) + ")";
      case PlanType.Moment m -> {
        String by = Integer.toString(Temporals.SECONDS_A_DAY);
        String day = dayAt(divided("(" + value + " - " + floorRest(value, by) + ")", by));
        yield "("
            + day(day)
            + " || 'T' || "
            + clock(floorRest(value, by))
            + " || "
            + offset(m.offset())
            + ")";
      }
      case PlanType.Months m -> {
        String n = "(" + value + ")";
        String size = "abs(" + n + ")";
        yield signed(
            n,
            "P0M",
            unit(size + " >= 12", divided(size, "12"), "Y"),
            unit(size + " % 12 <> 0", size + " % 12", "M"));
      }
      case PlanType.Days d -> {
        String n = "(" + value + ")";
        String size = "abs(" + n + ")";
        String rest = "(" + size + " % 86400)";
        yield signed(
            n,
            "PT0S",
            unit(size + " >= 86400", divided(size, "86400"), "D"),
            "CASE WHEN " + rest + " <> 0 THEN 'T' ELSE '' END",
            unit(rest + " >= 3600", divided(rest, "3600"), "H"),
            unit(size + " % 3600 >= 60", divided("(" + size + " % 3600)", "60"), "M"),
            unit(size + " % 60 <> 0", size + " % 60", "S"));
      }
      default -> throw new IllegalStateException("a " + type.word() + " is not shown");
    };
  }

  private static String signed(String number, String nothing, String... parts) {
    return "CASE WHEN "
        + number
        + " IS NULL THEN NULL WHEN "
        + number
        + " = 0 THEN '"
        + nothing
        + "' ELSE concat(CASE WHEN "
        + number
        + " < 0 THEN '-P' ELSE 'P' END, "
        + String.join(", ", parts)
        + ") END";
  }

  private String unit(String condition, String amount, String sign) {
    return "CASE WHEN "
        + condition
        + " THEN concat("
        + asText(amount)
        + ", '"
        + sign
        + "') ELSE '' END";
  }

  private String twoDigits(String number) {
    return "lpad(" + asText(number) + ", 2, '0')";
  }

  // ---------------------------------------------------------------- what databases write otherwise

  @Override
  public String relationOf(String source) {
    return relation(source);
  }

  @Override
  public String rowType(int rows) {
    return rows < 255 ? "UTINYINT" : "USMALLINT";
  }

  @Override
  public String list(List<String> parts) {
    return "[" + String.join(", ", parts) + "]";
  }

  @Override
  public String present(String list) {
    return "list_filter(" + list + ", lambda n: n IS NOT NULL)";
  }

  @Override
  public String least(String list) {
    return "list_min(" + list + ")";
  }

  @Override
  public String greatest(String list) {
    return "list_max(" + list + ")";
  }

  /** A column of an enumerated type as the text it stands for. */
  String spelledOut(String column) {
    return name(column) + "::VARCHAR";
  }

  String asText(String value) {
    return "CAST(" + value + " AS VARCHAR)";
  }

  /** A text without the given character at its end, however often it stands there. */
  String withoutEnd(String text, String character) {
    return "rtrim(" + text + ", '" + character + "')";
  }

  /** Of whole numbers, where nothing is left over or both are positive. */
  String divided(String number, String by) {
    return "(" + number + " // " + by + ")";
  }

  String startsWith(String text, String start) {
    return "starts_with(" + text + ", " + start + ")";
  }

  String endsWith(String text, String end) {
    return "ends_with(" + text + ", " + end + ")";
  }

  String weekday(String day) {
    return "isodow(" + day + ")";
  }

  String dayNumber(String day) {
    return "CAST(" + day + " - DATE '1970-01-01' AS BIGINT)";
  }

  String dayAt(String number) {
    return "(DATE '1970-01-01' + CAST(" + number + " AS INTEGER))";
  }

  String plusMonths(String day, String months) {
    return "CAST(" + day + " + to_months(CAST(" + months + " AS INTEGER)) AS DATE)";
  }

  String day(String value) {
    return "strftime(" + value + ", '%Y-%m-%d')";
  }

  private String clock(String seconds) {
    return "(%s || ':' || %s || ':' || %s)"
        .formatted(
            twoDigits(divided(seconds, "3600")),
            twoDigits("(" + divided(seconds, "60") + " % 60)"),
            twoDigits("(" + seconds + " % 60)"));
  }

  private String offset(@Nullable ZoneOffset offset) {
    return text(offset == null ? "" : offset.getId());
  }
}
