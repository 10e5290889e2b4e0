package org.dandang.platform.procedure;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * A dated figure a procedure rests on, as it stood when the matter began.
 *
 * @param unit {@code working-day}, {@code day} or {@code month} for a time; anything else is no
 *     time
 * @param clause number of the clause that sets it; its text is {@code clause.<number>}
 * @param from the day from which it holds
 */
public record Figure(String id, BigDecimal value, String unit, String clause, LocalDate from) {
  /** Whether it is a time, in whole days or months. */
  public boolean isTime() {
    return (unit.equals("working-day") || unit.equals("day") || unit.equals("month"))
        && value.signum() > 0
        && value.stripTrailingZeros().scale() <= 0;
  }
}
