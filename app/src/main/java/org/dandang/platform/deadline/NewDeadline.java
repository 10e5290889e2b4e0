package org.dandang.platform.deadline;

import java.time.LocalDate;
import java.util.List;
import org.dandang.platform.calendar.Term;
import org.dandang.platform.notice.Recipient;
import org.dandang.platform.web.Wording;
import org.jspecify.annotations.Nullable;

/**
 * A deadline to begin.
 *
 * @param name what has to be done, shown on lists and in notices: no names of people
 * @param path of the page of the matter
 * @param start day it begins; whether it is itself counted says the term
 * @param remindBefore working days before the last day on which somebody is reminded; 0 is that day
 * @param remind whom
 * @param escalateAfter working days after the last day at which it is escalated; null: never
 * @param escalate to whom
 * @param unit to which it belongs: its officers see it; null: everybody's, for officers over
 *     everything
 * @param about numbers of the officials it is about: those who keep away from them do not see it
 * @param mayExtendBy most units of the term by which it may be extended, once; 0: not at all
 */
public record NewDeadline(
    Owner owner,
    Wording name,
    String path,
    Term term,
    LocalDate start,
    List<Integer> remindBefore,
    List<Recipient> remind,
    @Nullable Integer escalateAfter,
    List<Recipient> escalate,
    int mayExtendBy,
    @Nullable Long unit,
    List<Long> about) {
  public NewDeadline {
    remindBefore = remindBefore.stream().distinct().sorted().toList();
    remind = List.copyOf(remind);
    escalate = List.copyOf(escalate);
    about = List.copyOf(about);
    if (!path.startsWith("/")
        || mayExtendBy < 0
        || remindBefore.stream().anyMatch(days -> days < 0 || days > 500)
        || (escalateAfter != null && (escalateAfter < 0 || escalateAfter > 500))) {
      throw new IllegalArgumentException("not a deadline: " + owner);
    }
  }

  /** Without reminders, escalation or extension. */
  public static NewDeadline of(Owner owner, Wording name, String path, Term term, LocalDate start) {
    return new NewDeadline(
        owner, name, path, term, start, List.of(), List.of(), null, List.of(), 0, null, List.of());
  }

  /** The same with reminders. */
  public NewDeadline reminding(List<Recipient> whom, List<Integer> workingDaysBefore) {
    return new NewDeadline(
        owner,
        name,
        path,
        term,
        start,
        workingDaysBefore,
        whom,
        escalateAfter,
        escalate,
        mayExtendBy,
        unit,
        about);
  }

  /** The same with escalation. */
  public NewDeadline escalating(List<Recipient> whom, int workingDaysAfter) {
    return new NewDeadline(
        owner,
        name,
        path,
        term,
        start,
        remindBefore,
        remind,
        workingDaysAfter,
        whom,
        mayExtendBy,
        unit,
        about);
  }

  /** The same, to be extended once by at most so many units of its term. */
  public NewDeadline extendableBy(int most) {
    return new NewDeadline(
        owner,
        name,
        path,
        term,
        start,
        remindBefore,
        remind,
        escalateAfter,
        escalate,
        most,
        unit,
        about);
  }

  /** The same, of a unit and about some officials. */
  public NewDeadline belonging(@Nullable Long unit, List<Long> about) {
    return new NewDeadline(
        owner,
        name,
        path,
        term,
        start,
        remindBefore,
        remind,
        escalateAfter,
        escalate,
        mayExtendBy,
        unit,
        about);
  }
}
