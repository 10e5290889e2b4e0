package org.dandang.platform.calendar;

import java.time.LocalDate;

/**
 * How long something may take, as a rule says it.
 *
 * @param amount from 0
 * @param firstDayCounts whether the day it begins on is counted; by Art. 201 of the Civil Code it
 *     is not, and that is the default
 * @param endsOnWorkingDay whether a last day that is off is put off to the next worked one (Art.
 *     203 of the Civil Code, the default); for working days it makes no difference
 */
public record Term(int amount, Unit unit, boolean firstDayCounts, boolean endsOnWorkingDay) {
  /** In what a term is counted. */
  public enum Unit {
    WORKING_DAYS,
    DAYS,
    MONTHS;

    /** As stored and in packs: {@code working-days}. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    public static Unit of(String word) {
      return valueOf(word.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
    }
  }

  public Term {
    if (amount < 0 || amount > 3000) {
      throw new IllegalArgumentException("a term is from 0 to 3000, not " + amount);
    }
  }

  public static Term workingDays(int amount) {
    return new Term(amount, Unit.WORKING_DAYS, false, true);
  }

  public static Term days(int amount) {
    return new Term(amount, Unit.DAYS, false, true);
  }

  public static Term months(int amount) {
    return new Term(amount, Unit.MONTHS, false, true);
  }

  /** The same with the day it begins on counted. */
  public Term withFirstDay() {
    return new Term(amount, unit, true, endsOnWorkingDay);
  }

  /** The same longer by so many of its unit. */
  public Term longerBy(int more) {
    return new Term(amount + more, unit, firstDayCounts, endsOnWorkingDay);
  }

  /** The last day on which it can still be kept. */
  public LocalDate end(LocalDate start, WorkingCalendar calendar) {
    LocalDate before = firstDayCounts ? start.minusDays(1) : start;
    return switch (unit) {
      case WORKING_DAYS -> calendar.plusWorkingDays(start, amount, firstDayCounts);
      case DAYS -> last(before.plusDays(amount), calendar);
      case MONTHS -> last(before.plusMonths(amount), calendar);
    };
  }

  private LocalDate last(LocalDate day, WorkingCalendar calendar) {
    return endsOnWorkingDay ? calendar.onOrAfter(day) : day;
  }
}
