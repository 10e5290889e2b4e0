package org.dandang.selection;

import java.time.LocalDate;
import org.dandang.policy.run.Outcome;

/** A kept slate, as its page shows it. */
public record SlateView(long id, String title, LocalDate takesEffect, int postings) {

  /**
   * Somebody on the list who is not clear for promotion on that day; why is not for selection to
   * know.
   *
   * @param until first day on which the official is
   */
  public record NotClear(long official, String label, LocalDate until) {}

  /** One unit whose facts the slate changes: as it is, and as it would be. */
  public record Change(long unit, String name, Outcome is, Outcome wouldBe) {}
}
