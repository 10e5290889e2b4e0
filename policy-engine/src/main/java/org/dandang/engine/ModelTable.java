package org.dandang.engine;

import java.util.List;

/**
 * A decision table as written, enough for a page to draw it.
 *
 * @param name the decision or knowledge model the table belongs to
 * @param hitPolicy for example {@code UNIQUE}, {@code FIRST}, {@code COLLECT SUM}
 */
public record ModelTable(
    String name,
    String hitPolicy,
    List<InputColumn> inputs,
    List<OutputColumn> outputs,
    List<String> annotations,
    List<Row> rows) {
  public ModelTable {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    annotations = List.copyOf(annotations);
    rows = List.copyOf(rows);
  }

  /** The table's row with this index, counted from 1. */
  public Row row(int index) {
    return rows.get(index - 1);
  }

  /** What a row says in the annotation column of this name; empty where there is none. */
  public String annotation(Row row, String name) {
    int column = annotations.indexOf(name);
    return column < 0 || column >= row.annotations().size() ? "" : row.annotations().get(column);
  }

  /** An input column: its expression, its label if it has one, the values the table allows. */
  public record InputColumn(String expression, String label, String type, String allowedValues) {}

  /** An output column; the name is empty where a single column has none. */
  public record OutputColumn(
      String name, String label, String type, String allowedValues, String defaultValue) {}

  /**
   * A rule.
   *
   * @param index counted from 1
   * @param id the rule's {@code id}, else its label, else {@code row N}
   * @param named whether the id is the rule's own
   * @param label the rule's label or empty
   */
  public record Row(
      int index,
      String id,
      boolean named,
      String label,
      String description,
      List<String> tests,
      List<String> outputs,
      List<String> annotations) {
    public Row {
      tests = List.copyOf(tests);
      outputs = List.copyOf(outputs);
      annotations = List.copyOf(annotations);
    }
  }
}
