package org.dandang.platform.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.dandang.platform.calendar.CalendarYear.Origin;
import org.dandang.platform.web.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Working days as the notices of the State Council arrange them. */
class WorkingCalendarTests {
  private final WorkingCalendar calendar = new WorkingCalendar(shipped());

  static List<CalendarYear> shipped() {
    return CalendarFile.read(
        "china.csv",
        new InputStreamReader(
            Objects.requireNonNull(
                WorkingCalendarTests.class.getResourceAsStream("/calendar/china.csv")),
            StandardCharsets.UTF_8),
        Origin.PROGRAM);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-09-30, WORKING",
    "2026-10-01, HOLIDAY",
    "2026-10-07, HOLIDAY",
    "2026-10-08, WORKING",
    "2026-10-10, WORKING_WEEKEND",
    "2026-10-11, WEEKEND",
    "2026-09-20, WORKING_WEEKEND",
    "2019-05-03, HOLIDAY",
    "2020-02-01, HOLIDAY",
    "2022-12-31, HOLIDAY",
    "2018-12-29, WORKING_WEEKEND",
    "2018-10-01, WORKING"
  })
  void knowsWhatADayIs(LocalDate day, DayKind kind) {
    assertThat(calendar.kind(day)).isEqualTo(kind);
  }

  /** Workdays of the years as published with the notices: 365 or 366 less all that is off. */
  @ParameterizedTest
  @CsvSource({"2021, 250", "2022, 249", "2023, 249", "2024, 251", "2025, 248", "2026, 248"})
  void aYearHasItsWorkingDays(int year, int days) {
    assertThat(
            calendar.workingDaysBetween(LocalDate.of(year - 1, 12, 31), LocalDate.of(year, 12, 31)))
        .isEqualTo(days);
  }

  @Test
  void fiveWorkingDaysOverTheNationalDayTakeTwoWeeks() {
    LocalDate before = LocalDate.of(2026, 9, 30);
    assertThat(calendar.plusWorkingDays(before, 5)).isEqualTo("2026-10-13");
    assertThat(calendar.plusWorkingDays(before, 5, true)).isEqualTo("2026-10-12");
    assertThat(calendar.plusWorkingDays(before, 0)).isEqualTo(before);
    assertThat(calendar.plusWorkingDays(LocalDate.of(2026, 10, 3), 1, true))
        .isEqualTo("2026-10-08");
  }

  @Test
  void forwardsBackwardsAndBetweenAgree() {
    Random random = new Random(5);
    for (int i = 0; i < 2_000; i++) {
      LocalDate start = LocalDate.of(2018, 6, 1).plusDays(random.nextInt(3_300));
      int days = random.nextInt(1, 120);
      LocalDate end = calendar.plusWorkingDays(start, days);
      assertThat(calendar.isWorkingDay(end)).isTrue();
      assertThat(calendar.workingDaysBetween(start, end)).isEqualTo(days);
      assertThat(calendar.workingDaysBetween(end, start)).isEqualTo(-days);
      assertThat(calendar.plusWorkingDays(calendar.minusWorkingDays(end, days), days))
          .isEqualTo(end);
    }
  }

  @Test
  void aYearWithoutANoticeIsProvisional() {
    assertThat(calendar.isProvisional(2026)).isFalse();
    assertThat(calendar.isProvisional(2018)).isTrue();
    assertThat(calendar.provisionalYears(LocalDate.of(2026, 12, 20), LocalDate.of(2028, 1, 3)))
        .containsExactly(2027, 2028);
    assertThat(calendar.kind(LocalDate.of(2040, 10, 1))).isEqualTo(DayKind.WORKING);
  }

  @Test
  void termsEndAsTheCivilCodeCounts() {
    LocalDate start = LocalDate.of(2026, 9, 1);
    assertThat(Term.days(30).end(start, calendar)).isEqualTo("2026-10-08");
    assertThat(new Term(30, Term.Unit.DAYS, false, false).end(start, calendar))
        .isEqualTo("2026-10-01");
    assertThat(Term.days(30).withFirstDay().end(start, calendar)).isEqualTo("2026-09-30");
    assertThat(Term.months(1).end(LocalDate.of(2026, 1, 31), calendar)).isEqualTo("2026-02-28");
    assertThat(Term.workingDays(15).end(start, calendar)).isEqualTo("2026-09-21");
  }

  @Test
  void namesTheLineThatIsWrong() {
    assertThatThrownBy(() -> read("2027,off,x,2027-01-01,2027-13-01,n"))
        .isInstanceOfSatisfying(
            Refused.class, e -> assertThat(e.getMessage()).contains("problem.day", "2"));
    for (String wrong :
        List.of(
            "2027,holiday,x,2027-01-01,2027-01-01,n",
            "twenty,off,x,2027-01-01,2027-01-01,n",
            "2027,off,x,2027-01-03,2027-01-01,n",
            "2027,off,x,2029-01-01,2029-01-01,n",
            "2027,work,,2027-01-04,2027-01-04,n",
            "2027,off,x,2027-01-01,2027-01-01,",
            "2027,off,x,2027-01-01,2027-01-03,n\n2027,work,,2027-01-03,2027-01-03,n",
            "2027,off,x",
            "2027,off,\"x,2027-01-01")) {
      assertThatThrownBy(() -> read(wrong)).as(wrong).isInstanceOf(Refused.class);
    }
    assertThat(read("2027,放假,x,2027-01-01,2027-01-03,n").getFirst().spans()).hasSize(1);
  }

  private static List<CalendarYear> read(String lines) {
    return CalendarFile.read(
        "x.csv",
        new StringReader("year,kind,name,first,last,source\n" + lines + "\n"),
        Origin.FILE);
  }
}
