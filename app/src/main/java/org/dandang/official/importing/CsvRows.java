package org.dandang.official.importing;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import org.dandang.official.ImportProblem;
import org.dandang.official.register.Values;
import org.jspecify.annotations.Nullable;

/** Rows of a text file; a cell may hold line breaks. */
final class CsvRows implements Rows {
  /** What a spreadsheet cell can hold; a longer one is a quotation mark that was never closed. */
  private static final int LONGEST_CELL = 32_767;

  private final String file;
  private final CsvReader<CsvRecord> reader;
  private final CloseableIterator<CsvRecord> records;
  private String[] cells = new String[32];
  private int width;
  private int line;

  CsvRows(String file, Reader text, char separator) {
    this.file = file;
    this.reader =
        CsvReader.builder()
            .fieldSeparator(separator)
            .allowExtraFields(true)
            .allowMissingFields(true)
            .skipEmptyLines(true)
            .allowExtraCharsAfterClosingQuote(true)
            .maxBufferSize(1 << 22)
            .ofCsvRecord(text);
    this.records = reader.iterator();
  }

  @Override
  public boolean next() throws IOException {
    try {
      while (records.hasNext()) {
        CsvRecord found = records.next();
        line = Math.toIntExact(found.getStartingLineNumber());
        width = found.getFieldCount();
        if (cells.length < width) {
          cells = new String[width];
        }
        boolean blank = true;
        for (int i = 0; i < width; i++) {
          String cell = found.getField(i);
          if (cell.length() > LONGEST_CELL) {
            throw new ImportProblem("cell-too-long", file, line, i + 1, LONGEST_CELL);
          }
          cell = Values.trimmed(cell);
          blank &= cell.isEmpty();
          cells[i] = cell;
        }
        if (!blank) {
          return true;
        }
      }
      return false;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (CsvParseException e) {
      throw new ImportProblem("quote-not-closed", file, line + 1);
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
  public int line() {
    return line;
  }

  @Override
  public int sheet() {
    return 0;
  }

  @Override
  public @Nullable String sheetName() {
    return null;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
