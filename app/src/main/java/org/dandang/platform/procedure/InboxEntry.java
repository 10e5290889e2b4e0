package org.dandang.platform.procedure;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of the inbox.
 *
 * @param step id of the procedure's step; null for a draft
 * @param open number of the step row; null for a draft
 * @param by shown name of who has taken it on
 * @param outcome of a step that was done
 */
public record InboxEntry(
    long matter,
    Procedure procedure,
    Matter.State state,
    @Nullable String step,
    @Nullable Long open,
    @Nullable LocalDate dueOn,
    @Nullable String by,
    OffsetDateTime at,
    @Nullable String outcome,
    long unit,
    List<Party> parties,
    String about) {
  InboxEntry named(String names) {
    return new InboxEntry(
        matter, procedure, state, step, open, dueOn, by, at, outcome, unit, parties, names);
  }

  public boolean isOverdue(LocalDate today) {
    return dueOn != null && outcome == null && today.isAfter(dueOn);
  }
}
