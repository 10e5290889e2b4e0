package org.dandang.platform.calendar;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.dandang.platform.calendar.CalendarYear.Origin;
import org.dandang.platform.calendar.CalendarYear.Span;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.web.Refused;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The calendar of the office: the years shipped with the program, those of the file {@code
 * calendar.csv} in the folder of the packs, and those entered on the page. A whole year of a later
 * origin takes the place of an earlier one.
 */
@Component
public class OfficeCalendar {
  private static final Logger LOG = LoggerFactory.getLogger(OfficeCalendar.class);
  private static final int LONGEST_SOURCE = 200;

  private final JdbcClient jdbc;
  private final Ledger ledger;
  private final Clock clock;
  private final ZoneId zone;
  private final Path file;
  private final List<CalendarYear> shipped = shipped();
  private @Nullable Read read;

  OfficeCalendar(
      JdbcClient jdbc,
      Ledger ledger,
      Clock clock,
      @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone,
      @Value("${dandang.packs:${dandang.home:.}/packs}") Path packs) {
    this.jdbc = jdbc;
    this.ledger = ledger;
    this.clock = clock;
    this.zone = zone;
    this.file = packs.resolve("calendar.csv");
  }

  /** The calendar as it was when table and file were so. */
  private record Read(String state, WorkingCalendar calendar, @Nullable Refused problem) {}

  /** The calendar as it is now; keep it for as long as one computation goes on. */
  public WorkingCalendar current() {
    return read().calendar();
  }

  /** Today in the office's time zone. */
  public LocalDate today() {
    return LocalDate.now(clock.withZone(zone));
  }

  /** The day a moment falls on in the office's time zone. */
  public LocalDate dayOf(OffsetDateTime moment) {
    return moment.atZoneSameInstant(zone).toLocalDate();
  }

  /** What is wrong with the office's file, which is then left out; null when nothing is. */
  @Nullable Refused problemOfTheFile() {
    return read().problem();
  }

  /**
   * Enters a year by the text of its notice; a year entered before is kept but no longer counts.
   *
   * @throws Refused when the text is not understood or the number is missing
   */
  @Transactional
  public CalendarYear enter(int year, String source, String text, String actor) {
    String number = source.strip();
    if (number.isEmpty() || number.length() > LONGEST_SOURCE) {
      throw new Refused("calendar", "calendar.problem.source");
    }
    if (year < 1949 || year > today().getYear() + 5) {
      throw new Refused("calendar", "calendar.problem.which-year", Integer.toString(year));
    }
    List<Span> spans = NoticeText.read(year, number, text);
    withdrawn(year, actor);
    long id =
        jdbc.sql(
                """
                insert into platform.calendar_year (year, source, entered_at, entered_by)
                values (?, ?, ?, ?) returning id
                """)
            .params(year, number, OffsetDateTime.now(clock), actor)
            .query(Long.class)
            .single();
    for (Span span : spans) {
      jdbc.sql(
              """
              insert into platform.calendar_span (calendar_year_id, off, name, first_day, last_day)
              values (?, ?, ?, ?, ?)
              """)
          .params(id, span.off(), span.name(), span.first(), span.last())
          .update();
    }
    ledger.append(
        actor,
        "calendar-year-entered",
        "calendar-year",
        Integer.toString(year),
        Map.of("source", number, "spans", spans.size()));
    return new CalendarYear(year, spans, Origin.OFFICE);
  }

  /** Takes back what was entered for a year; what the program or the file says counts again. */
  @Transactional
  public boolean withdraw(int year, String actor) {
    if (withdrawn(year, actor) == 0) {
      return false;
    }
    ledger.append(
        actor, "calendar-year-withdrawn", "calendar-year", Integer.toString(year), Map.of());
    return true;
  }

  private int withdrawn(int year, String actor) {
    return jdbc.sql(
            """
            update platform.calendar_year set withdrawn_at = ?, withdrawn_by = ?
             where year = ? and withdrawn_at is null
            """)
        .params(OffsetDateTime.now(clock), actor, year)
        .update();
  }

  private synchronized Read read() {
    String state =
        jdbc.sql(
                """
                select coalesce(max(id), 0) || '-' || count(withdrawn_at)
                  from platform.calendar_year
                """)
            .query(String.class)
            .single();
    state += " " + stateOfTheFile();
    if (read == null || !read.state().equals(state)) {
      Map<Integer, CalendarYear> years = new TreeMap<>();
      shipped.forEach(year -> years.put(year.year(), year));
      Refused problem = null;
      try {
        fromFile().forEach(year -> years.put(year.year(), year));
      } catch (Refused e) {
        LOG.warn("{}", e.getMessage());
        problem = e;
      }
      entered().forEach(year -> years.put(year.year(), year));
      read = new Read(state, new WorkingCalendar(years.values()), problem);
    }
    return read;
  }

  private String stateOfTheFile() {
    try {
      return Files.size(file) + " " + Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return "";
    }
  }

  private List<CalendarYear> fromFile() {
    try (Reader text = Files.newBufferedReader(file)) {
      return CalendarFile.read("calendar.csv", text, Origin.FILE);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new Refused("calendar", "calendar.problem.unreadable", "calendar.csv");
    }
  }

  private List<CalendarYear> entered() {
    Map<Integer, List<Span>> years = new LinkedHashMap<>();
    jdbc.sql(
            """
            select y.year, y.source, s.off, s.name, s.first_day, s.last_day
              from platform.calendar_year y join platform.calendar_span s on s.calendar_year_id = y.id
             where y.withdrawn_at is null order by y.year, s.first_day
            """)
        .query(
            row -> {
              years
                  .computeIfAbsent(row.getInt("year"), any -> new ArrayList<>())
                  .add(
                      new Span(
                          row.getBoolean("off"),
                          row.getString("name"),
                          row.getObject("first_day", LocalDate.class),
                          row.getObject("last_day", LocalDate.class),
                          row.getString("source")));
            });
    return years.entrySet().stream()
        .map(year -> new CalendarYear(year.getKey(), year.getValue(), Origin.OFFICE))
        .toList();
  }

  private static List<CalendarYear> shipped() {
    try (Reader text =
        new InputStreamReader(
            Objects.requireNonNull(OfficeCalendar.class.getResourceAsStream("/calendar/china.csv")),
            StandardCharsets.UTF_8)) {
      return CalendarFile.read("china.csv", text, Origin.PROGRAM);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
