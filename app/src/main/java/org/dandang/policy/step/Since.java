package org.dandang.policy.step;

import java.time.LocalDate;

/** Since when a condition is met, or when it will be, as the registers stand. */
public sealed interface Since {
  /**
   * It is met, and has been without a break since this day.
   *
   * @param atLeast whether it was met before this day too, as far back as was looked; the step is
   *     older than what was looked at
   */
  record Met(LocalDate day, boolean atLeast) implements Since {}

  /** It is not met; on this day it is, if nothing in the registers changes. */
  record Coming(LocalDate day) implements Since {}

  /** Time alone does not bring it within the years that were looked at. */
  record NotByTimeAlone() implements Since {}

  /** It was not looked for. */
  record NotAsked() implements Since {}
}
