package org.dandang.official.importing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.dandang.official.ImportProblem;
import org.dandang.official.form.Garbled;
import org.jspecify.annotations.Nullable;

/**
 * The rows below the header, wherever within the first rows of a sheet the header stands. Sheets
 * without such a header are passed over.
 */
final class RosterRows implements AutoCloseable {
  private static final int HEADER_WITHIN = 10;

  /** So many rows tell whether the file was opened in a wrong encoding before it was saved. */
  private static final int LOOKED_AT = 200;

  private static final int MOST_FOREIGN = 20_000;

  private final String file;
  private final Rows rows;
  private final MappingDefinition mapping;
  private final List<String> passedOver = new ArrayList<>();
  private @Nullable Columns columns;
  private List<String> missing = List.of();
  private int mostFound = -1;
  private int headerLine = 1;
  private boolean waiting;
  private int number;
  private final StringBuilder foreign = new StringBuilder();
  private int looked;
  private int foreignLine;

  RosterRows(String file, Rows rows, MappingDefinition mapping) {
    this.file = file;
    this.rows = rows;
    this.mapping = mapping;
  }

  /** Whether some sheet has a header the mapping can use; moves onto the first row below it. */
  boolean headerFits() throws IOException {
    if (columns == null) {
      waiting = advance();
    }
    return columns != null;
  }

  /**
   * Moves to the next row.
   *
   * @throws ImportProblem when no sheet has the columns the mapping needs
   */
  boolean next() throws IOException {
    boolean moved = waiting || advance();
    waiting = false;
    if (moved) {
      number++;
      return true;
    }
    if (columns == null) {
      refuseGarbled();
      if (mostFound < 0) {
        throw new ImportProblem("empty", file);
      }
      throw new ImportProblem(
          "columns-missing", file, headerLine, String.join(", ", missing), mapping.id());
    }
    return false;
  }

  private boolean advance() throws IOException {
    int sheet = columns == null ? -1 : rows.sheet();
    if (rows.next()) {
      look();
      if (columns != null && rows.sheet() == sheet) {
        return true;
      }
      return header();
    }
    return false;
  }

  /** Gathers what is not ASCII in the first rows. */
  private void look() {
    if (looked >= LOOKED_AT) {
      return;
    }
    looked++;
    for (int i = 0; i < rows.width() && foreign.length() < MOST_FOREIGN; i++) {
      String cell = rows.cells()[i];
      for (int at = 0; at < cell.length(); at++) {
        if (cell.charAt(at) > 0x7f) {
          if (foreign.isEmpty()) {
            foreignLine = rows.line();
          }
          foreign.append(cell.charAt(at));
        }
      }
    }
    if (looked == LOOKED_AT) {
      refuseGarbled();
    }
  }

  /**
   * @throws ImportProblem where the rows seen so far were opened in a wrong encoding before they
   *     were saved
   */
  void refuseGarbled() {
    if (Garbled.misread(foreign.toString())) {
      throw new ImportProblem("garbled", file, foreignLine);
    }
    foreign.setLength(0);
  }

  /**
   * From the first row of a sheet, moves onto the first row below a header, of this sheet or a
   * later one; false when no row is left.
   */
  private boolean header() throws IOException {
    int sheet = rows.sheet();
    String name = rows.sheetName();
    int looked = 0;
    do {
      if (rows.sheet() != sheet) {
        passedOver(name);
        sheet = rows.sheet();
        name = rows.sheetName();
        looked = 0;
      }
      if (looked++ < HEADER_WITHIN) {
        switch (Columns.search(mapping, rows.cells(), rows.width())) {
          case Columns.Search.Found found -> {
            if (columns != null && !columns.fed().equals(found.columns().fed())) {
              throw new ImportProblem("sheets-differ", file, String.valueOf(name));
            }
            columns = found.columns();
            headerLine = rows.line();
            int here = rows.sheet();
            if (!nextLooked()) {
              return false;
            }
            if (rows.sheet() == here) {
              return true;
            }
            sheet = rows.sheet();
            name = rows.sheetName();
            looked = 0;
            return header();
          }
          case Columns.Search.Missing lacking -> {
            if (lacking.found() > mostFound) {
              mostFound = lacking.found();
              missing = lacking.columns();
              headerLine = rows.line();
            }
          }
          case Columns.Search.Twice twice ->
              throw new ImportProblem("column-twice", file, rows.line(), twice.column());
        }
      }
    } while (nextLooked());
    passedOver(name);
    return false;
  }

  private boolean nextLooked() throws IOException {
    if (!rows.next()) {
      return false;
    }
    look();
    return true;
  }

  private void passedOver(@Nullable String name) {
    if (name != null) {
      passedOver.add(name);
    }
  }

  Columns columns() {
    if (columns == null) {
      throw new IllegalStateException("no header yet");
    }
    return columns;
  }

  /** Names of sheets without a usable header. */
  List<String> passedOver() {
    return passedOver;
  }

  /** Counts rows over all sheets, from 1. */
  int number() {
    return number;
  }

  int line() {
    return rows.line();
  }

  @Nullable String sheetName() {
    return rows.sheetName();
  }

  int width() {
    return rows.width();
  }

  /** The cell of a column; blank beyond the end of the row. */
  String cell(int column) {
    return column < rows.width() ? rows.cells()[column] : "";
  }

  /** Why a cell has no value that could be trusted; null where it has. */
  @Nullable String wrong(int column) {
    return rows.wrong(column);
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
