package org.dandang.platform.calendar;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A year as a notice arranged it.
 *
 * @param year the notice is about; its days may reach into the year before
 * @param origin where it was read
 */
public record CalendarYear(int year, List<Span> spans, Origin origin) {
  public CalendarYear {
    spans = List.copyOf(spans);
  }

  /** Where a year's days come from; a later one takes the place of an earlier one. */
  public enum Origin {
    /** Shipped with the program. */
    PROGRAM,
    /** The office's file {@code calendar.csv} beside the packs. */
    FILE,
    /** Entered on the page. */
    OFFICE;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Days in a row that are off, or worked although they are a weekend.
   *
   * @param off whether nobody works
   * @param name codes of the holidays, divided by blanks, or a name of the office's own; empty for
   *     worked weekends
   * @param first first day
   * @param last last day, itself one of them, as notices write it
   * @param source number of the notice
   */
  public record Span(boolean off, String name, LocalDate first, LocalDate last, String source) {}

  /** Numbers of the notices, each once. */
  public String sources() {
    return spans.stream().map(Span::source).distinct().collect(Collectors.joining("、"));
  }
}
