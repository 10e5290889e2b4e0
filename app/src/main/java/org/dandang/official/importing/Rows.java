package org.dandang.official.importing;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Rows of a file, one after the other; blank rows are passed over. */
interface Rows extends AutoCloseable {
  /** Moves to the next row; false after the last. */
  boolean next() throws IOException;

  /** Cells of the row without surrounding blanks; valid until {@link #next}. */
  String[] cells();

  /** How many of the cells belong to the row. */
  int width();

  /**
   * Why a cell of the row has no value that could be trusted, as the last part of the message key
   * {@code importing.reason.*}; null where it has.
   */
  default @Nullable String wrong(int column) {
    return null;
  }

  /** The row's line in the file or sheet, from 1. */
  int line();

  /** Counts sheets from 0; always 0 for text. */
  int sheet();

  /** Null for text. */
  @Nullable String sheetName();

  @Override
  void close() throws IOException;
}
