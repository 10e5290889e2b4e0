package org.dandang.official.importing;

import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dandang.official.ImportProblem;
import org.dandang.official.register.Values;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;
import org.jspecify.annotations.Nullable;

/** Rows of the visible sheets of a workbook, sheet after sheet. */
final class XlsxRows implements Rows {
  private static final Set<String> ERRORS =
      Set.of(
          "#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!");

  private static final Pattern NOT_FORMAT = Pattern.compile("\"[^\"]*\"|\\[[^\\]]*]|\\\\.");

  /** A number of a cell reaches to 1E308. */
  private static final int MOST_ZEROS = 400;

  private final String file;
  private final ReadableWorkbook workbook;
  private final Iterator<Sheet> sheets;
  private int sheet = -1;
  private @Nullable String sheetName;
  private @Nullable Stream<Row> stream;
  private Iterator<Row> rows = List.<Row>of().iterator();
  private String[] cells = new String[32];
  private @Nullable String[] wrong = new @Nullable String[32];
  private boolean anyWrong;
  private int width;
  private int line;

  XlsxRows(String file, File workbook, @Nullable String onlySheet) throws IOException {
    this.file = file;
    try {
      this.workbook = new ReadableWorkbook(workbook, new ReadingOptions(true, false));
    } catch (RuntimeException e) {
      throw new ImportProblem("workbook-damaged", file);
    }
    this.sheets =
        this.workbook
            .getSheets()
            .filter(each -> each.getVisibility() == SheetVisibility.VISIBLE)
            .filter(each -> onlySheet == null || onlySheet.equals(each.getName()))
            .iterator();
    if (onlySheet != null && !sheets.hasNext()) {
      this.workbook.close();
      throw new ImportProblem("sheet-missing", file, onlySheet);
    }
  }

  @Override
  public boolean next() throws IOException {
    try {
      while (true) {
        while (!rows.hasNext()) {
          if (!sheets.hasNext()) {
            return false;
          }
          if (stream != null) {
            stream.close();
          }
          Sheet next = sheets.next();
          sheet++;
          sheetName = next.getName();
          stream = next.openStream();
          rows = stream.iterator();
        }
        Row row = rows.next();
        line = row.getRowNum();
        width = row.getCellCount();
        if (cells.length < width) {
          cells = new String[width];
          wrong = new @Nullable String[width];
        }
        if (anyWrong) {
          Arrays.fill(wrong, null);
          anyWrong = false;
        }
        boolean blank = true;
        for (int i = 0; i < width; i++) {
          Cell cell = row.hasCell(i) ? row.getCell(i) : null;
          String text = cell == null ? "" : Values.trimmed(text(cell));
          if (cell != null && cell.getType() != CellType.STRING) {
            wrong[i] = wrong(cell, text);
            anyWrong |= wrong[i] != null;
          }
          blank &= text.isEmpty() && wrong[i] == null;
          cells[i] = text;
        }
        while (width > 0 && cells[width - 1].isEmpty() && wrong[width - 1] == null) {
          width--;
        }
        if (!blank) {
          return true;
        }
      }
    } catch (ImportProblem e) {
      throw e;
    } catch (RuntimeException e) {
      throw new ImportProblem("workbook-damaged-at", file, String.valueOf(sheetName), line + 1);
    }
  }

  /** As a person sees it, with dates as year-month-day whatever the sheet's own way. */
  private static String text(Cell cell) {
    if (cell.getType() == CellType.EMPTY) {
      return "";
    }
    if (cell.getType() == CellType.NUMBER
        || cell.getType() == CellType.FORMULA && isNumber(cell.getRawValue())) {
      String format = cell.getDataFormatString();
      if (format != null) {
        String letters = NOT_FORMAT.matcher(format.toLowerCase(Locale.ROOT)).replaceAll("");
        boolean year = letters.contains("y");
        boolean day = letters.contains("d");
        if (year || day) {
          LocalDateTime date = cell.asDate();
          if (date != null) {
            String whole = date.toLocalDate().toString();
            return day || !letters.contains("m") ? whole : whole.substring(0, 7);
          }
        }
      }
      String raw = cell.getRawValue();
      return raw == null ? "" : plain(raw);
    }
    if (cell.getType() == CellType.FORMULA) {
      String raw = cell.getRawValue();
      return raw == null ? "" : raw;
    }
    String text = cell.getText();
    return text == null ? "" : text;
  }

  /** An error, or a formula that nobody has computed since it was written. */
  private static @Nullable String wrong(Cell cell, String text) {
    if (cell.getType() == CellType.ERROR || text.startsWith("#") && ERRORS.contains(text)) {
      return "cell-error";
    }
    return cell.getType() == CellType.FORMULA && text.isEmpty() ? "formula-uncomputed" : null;
  }

  private static boolean isNumber(@Nullable String raw) {
    return raw != null && raw.matches("[-+0-9.eE]+");
  }

  /** Large numbers are kept with an exponent in the file; keys must not be. */
  private static String plain(String raw) {
    if (raw.indexOf('E') < 0 && raw.indexOf('e') < 0) {
      return raw;
    }
    try {
      BigDecimal number = new BigDecimal(raw).stripTrailingZeros();
      // Beyond what a cell can hold it stays as it is written: its zeros could fill the memory.
      return Math.abs((long) number.scale()) > MOST_ZEROS ? raw : number.toPlainString();
    } catch (NumberFormatException e) {
      return raw;
    }
  }

  @Override
  public String[] cells() {
    return cells;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public @Nullable String wrong(int column) {
    return column < width ? wrong[column] : null;
  }

  @Override
  public int line() {
    return line;
  }

  @Override
  public int sheet() {
    return Math.max(sheet, 0);
  }

  @Override
  public @Nullable String sheetName() {
    return sheetName;
  }

  @Override
  public void close() throws IOException {
    if (stream != null) {
      stream.close();
    }
    workbook.close();
  }
}
