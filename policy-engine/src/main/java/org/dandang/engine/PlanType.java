package org.dandang.engine;

import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The type of a plan's value. Numbers carry the bounds within which arithmetic on them is exact;
 * times and durations are held as numbers.
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

  /** A time of day, held as its second of the day; all values have this offset, or none. */
  record Clock(@Nullable ZoneOffset offset) implements PlanType {}

  /**
   * A date and time, held as local seconds since the start of 1970; all values have this offset, or
   * none.
   */
  record Moment(@Nullable ZoneOffset offset) implements PlanType {}

  /** A days and time duration, held as seconds. */
  record Days(Number seconds) implements PlanType {}

  /** A years and months duration, held as months. */
  record Months(Number months) implements PlanType {}

  /** A list, context, range or function, of which nothing but that is known. */
  record Shape(String word) implements PlanType {}

  /** Nothing but null. */
  record Nothing() implements PlanType {}

  Text TEXT = new Text();
  Truth TRUTH = new Truth();
  Day DAY = new Day();
  Nothing NOTHING = new Nothing();

  /** Whether values of the two may be compared with each other as they are held. */
  default boolean sameKind(PlanType other) {
    return switch (this) {
      case Clock c -> equals(other);
      case Moment m -> equals(other);
      case Shape s -> equals(other);
      default -> getClass() == other.getClass();
    };
  }

  /** Whether it is a time, a date and time, or a duration. */
  default boolean isTemporal() {
    return switch (this) {
      case Clock c -> true;
      case Moment m -> true;
      case Days d -> true;
      case Months m -> true;
      default -> false;
    };
  }

  /** The number a value of the type is held as. */
  default Number amount() {
    return switch (this) {
      case Number n -> n;
      case Days d -> d.seconds();
      case Months m -> m.months();
      case Clock c -> new Number(5, 0, true);
      case Moment m -> new Number(12, 0, true);
      default -> throw new IllegalStateException("a " + word() + " is no number");
    };
  }

  /** How refusals call it. */
  default String word() {
    return switch (this) {
      case Number n -> "number";
      case Text t -> "string";
      case Truth t -> "boolean";
      case Day d -> "date";
      case Clock c -> "time";
      case Moment m -> "date and time";
      case Days d -> "days and time duration";
      case Months m -> "years and months duration";
      case Shape s -> s.word();
      case Nothing n -> "null";
    };
  }
}
