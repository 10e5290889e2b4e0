package org.dandang.official;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Postings drawn along the years: regular ones above, each other kind in lanes of its own below.
 * Postings that overlap stand in lanes one under the other; one that ends before it starts is drawn
 * as a broken outline between its two dates.
 */
public final class TimelineChart {
  private static final int LEFT = 118;
  private static final int WIDTH = 1000;
  private static final int LANE = 28;
  private static final int TOP = 22;
  private static final List<String> KINDS =
      List.of(
          "regular",
          "concurrent",
          "attachment",
          "first-secretary",
          "study-attachment",
          "task-force");

  private final List<Bar> bars = new ArrayList<>();
  private final List<Tick> ticks = new ArrayList<>();
  private final List<Heading> headings = new ArrayList<>();
  private int height = TOP;

  /** A posting's place on the chart, in the chart's own units. */
  public record Bar(
      Dossier.Posting posting, double x, int y, double width, boolean broken, boolean flagged) {
    /** How many characters of a label fit; wide ones count twice. */
    public String label(String text) {
      int room = (int) ((width - 8) / 7.4);
      StringBuilder fits = new StringBuilder();
      for (int i = 0; i < text.length(); i++) {
        room -= text.charAt(i) > 0x2E80 ? 2 : 1;
        if (room < 0) {
          return fits.length() < 2 ? "" : fits.substring(0, fits.length() - 1) + "…";
        }
        fits.append(text.charAt(i));
      }
      return fits.toString();
    }
  }

  /** A year on the axis. */
  public record Tick(double x, int year) {}

  /** The kind of postings a group of lanes shows. */
  public record Heading(String kind, int y) {}

  /**
   * @param today where open postings end
   */
  public TimelineChart(Dossier dossier, LocalDate today) {
    List<Dossier.Posting> drawn =
        dossier.postings().stream()
            .filter(posting -> posting.from() != null && posting.origin().supersededAt() == null)
            .sorted(Comparator.comparing(posting -> Objects.requireNonNull(posting.from())))
            .toList();
    if (drawn.isEmpty()) {
      return;
    }
    LocalDate first =
        drawn.stream().map(TimelineChart::begin).min(Comparator.naturalOrder()).orElse(today);
    LocalDate last =
        drawn.stream()
            .map(posting -> end(posting, today))
            .max(Comparator.naturalOrder())
            .orElse(today);
    LocalDate from = first.withDayOfYear(1);
    LocalDate to = last.withDayOfYear(1).plusYears(1);
    double scale = (WIDTH - LEFT - 8) / (double) Math.max(1, ChronoUnit.DAYS.between(from, to));
    int years = to.getYear() - from.getYear();
    int step = years <= 14 ? 1 : years <= 30 ? 2 : 5;
    for (int year = from.getYear(); year <= to.getYear(); year += step) {
      ticks.add(
          new Tick(LEFT + ChronoUnit.DAYS.between(from, LocalDate.of(year, 1, 1)) * scale, year));
    }
    for (String kind : KINDS) {
      lanes(
          dossier,
          drawn.stream().filter(posting -> posting.kind().equals(kind)).toList(),
          kind,
          from,
          scale,
          today);
    }
  }

  private void lanes(
      Dossier dossier,
      List<Dossier.Posting> postings,
      String kind,
      LocalDate from,
      double scale,
      LocalDate today) {
    if (postings.isEmpty()) {
      return;
    }
    headings.add(new Heading(kind, height + 17));
    Map<Integer, LocalDate> free = new TreeMap<>();
    for (Dossier.Posting posting : postings) {
      int lane = 0;
      while (free.containsKey(lane)
          && Objects.requireNonNull(free.get(lane)).isAfter(begin(posting))) {
        lane++;
      }
      free.put(lane, end(posting, today));
      double x = LEFT + ChronoUnit.DAYS.between(from, begin(posting)) * scale;
      double width =
          Math.max(3, ChronoUnit.DAYS.between(begin(posting), end(posting, today)) * scale);
      bars.add(
          new Bar(
              posting,
              x,
              height + lane * LANE,
              width,
              !posting.coversAny(),
              !dossier.flagsOf(posting.id()).isEmpty()));
    }
    height += free.size() * LANE + 6;
  }

  private static LocalDate begin(Dossier.Posting posting) {
    LocalDate from = Objects.requireNonNull(posting.from());
    LocalDate to = posting.to();
    return to != null && to.isBefore(from) ? to : from;
  }

  private static LocalDate end(Dossier.Posting posting, LocalDate today) {
    LocalDate from = Objects.requireNonNull(posting.from());
    LocalDate to = posting.to();
    if (to == null) {
      return today.isAfter(from) ? today : from.plusDays(1);
    }
    return to.isBefore(from) ? from : to;
  }

  public List<Bar> bars() {
    return List.copyOf(bars);
  }

  public List<Tick> ticks() {
    return List.copyOf(ticks);
  }

  public List<Heading> headings() {
    return List.copyOf(headings);
  }

  public int height() {
    return height;
  }

  public int width() {
    return WIDTH;
  }
}
