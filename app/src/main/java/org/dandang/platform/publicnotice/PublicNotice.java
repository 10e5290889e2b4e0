package org.dandang.platform.publicnotice;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.dandang.platform.calendar.WorkingCalendar;
import org.dandang.platform.deadline.Owner;
import org.dandang.platform.web.Wording;
import org.jspecify.annotations.Nullable;

/**
 * A notice to the public.
 *
 * @param kind code of the rules
 * @param owner matter of a module it belongs to; null when it stands for itself
 * @param body paragraphs, a line each
 * @param issuer who posts it, as it is signed
 * @param contact where else somebody can object: telephone, office, post
 * @param days working days it is posted
 * @param minimumDays working days the rule asked for when it was published
 * @param clause the rule's text then
 * @param due last day of the period; null before it is published
 * @param result null until it is concluded
 * @param unit whose notice it is; null: everybody's
 * @param about numbers of the officials it is about
 */
public record PublicNotice(
    long id,
    String kind,
    @Nullable Owner owner,
    String title,
    String body,
    String issuer,
    String contact,
    int days,
    boolean namedOnly,
    State state,
    @Nullable Integer minimumDays,
    @Nullable Wording clause,
    @Nullable LocalDate publishedOn,
    @Nullable String publishedBy,
    @Nullable Long deadline,
    @Nullable LocalDate due,
    boolean provisional,
    @Nullable Result result,
    @Nullable String resultText,
    @Nullable LocalDate concludedOn,
    @Nullable String concludedBy,
    @Nullable LocalDate takenDownOn,
    @Nullable String takenDownFor,
    int edition,
    @Nullable Long unit,
    List<Long> about) {

  /** How it stands. */
  public enum State {
    DRAFT,
    OPEN,
    CONCLUDED,
    TAKEN_DOWN;

    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static State of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  /** What came of it. */
  public enum Result {
    /** Nobody objected. */
    NO_OBJECTION,
    /** Every objection was looked into and found unfounded. */
    UNFOUNDED,
    /** At least one objection was right. */
    UPHELD;

    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * @throws IllegalArgumentException for any other word
     */
    public static Result of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  public PublicNotice {
    about = List.copyOf(about);
  }

  /** Whether the public may object today. */
  public boolean isTakingObjections(LocalDate today) {
    return state == State.OPEN && due != null && !today.isAfter(due);
  }

  /** Whether the period is over and nobody has recorded what came of it. */
  public boolean isWaitingForResult(LocalDate today) {
    return state == State.OPEN && due != null && today.isAfter(due);
  }

  /** Which working day of the period it is; 0 on the day it is published, which is not counted. */
  public int day(LocalDate today, WorkingCalendar calendar) {
    return publishedOn == null
        ? 0
        : Math.clamp(calendar.workingDaysBetween(publishedOn, today), 0, wholeDays(calendar));
  }

  /** Working days of the period with what it was extended by. */
  public int wholeDays(WorkingCalendar calendar) {
    return publishedOn == null || due == null
        ? days
        : calendar.workingDaysBetween(publishedOn, due);
  }
}
