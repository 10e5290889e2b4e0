package org.dandang.platform.calendar;

import java.time.DayOfWeek;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.dandang.platform.calendar.CalendarYear.Span;
import org.jspecify.annotations.Nullable;

/** What cannot be right in an arrangement of days. */
final class CalendarCheck {
  private static final int LONGEST = 31;

  private CalendarCheck() {}

  /** The days that cannot be right, with a mark of what is wrong; null when nothing is. */
  static @Nullable String problem(int year, Span span, List<Span> before) {
    String days = span.first() + "/" + span.last();
    if (span.last().isBefore(span.first())
        || ChronoUnit.DAYS.between(span.first(), span.last()) >= LONGEST) {
      return days;
    }
    if (span.first().getYear() < year - 1 || span.last().getYear() > year) {
      return days + " ∉ " + year;
    }
    if (span.source().isEmpty()) {
      return days + " ?";
    }
    boolean weekday =
        span.first()
            .datesUntil(span.last().plusDays(1))
            .anyMatch(day -> day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0);
    if (!span.off() && weekday) {
      return days;
    }
    for (Span other : before) {
      if (!span.first().isAfter(other.last()) && !other.first().isAfter(span.last())) {
        return days + " ∩ " + other.first() + "/" + other.last();
      }
    }
    return null;
  }
}
