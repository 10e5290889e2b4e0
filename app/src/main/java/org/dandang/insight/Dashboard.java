package org.dandang.insight;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of the dashboard on one day, the same for every personnel officer.
 *
 * @param asOf the day they hold for
 * @param serving officials in service
 * @param frontLine of them, on the front line on that day
 * @param promotions since the first of January
 * @param flagged officials with something on their timeline that does not fit together
 * @param imports files taken in
 */
record Dashboard(
    LocalDate asOf,
    long officials,
    long serving,
    long units,
    long frontLine,
    long promotions,
    long flagged,
    long imports,
    List<Count> ages,
    List<Count> ranks,
    List<Count> levels,
    List<Count> frontLineYears,
    List<Count> promotionYears) {
  /**
   * How many there are of something.
   *
   * @param group along the chart: a band of ages, a rank, a level, a year; null where the registers
   *     do not say
   * @param part within the group
   */
  record Count(@Nullable String group, String part, long number) {}

  Dashboard {
    ages = List.copyOf(ages);
    ranks = List.copyOf(ranks);
    levels = List.copyOf(levels);
    frontLineYears = List.copyOf(frontLineYears);
    promotionYears = List.copyOf(promotionYears);
  }

  boolean isEmpty() {
    return officials == 0;
  }
}
