package org.dandang.platform.export;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes CSV (RFC 4180, UTF-8 with a byte order mark, as spreadsheets expect it) that carries its
 * mark: a field that may stand with or without quotation marks has them for a one and not for a
 * zero. Every reader takes both for the same, so nothing changes for who reads it.
 *
 * <p>What is visible stands as the heading of a last column without values: a spreadsheet shows it,
 * and whoever reads by headings or by places of columns, the import of rosters too, passes over it.
 */
public final class MarkedCsv implements AutoCloseable {
  private static final Pattern NUMBER = Pattern.compile("-\\d+(\\.\\d+)?");

  private final Writer out;
  private final @Nullable CsvBits bits;
  private final @Nullable String line;
  private boolean begun;
  private long position;

  /**
   * @param mark null writes a file without one, all fields in quotation marks
   */
  public MarkedCsv(OutputStream out, @Nullable Mark mark) throws IOException {
    this.out = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    this.bits = mark == null ? null : mark.bits();
    this.line = mark == null ? null : mark.line();
    this.out.write('\uFEFF');
  }

  /** The first one holds the headings. */
  public void row(List<String> cells) throws IOException {
    for (int i = 0; i < cells.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      out.write(written(harmless(cells.get(i))));
    }
    if (line != null) {
      out.write(begun ? "," : "," + written(harmless(line)));
      begun = true;
    }
    out.write("\r\n");
  }

  private String written(String cell) {
    return bits != null && isFree(cell) && !bits.at(position++)
        ? cell
        : '"' + cell.replace("\"", "\"\"") + '"';
  }

  /** Kept from being taken for a formula by a spreadsheet. */
  private static String harmless(String cell) {
    return !cell.isEmpty()
            && "=+-@\t".indexOf(cell.charAt(0)) >= 0
            && !NUMBER.matcher(cell).matches()
        ? "'" + cell
        : cell;
  }

  /** Whether a field means the same with quotation marks and without. */
  static boolean isFree(String cell) {
    return !cell.isBlank()
        && cell.equals(cell.strip())
        && cell.chars().noneMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n');
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
