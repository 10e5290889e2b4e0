package org.dandang.policy.simulation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.dandang.engine.DecisionModel;
import org.jspecify.annotations.Nullable;

/** The clause each rule cites, in the table before and in the table after. */
final class Clauses {
  private final Map<String, String> before;
  private final Map<String, String> after;

  Clauses(DecisionModel before, DecisionModel after, String decision) {
    this.before = of(before, decision);
    this.after = of(after, decision);
  }

  /** The clause, or empty text. */
  String before(@Nullable String rule) {
    return rule == null ? "" : before.getOrDefault(rule, "");
  }

  /** The clause, or empty text. */
  String after(@Nullable String rule) {
    return rule == null ? "" : after.getOrDefault(rule, "");
  }

  /** Rule and clause as rows of SQL. */
  String beforeAsValues() {
    return values(before);
  }

  /** Rule and clause as rows of SQL. */
  String afterAsValues() {
    return values(after);
  }

  private static String values(Map<String, String> clauses) {
    StringJoiner rows = new StringJoiner(", ").setEmptyValue("('', '')");
    clauses.forEach(
        (rule, clause) ->
            rows.add("('%s', '%s')".formatted(rule.replace("'", "''"), clause.replace("'", "''"))));
    return rows.toString();
  }

  private static Map<String, String> of(DecisionModel model, String decision) {
    Map<String, String> clauses = new LinkedHashMap<>();
    model
        .table(decision)
        .ifPresent(
            table ->
                table
                    .rows()
                    .forEach(row -> clauses.put(row.id(), table.annotation(row, "clause"))));
    return clauses;
  }
}
