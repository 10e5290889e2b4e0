package org.dandang.platform.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chart and the table of the same numbers.
 *
 * @param id within the page, and of its words
 * @param words what it shows, for those who do not see it
 * @param columns heads of the table, the group's first
 * @param options for the drawing, as JSON that may stand within a page
 */
public record Chart(String id, String words, List<String> columns, List<Row> rows, String options) {
  public Chart {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /**
   * A group and its numbers.
   *
   * @param numbers one for each column after the first
   * @param path opens what was counted; empty where no page shows just that
   * @param paths the same for each number; empty where none has its own
   */
  public record Row(String group, List<Long> numbers, String path, List<String> paths) {
    public Row {
      numbers = List.copyOf(numbers);
      paths = List.copyOf(paths);
    }

    public Row(String group, List<Long> numbers, String path) {
      this(group, numbers, path, List.of());
    }

    public Row(String group, List<Long> numbers) {
      this(group, numbers, "", List.of());
    }

    public long sum() {
      return numbers.stream().mapToLong(Long::longValue).sum();
    }

    /** What opens a number of it; null for nothing. */
    public @Nullable String pathOf(int number) {
      return number < paths.size() && !paths.get(number).isEmpty() ? paths.get(number) : null;
    }
  }
}
