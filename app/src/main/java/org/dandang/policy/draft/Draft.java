package org.dandang.policy.draft;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A table under way.
 *
 * @param basedOn the file it was begun from
 * @param model the DMN text
 * @param edition how often it was saved, from 1; saving names the edition it was read as
 * @param from the day it is to hold from; null as long as it is not proposed
 * @param file the file it became; null as long as it is not in force
 * @param reasons the proposer's
 * @param answer the other officer's reasons
 */
public record Draft(
    long id,
    String pack,
    String basedOn,
    String title,
    String model,
    int edition,
    State state,
    @Nullable LocalDate from,
    @Nullable String file,
    OffsetDateTime createdAt,
    String createdBy,
    OffsetDateTime changedAt,
    String changedBy,
    @Nullable OffsetDateTime proposedAt,
    @Nullable String proposedBy,
    @Nullable String reasons,
    @Nullable OffsetDateTime decidedAt,
    @Nullable String decidedBy,
    @Nullable String answer) {

  /** Where a draft stands. */
  public enum State {
    DRAFT,
    PROPOSED,
    IN_FORCE,
    REFUSED,
    WITHDRAWN;

    /** As stored: {@code in-force}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static State of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  /** Whether it is neither in force nor given up. */
  public boolean isUnderWay() {
    return state == State.DRAFT || state == State.PROPOSED;
  }

  /** Whether it may still be written on. */
  public boolean isOpen() {
    return state == State.DRAFT;
  }
}
