package org.dandang.engine;

/**
 * The type of a plan's value. Numbers carry the bounds within which arithmetic on them is exact.
 */
sealed interface PlanType {

  /**
   * A decimal number with |n| &lt; 10^whole and at most {@code scale} digits after the point.
   * {@code canonical} is true where the interpreter sees the number without trailing zeros, as it
   * does for inputs, so that looking for it in a list can be told in advance.
   */
  record Number(int whole, int scale, boolean canonical) implements PlanType {
    int digits() {
      return whole + scale;
    }
  }

  /** A string. */
  record Text() implements PlanType {}

  /** true, false. */
  record Truth() implements PlanType {}

  /** A day of the calendar. */
  record Day() implements PlanType {}

  /** Nothing but null. */
  record Nothing() implements PlanType {}

  Text TEXT = new Text();
  Truth TRUTH = new Truth();
  Day DAY = new Day();
  Nothing NOTHING = new Nothing();

  /** Whether values of the two may be compared with each other. */
  default boolean sameKind(PlanType other) {
    return getClass() == other.getClass();
  }

  /** How refusals call it. */
  default String word() {
    return switch (this) {
      case Number n -> "number";
      case Text t -> "string";
      case Truth t -> "boolean";
      case Day d -> "date";
      case Nothing n -> "null";
    };
  }
}
