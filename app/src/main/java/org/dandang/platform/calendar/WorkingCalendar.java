package org.dandang.platform.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.dandang.platform.calendar.CalendarYear.Span;
import org.jspecify.annotations.Nullable;

/**
 * Which days are worked, as far as it is known. A year without a notice counts weekends alone and
 * is provisional: what rests on it is to be shown as such, and computed again when the notice is
 * out. Does not change.
 */
public final class WorkingCalendar {
  /** Longest way that is counted, in days: ten years. */
  static final int FARTHEST = 3660;

  private final SortedSet<Integer> known = new TreeSet<>();
  private final Map<Integer, CalendarYear> years = new TreeMap<>();
  private final Map<LocalDate, Span> days = new HashMap<>();
  private final String fingerprint;

  /**
   * @param years one a year; where two arrange the same day, the later year's notice counts
   */
  public WorkingCalendar(Collection<CalendarYear> years) {
    StringBuilder all = new StringBuilder();
    years.stream()
        .sorted((one, other) -> Integer.compare(one.year(), other.year()))
        .forEach(
            year -> {
              known.add(year.year());
              this.years.put(year.year(), year);
              for (Span span : year.spans()) {
                all.append(span).append('\n');
                span.first()
                    .datesUntil(span.last().plusDays(1))
                    .forEach(day -> days.put(day, span));
              }
            });
    this.fingerprint = known.size() + "-" + Integer.toHexString(all.toString().hashCode());
  }

  /** Changes whenever a day may have become another. */
  public String fingerprint() {
    return fingerprint;
  }

  public DayKind kind(LocalDate day) {
    boolean weekend =
        day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    Span span = days.get(day);
    if (span == null) {
      return weekend ? DayKind.WEEKEND : DayKind.WORKING;
    }
    return span.off() ? DayKind.HOLIDAY : weekend ? DayKind.WORKING_WEEKEND : DayKind.WORKING;
  }

  /** What a notice says of a day; null where none does. */
  public @Nullable Span span(LocalDate day) {
    return days.get(day);
  }

  public boolean isWorkingDay(LocalDate day) {
    return kind(day).isWorking();
  }

  /**
   * The day on which so many working days are over, the start not counted.
   *
   * @param days from 0; 0 is the start itself
   */
  public LocalDate plusWorkingDays(LocalDate start, int days) {
    return plusWorkingDays(start, days, false);
  }

  /**
   * The day on which so many working days are over.
   *
   * @param days from 0; 0 is the start itself
   * @param firstDayCounts whether the start is the first of them, if it is worked
   */
  public LocalDate plusWorkingDays(LocalDate start, int days, boolean firstDayCounts) {
    if (days < 0) {
      throw new IllegalArgumentException("working days are counted forwards: " + days);
    }
    LocalDate day = firstDayCounts && days > 0 ? start.minusDays(1) : start;
    int left = days;
    while (left > 0) {
      day = day.plusDays(1);
      if (isWorkingDay(day)) {
        left--;
      }
      if (day.isAfter(start.plusDays(FARTHEST))) {
        throw new IllegalArgumentException(days + " working days reach too far");
      }
    }
    return day;
  }

  /** The day that lies so many working days before another; 0 is the day itself. */
  public LocalDate minusWorkingDays(LocalDate end, int days) {
    LocalDate day = end;
    for (int left = days; left > 0; ) {
      day = day.minusDays(1);
      if (isWorkingDay(day)) {
        left--;
      }
    }
    return day;
  }

  /**
   * Working days after the start up to and with the end; below 0 when the end is the earlier one.
   */
  public int workingDaysBetween(LocalDate start, LocalDate end) {
    if (end.isBefore(start)) {
      return -workingDaysBetween(end, start);
    }
    return (int) start.plusDays(1).datesUntil(end.plusDays(1)).filter(this::isWorkingDay).count();
  }

  /** The day itself if it is worked, else the next that is. */
  public LocalDate onOrAfter(LocalDate day) {
    LocalDate worked = day;
    while (!isWorkingDay(worked)) {
      worked = worked.plusDays(1);
    }
    return worked;
  }

  /** Whether no notice about this year is known, so that only weekends are off in it. */
  public boolean isProvisional(int year) {
    return !known.contains(year);
  }

  /** Years from one day to another, both with them, about which no notice is known. */
  public List<Integer> provisionalYears(LocalDate from, LocalDate to) {
    return IntStream.rangeClosed(from.getYear(), to.getYear())
        .filter(this::isProvisional)
        .boxed()
        .toList();
  }

  public Optional<CalendarYear> year(int year) {
    return Optional.ofNullable(years.get(year));
  }

  /** Years about which a notice is known, the earliest first. */
  public SortedSet<Integer> knownYears() {
    return new TreeSet<>(known);
  }
}
