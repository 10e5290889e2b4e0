package org.dandang.official;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dandang.platform.jobs.Progress;
import org.jspecify.annotations.Nullable;

/**
 * Tables that people send as files (xlsx, csv, csv.gz), for modules whose columns are their own:
 * looked at before they are read, read row by row, and given back with what is wrong marked.
 */
public interface TableFiles {
  /**
   * A column.
   *
   * @param id by which rows hold its cells
   * @param headers how it may be headed, in any language; width, case and blanks do not matter
   * @param need whether the file must have it, and each row a value in it
   * @param words what a closed column may say, in any language, with what it means; empty for a
   *     column that is open
   * @param listed the words of one language, from which a template lets one choose
   * @param hint what it takes, written below the header of a template
   */
  record Column(
      String id,
      List<String> headers,
      Need need,
      Map<String, String> words,
      List<String> listed,
      String hint) {
    public Column {
      headers = List.copyOf(headers);
      words = Map.copyOf(words);
      listed = List.copyOf(listed);
    }

    public Column(
        String id,
        List<String> headers,
        boolean required,
        Map<String, String> words,
        List<String> listed,
        String hint) {
      this(id, headers, required ? Need.VALUE : Need.NOTHING, words, listed, hint);
    }

    public boolean required() {
      return need == Need.VALUE;
    }
  }

  /** What a file must have of a column. */
  enum Need {
    NOTHING,
    /** The column; its cells may be empty. */
    COLUMN,
    /** The column, with a value in every row. */
    VALUE
  }

  /**
   * Why a row is not taken.
   *
   * @param column id of the column in question; empty for the row as a whole
   * @param text in the reader's words
   */
  record Wrong(String column, String text) {}

  /** What happened to a row. */
  enum Row {
    STORED,
    UNCHANGED
  }

  /** Takes one row. */
  @FunctionalInterface
  interface Taker {
    /**
     * @param cells by column; a closed column's cell holds what its word means
     * @param wrong to be filled with what is wrong; then the row is not taken
     */
    Row take(Map<String, String> cells, List<Wrong> wrong);

    /**
     * As {@link #take}, for those who keep where a row stood.
     *
     * @param line in the file or sheet, from 1
     */
    default Row takeAt(int line, Map<String, String> cells, List<Wrong> wrong) {
      return take(cells, wrong);
    }

    /**
     * Told of a row that was refused before it could be taken, for those who take all or nothing.
     *
     * @param line in the file or sheet, from 1
     */
    default void unreadable(int line, List<Wrong> wrong) {}
  }

  /**
   * What became of a file.
   *
   * @param marked the refused rows as the file has them, marked; null where there are none
   */
  record Taken(long read, long stored, long unchanged, long refused, @Nullable Path marked) {}

  /**
   * Reads a file to its end; each row is taken or refused by itself.
   *
   * @param file with the place where refused rows are written
   * @throws ImportProblem when it cannot be read, naming file and line
   * @throws ImportCancelled when somebody stopped it; what was taken stays taken
   */
  Taken take(ImportFile file, List<Column> columns, Taker taker, Progress progress);

  /** Writes an empty workbook with the columns and lists to choose from. */
  void template(String title, List<Column> columns, Locale language, OutputStream out)
      throws IOException;
}
