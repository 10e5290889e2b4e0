package org.dandang.platform.ledger;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What an auditor looks for; an empty field asks for nothing.
 *
 * @param actor sign-in name
 * @param action exactly, as "record-read"
 * @param kind of subject
 * @param subject its id
 * @param from first day, in the office's time zone
 * @param to last day
 */
public record LedgerFilter(
    String actor,
    String action,
    String kind,
    String subject,
    @Nullable LocalDate from,
    @Nullable LocalDate to) {
  public LedgerFilter {
    actor = actor.strip();
    action = action.strip();
    kind = kind.strip();
    subject = subject.strip();
  }

  public boolean isEmpty() {
    return actor.isEmpty()
        && action.isEmpty()
        && kind.isEmpty()
        && subject.isEmpty()
        && from == null
        && to == null;
  }
}
