package org.dandang.policy.pack;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A half-open period {@code [from, to)}.
 *
 * @param to the first day no longer in it; null while open
 */
public record Period(LocalDate from, @Nullable LocalDate to) {
  public Period {
    if (to != null && !to.isAfter(from)) {
      throw new IllegalArgumentException("a period ends after it begins: " + from + " to " + to);
    }
  }

  public boolean covers(LocalDate day) {
    return !day.isBefore(from) && (to == null || day.isBefore(to));
  }

  public boolean overlaps(Period other) {
    return (other.to == null || from.isBefore(other.to)) && (to == null || other.from.isBefore(to));
  }
}
