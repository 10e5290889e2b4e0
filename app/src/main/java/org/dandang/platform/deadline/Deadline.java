package org.dandang.platform.deadline;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.dandang.platform.calendar.Term;
import org.dandang.platform.calendar.WorkingCalendar;
import org.dandang.platform.notice.Recipient;
import org.dandang.platform.web.Wording;
import org.jspecify.annotations.Nullable;

/**
 * What has to be done until when.
 *
 * @param term as it was set, without the extension
 * @param due last day on which it can still be kept; while it is suspended, as it was before
 * @param provisional whether a year without a notice about its holidays lies on the way
 * @param extendedBy units of the term, 0 when it was not extended
 * @param endedOn day it was met or cancelled
 * @param passedAt moment at which it was told that it had passed
 * @param problem why something about it could not be carried through; it is tried again
 */
public record Deadline(
    long id,
    Owner owner,
    Wording name,
    String path,
    Term term,
    LocalDate start,
    LocalDate due,
    boolean provisional,
    List<Integer> remindBefore,
    List<Recipient> remind,
    @Nullable Integer escalateAfter,
    List<Recipient> escalate,
    int mayExtendBy,
    int extendedBy,
    @Nullable String extendedReason,
    State state,
    @Nullable LocalDate endedOn,
    @Nullable OffsetDateTime passedAt,
    @Nullable String problem) {

  /** How it stands, besides whether it is overdue. */
  public enum State {
    RUNNING,
    SUSPENDED,
    MET,
    CANCELLED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /** The term with what it was extended by. */
  public Term wholeTerm() {
    return extendedBy == 0 ? term : term.longerBy(extendedBy);
  }

  public boolean isOverdue(LocalDate today) {
    return state == State.RUNNING && today.isAfter(due);
  }

  /** Whether it was met after its last day. */
  public boolean isMetLate() {
    return state == State.MET && endedOn != null && endedOn.isAfter(due);
  }

  /**
   * Working days (for terms in working days, else days) until the last day; 0 on that day, below 0
   * when it is overdue.
   */
  public int left(LocalDate today, WorkingCalendar calendar) {
    return term.unit() == Term.Unit.WORKING_DAYS
        ? calendar.workingDaysBetween(today, due)
        : Math.toIntExact(ChronoUnit.DAYS.between(today, due));
  }

  /** In what {@link #left} counts, as in messages. */
  public String leftUnit() {
    return term.unit() == Term.Unit.WORKING_DAYS ? "working-days" : "days";
  }
}
