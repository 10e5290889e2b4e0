package org.dandang.platform.procedure;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A dated figure a procedure rests on, as it stood when the matter began.
 *
 * @param value 0 where the figure is a word
 * @param unit {@code working-day}, {@code day} or {@code month} for a time; anything else is no
 *     time
 * @param clause number of the clause that sets it; its text is {@code clause.<number>}
 * @param from the day from which it holds
 * @param word for figures that are words, such as a level; null for numbers
 */
public record Figure(
    String id,
    BigDecimal value,
    String unit,
    String clause,
    LocalDate from,
    @Nullable String word) {
  /** A number. */
  public Figure(String id, BigDecimal value, String unit, String clause, LocalDate from) {
    this(id, value, unit, clause, from, null);
  }

  /** Whether it is a time, in whole days or months. */
  public boolean isTime() {
    return (unit.equals("working-day") || unit.equals("day") || unit.equals("month"))
        && value.signum() > 0
        && value.stripTrailingZeros().scale() <= 0;
  }
}
