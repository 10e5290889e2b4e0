package org.dandang.selection;

import java.time.LocalDate;
import org.dandang.policy.run.Outcome;

/** A kept slate, as its page shows it. */
public record SlateView(long id, String title, LocalDate takesEffect, int postings) {

  /** One unit whose facts the slate changes: as it is, and as it would be. */
  public record Change(long unit, String name, Outcome is, Outcome wouldBe) {}
}
