package org.dandang.official.importing;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dandang.official.ImportCancelled;
import org.dandang.official.ImportFile;
import org.dandang.official.ImportProblem;
import org.dandang.official.TableFiles;
import org.dandang.official.register.Values;
import org.dandang.platform.jobs.Progress;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

@Component
class ReadTables implements TableFiles {
  private static final int HEADER_WITHIN = 10;
  private static final int LONGEST_CELL = 32_767;
  private static final int MOST_COMMENTS = 5_000;
  private static final String WRONG = "FFC7CE";

  private final FileReading reading;
  private final MessageSource messages;

  ReadTables(FileReading reading, MessageSource messages) {
    this.reading = reading;
    this.messages = messages;
  }

  @Override
  public Taken take(ImportFile file, List<Column> columns, Taker taker, Progress progress) {
    try (Inspected inspected = reading.inspect(file, progress);
        Rows rows = reading.rows(inspected, null)) {
      int[] places = header(file, rows, columns);
      List<String> headers = List.of(Arrays.copyOf(rows.cells(), rows.width()));
      Path marked = file.errors();
      try (Marked out = marked == null ? null : new Marked(marked, headers, file.language())) {
        return rows(file, rows, columns, places, taker, progress, out);
      }
    } catch (IOException e) {
      throw new ImportProblem("unreadable", file.name(), String.valueOf(e.getMessage()));
    }
  }

  private Taken rows(
      ImportFile file,
      Rows rows,
      List<Column> columns,
      int[] places,
      Taker taker,
      Progress progress,
      @Nullable Marked out)
      throws IOException {
    long read = 0;
    long stored = 0;
    long unchanged = 0;
    long refused = 0;
    while (rows.next()) {
      if (progress.cancelled()) {
        throw new ImportCancelled();
      }
      read++;
      List<Wrong> wrong = new ArrayList<>();
      Map<String, String> cells = cells(file, rows, columns, places, wrong);
      Row became = Row.UNCHANGED;
      if (wrong.isEmpty()) {
        became = taker.takeAt(rows.line(), cells, wrong);
      } else {
        taker.unreadable(rows.line(), wrong);
      }
      if (!wrong.isEmpty()) {
        refused++;
        if (out != null) {
          out.add(rows, columns, places, wrong);
        }
      } else if (became == Row.STORED) {
        stored++;
      } else {
        unchanged++;
      }
      progress.at("importing.step.reading", read, -1);
    }
    return new Taken(read, stored, unchanged, refused, refused == 0 ? null : file.errors());
  }

  private Map<String, String> cells(
      ImportFile file, Rows rows, List<Column> columns, int[] places, List<Wrong> wrong) {
    Map<String, String> cells = new HashMap<>();
    for (int i = 0; i < places.length; i++) {
      Column column = columns.get(i);
      String cell = places[i] >= 0 && places[i] < rows.width() ? rows.cells()[places[i]] : "";
      String reason = places[i] < 0 ? null : rows.wrong(places[i]);
      if (reason != null) {
        wrong.add(new Wrong(column.id(), word(file, "table." + reason)));
      } else if (cell.isEmpty() && column.required()) {
        wrong.add(new Wrong(column.id(), word(file, "table.required")));
      } else if (!cell.isEmpty() && !column.words().isEmpty()) {
        String meant = column.words().get(cell);
        if (meant == null) {
          wrong.add(
              new Wrong(
                  column.id(),
                  word(file, "table.not-a-word", cell, String.join("、", column.listed()))));
        } else {
          cells.put(column.id(), meant);
        }
      } else {
        cells.put(column.id(), cell);
      }
    }
    return cells;
  }

  private String word(ImportFile file, String key, Object... values) {
    return messages.getMessage(key, values, file.language());
  }

  /** Moves onto the header; where each column stands, -1 for one that is not there. */
  private static int[] header(ImportFile file, Rows rows, List<Column> columns) throws IOException {
    List<String> missing =
        columns.stream()
            .filter(column -> column.need() != Need.NOTHING)
            .map(ReadTables::shown)
            .toList();
    int most = -1;
    int line = 1;
    for (int looked = 0; looked < HEADER_WITHIN && rows.next(); looked++) {
      int[] places = new int[columns.size()];
      Arrays.fill(places, -1);
      for (int i = 0; i < rows.width(); i++) {
        String header = Values.header(rows.cells()[i]);
        for (int c = 0; c < places.length; c++) {
          if (columns.get(c).headers().stream()
              .anyMatch(one -> Values.header(one).equals(header))) {
            if (places[c] >= 0) {
              throw new ImportProblem("column-twice", file.name(), rows.line(), rows.cells()[i]);
            }
            places[c] = i;
          }
        }
      }
      List<String> lacking = new ArrayList<>();
      for (int c = 0; c < places.length; c++) {
        if (columns.get(c).need() != Need.NOTHING && places[c] < 0) {
          lacking.add(shown(columns.get(c)));
        }
      }
      int found = (int) Arrays.stream(places).filter(place -> place >= 0).count();
      if (lacking.isEmpty()) {
        return places;
      }
      if (found > most) {
        most = found;
        missing = lacking;
        line = rows.line();
      }
    }
    if (most < 0) {
      throw new ImportProblem("empty", file.name());
    }
    throw new ImportProblem("table-lacks", file.name(), line, String.join(", ", missing));
  }

  private static String shown(Column column) {
    return column.headers().getFirst();
  }

  @Override
  public void template(String title, List<Column> columns, Locale language, OutputStream out)
      throws IOException {
    try (TemplateSheet sheet = new TemplateSheet(title, out)) {
      for (Column column : columns) {
        sheet.column(
            shown(column) + (column.required() ? "*" : ""), column.hint(), column.listed());
      }
    }
  }

  /** The refused rows, to be corrected and sent again. */
  private final class Marked implements AutoCloseable {
    private final OutputStream out;
    private final Workbook workbook;
    private final Worksheet sheet;
    private final int last;
    private int row = 1;
    private int comments;

    Marked(Path to, List<String> headers, Locale language) throws IOException {
      out = new BufferedOutputStream(Files.newOutputStream(to), 1 << 16);
      workbook = new Workbook(out, "Dandang", "1.0");
      sheet = workbook.newWorksheet(messages.getMessage("importing.sheet", null, language));
      String reason = messages.getMessage("importing.column.reason", null, language);
      int known = headers.indexOf(reason);
      last = known < 0 ? headers.size() : known;
      for (int i = 0; i < headers.size(); i++) {
        head(i, headers.get(i));
      }
      head(last, reason);
      sheet.width(last, 60);
      sheet.freezePane(0, 1);
    }

    private void head(int column, String text) {
      sheet.inlineString(0, column, text);
      sheet.style(0, column).bold().set();
      sheet.width(column, 18);
    }

    void add(Rows rows, List<Column> columns, int[] places, List<Wrong> wrong) {
      for (int i = 0; i < rows.width(); i++) {
        if (i != last) {
          sheet.inlineString(row, i, clipped(rows.cells()[i]));
        }
      }
      List<String> reasons = new ArrayList<>();
      for (Wrong one : wrong) {
        int column = column(one.column(), columns, places);
        reasons.add(
            one.column().isEmpty()
                ? one.text()
                : shown(columns.get(index(one.column(), columns))) + ": " + one.text());
        if (column >= 0) {
          sheet.style(row, column).fillColor(WRONG).set();
          if (comments++ < MOST_COMMENTS) {
            sheet.comment(row, column, one.text());
          }
        }
      }
      sheet.inlineString(row, last, clipped(String.join("; ", reasons)));
      row++;
    }

    private int column(String id, List<Column> columns, int[] places) {
      return id.isEmpty() ? -1 : places[index(id, columns)];
    }

    private int index(String id, List<Column> columns) {
      for (int i = 0; i < columns.size(); i++) {
        if (columns.get(i).id().equals(id)) {
          return i;
        }
      }
      throw new IllegalArgumentException("no column " + id);
    }

    private String clipped(String text) {
      String clean = text.replaceAll("[\\p{Cntrl}&&[^\\n\\t\\r]]|[\\uFFFE\\uFFFF]", "\uFFFD");
      return clean.length() <= LONGEST_CELL ? clean : clean.substring(0, LONGEST_CELL);
    }

    @Override
    public void close() throws IOException {
      try {
        workbook.finish();
      } finally {
        out.close();
      }
    }
  }
}
