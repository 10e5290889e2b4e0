package org.dandang.platform.deadline;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;
import org.dandang.platform.calendar.Term;
import org.dandang.platform.calendar.WorkingCalendar;

/** Counts the days of a deadline: those of its term, without those it was suspended. */
final class Counting {
  private static final int FARTHEST = 20_000;

  private Counting() {}

  /** The last day, when nothing more is suspended than what has an end. */
  static LocalDate due(
      Term term, LocalDate start, List<Suspension> suspensions, WorkingCalendar calendar) {
    List<Suspension> ended = suspensions.stream().filter(one -> one.to() != null).toList();
    if (ended.isEmpty()) {
      return term.end(start, calendar);
    }
    Predicate<LocalDate> suspended = day -> ended.stream().anyMatch(one -> one.covers(day));
    LocalDate last =
        switch (term.unit()) {
          case WORKING_DAYS ->
              counted(term, start, day -> calendar.isWorkingDay(day) && !suspended.test(day));
          case DAYS -> counted(term, start, day -> !suspended.test(day));
          case MONTHS ->
              new Term(term.amount(), Term.Unit.MONTHS, term.firstDayCounts(), false)
                  .end(start, calendar)
                  .plusDays(ended.stream().mapToLong(Counting::length).sum());
        };
    return term.endsOnWorkingDay() && term.amount() > 0 ? calendar.onOrAfter(last) : last;
  }

  private static long length(Suspension ended) {
    return ended.to() == null ? 0 : ChronoUnit.DAYS.between(ended.from(), ended.to());
  }

  private static LocalDate counted(Term term, LocalDate start, Predicate<LocalDate> counts) {
    LocalDate day = term.firstDayCounts() && term.amount() > 0 ? start.minusDays(1) : start;
    for (int left = term.amount(); left > 0; ) {
      day = day.plusDays(1);
      if (counts.test(day)) {
        left--;
      }
      if (day.isAfter(start.plusDays(FARTHEST))) {
        throw new IllegalArgumentException(term + " reaches too far");
      }
    }
    return day;
  }
}
