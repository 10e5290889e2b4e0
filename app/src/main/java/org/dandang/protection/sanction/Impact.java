package org.dandang.protection.sanction;

import java.time.LocalDate;

/**
 * What counts against an official on a day, over all measures.
 *
 * @param since day of the earliest measure that counts
 * @param until first day without it
 */
public record Impact(Effect.Kind kind, LocalDate since, LocalDate until) {
  /** Whether it still holds on a day. */
  public boolean holds(LocalDate day) {
    return until.isAfter(day);
  }
}
