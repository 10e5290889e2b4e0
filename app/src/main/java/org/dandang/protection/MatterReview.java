package org.dandang.protection;

import java.time.OffsetDateTime;
import java.util.List;

/**
 * What a look at all closed matters shows, within what the running thread sees: who would have been
 * cleared, who was promoted within an impact period, how long matters took. Nothing is decided or
 * changed by it.
 */
public interface MatterReview {
  /**
   * Looks at everything on record now; what was counted before is counted again where it changed.
   */
  Report over();

  /**
   * What the numbers were counted from: everything recorded up to a moment.
   *
   * @param imported number of the last file that was taken in by then; 0 for none
   */
  record Basis(long imported, OffsetDateTime countedAt) {}

  /**
   * The numbers of the whole, and its tables.
   *
   * @param reports persons in matters whom the finding clears, officials on record alone
   * @param cleared different officials among them
   * @param open reports among them for which nothing was clarified yet
   * @param promotions that ranks over time show
   * @param within of those, on days within an impact period
   */
  record Report(
      Basis basis,
      long matters,
      long allegations,
      long persons,
      long officials,
      long reports,
      long cleared,
      long open,
      long measures,
      long promotions,
      long within,
      List<Table> tables) {
    public Report {
      tables = List.copyOf(tables);
    }
  }

  /**
   * A table of the report.
   *
   * @param id {@code years}, {@code findings}, {@code units}, {@code durations}, {@code
   *     clearances}, {@code promotions}
   * @param columns ids of the columns of numbers
   */
  record Table(String id, List<String> columns, List<Group> groups) {
    public Table {
      columns = List.copyOf(columns);
      groups = List.copyOf(groups);
    }
  }

  /**
   * A line of a table.
   *
   * @param keys what it is a group of: a year; a finding; the code and name of a unit; agency and
   *     year
   * @param numbers by the columns; days are rounded
   */
  record Group(List<String> keys, List<Long> numbers) {
    public Group {
      keys = List.copyOf(keys);
      numbers = List.copyOf(numbers);
    }
  }
}
