package org.dandang.engine;

import java.util.List;

/**
 * Something about a table's rows taken together.
 *
 * @param table the table
 * @param rows the rows concerned, counted from 1; empty for a gap
 * @param cell the place to look: a row, a cell or a column, as in {@link Finding}
 * @param message the values concerned, written as in a table
 */
public record TableFinding(
    Kind kind, String table, List<Integer> rows, String cell, String message) {
  public TableFinding {
    rows = List.copyOf(rows);
  }

  /** What kind of finding it is. */
  public enum Kind {
    /** Values no row answers, in a table without a default. */
    GAP,
    /** Values for which the hit policy allows one answer and the rows give several. */
    OVERLAP,
    /** A row that can never match. */
    IMPOSSIBLE,
    /** A row that never decides, because rows before it always do. */
    UNREACHABLE,
    /** A cell whose values cannot be told in advance; findings about its row may be missing. */
    NOT_ANALYSED
  }
}
