package org.dandang.platform.deadline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.dandang.platform.calendar.CalendarYear;
import org.dandang.platform.calendar.CalendarYear.Origin;
import org.dandang.platform.calendar.CalendarYear.Span;
import org.dandang.platform.calendar.Term;
import org.dandang.platform.calendar.WorkingCalendar;
import org.junit.jupiter.api.Test;

/** Days of a suspension do not count; the rest runs on. */
class CountingTests {
  private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
  private final WorkingCalendar calendar =
      new WorkingCalendar(
          List.of(
              new CalendarYear(
                  2026,
                  List.of(
                      new Span(
                          true,
                          "qingming",
                          LocalDate.of(2026, 4, 4),
                          LocalDate.of(2026, 4, 6),
                          "n")),
                  Origin.PROGRAM)));

  @Test
  void theRestOfASuspendedDeadlineRunsOn() {
    assertThat(due(Term.workingDays(10))).isEqualTo("2026-03-16");
    assertThat(due(Term.workingDays(10), suspended(4, 9))).isEqualTo("2026-03-19");
    assertThat(due(Term.days(30))).isEqualTo("2026-04-01");
    assertThat(due(Term.days(30), suspended(4, 7))).isEqualTo("2026-04-07");
    assertThat(due(Term.months(1))).isEqualTo("2026-04-02");
    assertThat(due(Term.months(1), suspended(10, 12))).isEqualTo("2026-04-07");
  }

  @Test
  void aSuspensionOfNoDaysChangesNothing() {
    assertThat(due(Term.workingDays(10), suspended(4, 4))).isEqualTo("2026-03-16");
    assertThat(due(Term.days(30), suspended(4, 4))).isEqualTo("2026-04-01");
  }

  @Test
  void severalSuspensionsAddUp() {
    Random random = new Random(11);
    for (int i = 0; i < 500; i++) {
      int days = random.nextInt(1, 60);
      int from = random.nextInt(1, 12);
      int to = from + random.nextInt(0, 6);
      int again = to + random.nextInt(0, 4);
      int until = again + random.nextInt(0, 6);
      Term term = new Term(days, Term.Unit.WORKING_DAYS, false, true);
      LocalDate whole = due(term, days(from, to), days(again, until));
      long counted =
          MONDAY
              .plusDays(1)
              .datesUntil(whole.plusDays(1))
              .filter(calendar::isWorkingDay)
              .filter(day -> !days(from, to).covers(day) && !days(again, until).covers(day))
              .count();
      assertThat(counted).isEqualTo(days);
    }
  }

  private LocalDate due(Term term, Suspension... suspensions) {
    return Counting.due(term, MONDAY, List.of(suspensions), calendar);
  }

  private static Suspension suspended(int from, int to) {
    return new Suspension(
        LocalDate.of(2026, 3, from), LocalDate.of(2026, 3, to), "reason", "officer");
  }

  private static Suspension days(int from, int to) {
    return new Suspension(MONDAY.plusDays(from), MONDAY.plusDays(to), "reason", "officer");
  }
}
