package org.dandang.platform.calendar;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.Reader;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.dandang.platform.calendar.CalendarYear.Origin;
import org.dandang.platform.calendar.CalendarYear.Span;
import org.dandang.platform.web.Refused;

/**
 * Years as a table of text: {@code year,kind,name,first,last,source}; the kind is {@code off} (放假)
 * or {@code work} (上班). What is wrong is refused with its line.
 */
final class CalendarFile {
  private static final int COLUMNS = 6;
  private static final Map<String, Boolean> KINDS =
      Map.of("off", true, "放假", true, "work", false, "上班", false);

  private final String file;
  private final Map<Integer, List<Span>> years = new TreeMap<>();

  private CalendarFile(String file) {
    this.file = file;
  }

  /**
   * @param file its name, for what is told
   * @throws Refused with file and line
   */
  static List<CalendarYear> read(String file, Reader text, Origin origin) {
    CalendarFile found = new CalendarFile(file);
    try (CsvReader<CsvRecord> records =
        CsvReader.builder().skipEmptyLines(true).allowMissingFields(true).ofCsvRecord(text)) {
      boolean header = true;
      for (CsvRecord line : records) {
        if (!header) {
          found.line(line);
        }
        header = false;
      }
    } catch (CsvParseException | java.io.IOException | java.io.UncheckedIOException e) {
      throw new Refused("calendar", "calendar.problem.unreadable", file);
    }
    List<CalendarYear> years = new ArrayList<>();
    found.years.forEach((year, spans) -> years.add(new CalendarYear(year, spans, origin)));
    return years;
  }

  private void line(CsvRecord line) {
    long number = line.getStartingLineNumber();
    if (line.getFieldCount() < COLUMNS) {
      throw new Refused("calendar", "calendar.problem.columns", file, number, COLUMNS);
    }
    int year = year(line.getField(0).strip(), number);
    Boolean off = KINDS.get(line.getField(1).strip().toLowerCase(Locale.ROOT));
    if (off == null) {
      throw new Refused(
          "calendar", "calendar.problem.kind", file, number, line.getField(1).strip());
    }
    Span span =
        new Span(
            off,
            line.getField(2).strip(),
            day(line.getField(3).strip(), number),
            day(line.getField(4).strip(), number),
            line.getField(5).strip());
    List<Span> before = years.computeIfAbsent(year, any -> new ArrayList<>());
    String wrong = CalendarCheck.problem(year, span, before);
    if (wrong != null) {
      throw new Refused("calendar", "calendar.problem.line", file, number, wrong);
    }
    before.add(span);
  }

  private int year(String text, long line) {
    if (!text.matches("(19|20|21)\\d\\d")) {
      throw new Refused("calendar", "calendar.problem.year", file, line, text);
    }
    return Integer.parseInt(text);
  }

  private LocalDate day(String text, long line) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new Refused("calendar", "calendar.problem.day", file, line, text);
    }
  }
}
