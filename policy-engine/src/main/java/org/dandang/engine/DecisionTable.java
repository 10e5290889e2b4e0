package org.dandang.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A decision table as written, for pages and checks.
 *
 * @param hitPolicy as DMN names it: UNIQUE, FIRST, COLLECT …
 * @param aggregator of COLLECT; empty for none
 */
public record DecisionTable(
    String decision,
    String hitPolicy,
    String aggregator,
    List<Column> inputs,
    List<String> outputs,
    List<String> annotations,
    List<Row> rows) {

  /** An input column: its label and its FEEL expression. */
  public record Column(String label, String expression) {}

  /**
   * A rule.
   *
   * @param number 1-based
   * @param id the rule's own id; its number where it has none
   */
  public record Row(
      int number,
      String id,
      boolean named,
      List<String> inputs,
      List<String> outputs,
      Map<String, String> annotations) {
    public Row {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
      annotations = Map.copyOf(annotations);
    }
  }

  public DecisionTable {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    annotations = List.copyOf(annotations);
    rows = List.copyOf(rows);
  }

  public Optional<Row> row(String id) {
    return rows.stream().filter(row -> row.id().equals(id)).findFirst();
  }
}
