package org.dandang.engine;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a FEEL expression means, typed, with FEEL's peculiarities already spelt out, so that an
 * emitter has nothing left to interpret. Truth is three-valued throughout.
 */
sealed interface Plan {
  PlanType type();

  /** Whether the value can be null. */
  boolean nullable();

  /** The plans this one is made of. */
  default List<Plan> parts() {
    return List.of();
  }

  /** Whether more operations than this are written in it, one counted as often as it stands. */
  default boolean isLongerThan(int operations) {
    return length(operations) > operations;
  }

  private int length(int most) {
    int length = 1;
    for (Plan part : parts()) {
      if (length > most) {
        return length;
      }
      length += part.length(most - length);
    }
    return length;
  }

  Plan NULL = new Constant(null, PlanType.NOTHING);
  Plan TRUE = new Constant(Boolean.TRUE, PlanType.TRUTH);
  Plan FALSE = new Constant(Boolean.FALSE, PlanType.TRUTH);

  /**
   * A column of the source or of an earlier stage.
   *
   * @param values the values the column's enumerated type can hold, empty for other types
   */
  record Column(String name, PlanType type, boolean nullable, List<String> values)
      implements Plan {}

  record Constant(@Nullable Object value, PlanType type) implements Plan {
    @Override
    public boolean nullable() {
      return value == null;
    }
  }

  /** Null where either side is. */
  record Compare(Relation relation, Plan left, Plan right) implements Plan {
    @Override
    public List<Plan> parts() {
      return List.of(left, right);
    }

    @Override
    public PlanType type() {
      return PlanType.TRUTH;
    }

    @Override
    public boolean nullable() {
      return left.nullable() || right.nullable();
    }
  }

  /** Equal, null being equal to null only; never null. */
  record Same(Plan left, Plan right) implements Plan {
    @Override
    public List<Plan> parts() {
      return List.of(left, right);
    }

    @Override
    public PlanType type() {
      return PlanType.TRUTH;
    }

    @Override
    public boolean nullable() {
      return false;
    }
  }

  record AllOf(List<Plan> parts) implements Plan {
    @Override
    public PlanType type() {
      return PlanType.TRUTH;
    }

    @Override
    public boolean nullable() {
      return parts.stream().anyMatch(Plan::nullable);
    }
  }

  record AnyOf(List<Plan> parts) implements Plan {
    @Override
    public PlanType type() {
      return PlanType.TRUTH;
    }

    @Override
    public boolean nullable() {
      return parts.stream().anyMatch(Plan::nullable);
    }
  }

  record Negation(Plan part) implements Plan {
    @Override
    public List<Plan> parts() {
      return List.of(part);
    }

    @Override
    public PlanType type() {
      return PlanType.TRUTH;
    }

    @Override
    public boolean nullable() {
      return part.nullable();
    }
  }

  /** True where the part is true, else false; never null. */
  record Holds(Plan part) implements Plan {
    @Override
    public List<Plan> parts() {
      return List.of(part);
    }

    @Override
    public PlanType type() {
      return PlanType.TRUTH;
    }

    @Override
    public boolean nullable() {
      return false;
    }
  }

  /** True where the part is null; never null. */
  record Missing(Plan part) implements Plan {
    @Override
    public List<Plan> parts() {
      return List.of(part);
    }

    @Override
    public PlanType type() {
      return PlanType.TRUTH;
    }

    @Override
    public boolean nullable() {
      return false;
    }
  }

  /** Sum, difference or product; null where either side is. */
  record Arithmetic(Operation operation, Plan left, Plan right, PlanType type) implements Plan {
    @Override
    public List<Plan> parts() {
      return List.of(left, right);
    }

    @Override
    public boolean nullable() {
      return left.nullable() || right.nullable();
    }
  }

  enum Operation {
    PLUS("+"),
    MINUS("-"),
    TIMES("*");

    final String symbol;

    Operation(String symbol) {
      this.symbol = symbol;
    }
  }

  /**
   * A quotient, which may only be compared, never shown: comparing needs no division and is exact.
   */
  record Quotient(Plan dividend, Plan divisor) implements Plan {
    @Override
    public List<Plan> parts() {
      return List.of(dividend, divisor);
    }

    @Override
    public PlanType type() {
      return new PlanType.Number(34, 34, false);
    }

    @Override
    public boolean nullable() {
      return true;
    }
  }

  record Choice(Plan condition, Plan then, Plan otherwise, PlanType type) implements Plan {
    @Override
    public List<Plan> parts() {
      return List.of(condition, then, otherwise);
    }

    @Override
    public boolean nullable() {
      return then.nullable() || otherwise.nullable();
    }
  }

  /** The same value seen as of another type that is held alike. */
  record As(Plan part, PlanType type) implements Plan {
    @Override
    public List<Plan> parts() {
      return List.of(part);
    }

    @Override
    public boolean nullable() {
      return part.nullable();
    }
  }

  /** A list, context, range or function, written out in the expression. */
  record Written(PlanType.Shape type) implements Plan {
    @Override
    public boolean nullable() {
      return false;
    }
  }

  /** Null where either side is. */
  record Joined(Plan left, Plan right) implements Plan {
    @Override
    public List<Plan> parts() {
      return List.of(left, right);
    }

    @Override
    public PlanType type() {
      return PlanType.TEXT;
    }

    @Override
    public boolean nullable() {
      return left.nullable() || right.nullable();
    }
  }

  /** A function whose SQL means exactly what FEEL's does; null where any argument is. */
  record Call(Function function, List<Plan> arguments, PlanType type) implements Plan {
    @Override
    public List<Plan> parts() {
      return arguments;
    }

    @Override
    public boolean nullable() {
      return arguments.stream().anyMatch(Plan::nullable);
    }
  }

  enum Function {
    CONTAINS,
    STARTS_WITH,
    ENDS_WITH,
    LENGTH,
    ABSOLUTE,
    FLOOR,
    CEILING,
    YEAR,
    MONTH,
    DAY,
    /** 1 for Monday to 7 for Sunday. */
    WEEKDAY,
    DAY_OF_YEAR,
    /** Of the calendar of ISO 8601. */
    WEEK,
    /** Towards zero. */
    TRUNCATE,
    /** Of whole numbers, the second a positive constant; towards minus infinity. */
    FLOOR_QUOTIENT,
    /** Of whole numbers, the second a positive constant; never negative. */
    FLOOR_REST,
    /** Of whole numbers, the second a positive constant; with the sign of the first. */
    REST,
    /** Of whole numbers, the second a constant; towards zero. */
    QUOTIENT,
    /** FEEL's modulo of whole numbers: with the sign of the second, which is not zero. */
    MODULO,
    /** Whole days since the start of 1970. */
    DAY_NUMBER,
    DAY_AT,
    PLUS_MONTHS,
    /** Full months from the first day to the second. */
    MONTHS_BETWEEN,
    /** A number, boolean, date, time or duration as FEEL writes it. */
    SHOWN,
    SUBSTRING,
    LEAST,
    GREATEST
  }

  // ---------------------------------------------------------------- building, folding what is
  // known

  static Constant number(BigDecimal value) {
    BigDecimal plain = Values.plain(value);
    int whole = Math.max(plain.precision() - plain.scale(), 0);
    return new Constant(
        value, new PlanType.Number(whole, plain.scale(), plain.scale() == value.scale()));
  }

  static Constant text(String value) {
    return new Constant(value, PlanType.TEXT);
  }

  /** A time or duration, by the number it is held as. */
  static Constant temporal(long amount, PlanType type) {
    return new Constant(BigDecimal.valueOf(amount), type);
  }

  static Constant day(LocalDate value) {
    return new Constant(value, PlanType.DAY);
  }

  static Plan truth(boolean value) {
    return value ? TRUE : FALSE;
  }

  static boolean isTrue(Plan plan) {
    return plan instanceof Constant c && Boolean.TRUE.equals(c.value());
  }

  static boolean isFalse(Plan plan) {
    return plan instanceof Constant c && Boolean.FALSE.equals(c.value());
  }

  static boolean isNull(Plan plan) {
    return plan instanceof Constant c && c.value() == null;
  }

  static Plan all(List<Plan> parts) {
    List<Plan> kept = new ArrayList<>();
    for (Plan part : parts) {
      if (isFalse(part)) {
        return FALSE;
      }
      if (part instanceof AllOf nested) {
        kept.addAll(nested.parts());
      } else if (!isTrue(part)) {
        kept.add(part);
      }
    }
    return kept.isEmpty() ? TRUE : kept.size() == 1 ? kept.get(0) : new AllOf(List.copyOf(kept));
  }

  static Plan any(List<Plan> parts) {
    List<Plan> kept = new ArrayList<>();
    for (Plan part : parts) {
      if (isTrue(part)) {
        return TRUE;
      }
      if (part instanceof AnyOf nested) {
        kept.addAll(nested.parts());
      } else if (!isFalse(part)) {
        kept.add(part);
      }
    }
    return kept.isEmpty() ? FALSE : kept.size() == 1 ? kept.get(0) : new AnyOf(List.copyOf(kept));
  }

  static Plan not(Plan part) {
    if (part instanceof Constant c) {
      return c.value() == null ? NULL : truth(!Boolean.TRUE.equals(c.value()));
    }
    return part instanceof Negation n ? n.part() : new Negation(part);
  }

  static Plan holds(Plan part) {
    if (part instanceof Constant) {
      return truth(isTrue(part));
    }
    return part.nullable() ? new Holds(part) : part;
  }

  static Plan missing(Plan part) {
    if (part instanceof Constant) {
      return truth(isNull(part));
    }
    return part.nullable() ? new Missing(part) : FALSE;
  }

  static Plan same(Plan left, Plan right) {
    if (isNull(left)) {
      return missing(right);
    }
    if (isNull(right)) {
      return missing(left);
    }
    if (left instanceof Constant l && right instanceof Constant r) {
      return truth(Values.same(l.value(), r.value()));
    }
    return left instanceof Constant ? new Same(right, left) : new Same(left, right);
  }

  static Plan compare(Relation relation, Plan left, Plan right) {
    if (isNull(left) || isNull(right)) {
      return NULL;
    }
    if (left instanceof Constant l && right instanceof Constant r) {
      return truth(relation.test(order(l, r)));
    }
    return left instanceof Constant
        ? new Compare(relation.mirrored(), right, left)
        : new Compare(relation, left, right);
  }

  private static int order(Constant left, Constant right) {
    if (left.value() instanceof BigDecimal l && right.value() instanceof BigDecimal r) {
      return l.compareTo(r);
    }
    if (left.value() instanceof LocalDate l && right.value() instanceof LocalDate r) {
      return l.compareTo(r);
    }
    if (left.value() instanceof String l && right.value() instanceof String r) {
      return l.compareTo(r);
    }
    throw new IllegalStateException("constants without order");
  }

  static Plan choice(Plan condition, Plan then, Plan otherwise, PlanType type) {
    if (condition instanceof Constant) {
      return isTrue(condition) ? then : otherwise;
    }
    return then.equals(otherwise) ? then : new Choice(condition, then, otherwise, type);
  }
}
