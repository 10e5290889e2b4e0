package org.dandang.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dandang.engine.DecisionPlan.ChoosingLogic;
import org.dandang.engine.DecisionPlan.CollectingLogic;
import org.dandang.engine.DecisionPlan.ExpressionLogic;
import org.dandang.engine.DecisionPlan.OutputPlan;
import org.dandang.engine.DecisionPlan.RowPlan;
import org.dandang.engine.InputTypes.InputColumn;

/**
 * A decision as a query. For every row of its source it gives what {@link DecisionModel#evaluate}
 * gives for the row's values, a null being a missing input.
 */
public final class Compiled implements Compilation {
  /** The column with the index of the row that decided, from 1; null where none did. */
  public static final String ROW = "row";

  /** The column with the rule id of that row. */
  public static final String RULE = "rule";

  /**
   * Only where all matching rows decide: the column with their indexes in the order of the table,
   * as text such as {@code [1, 4]}; {@link #ROW} and {@link #RULE} are then null.
   */
  public static final String ROWS = "rows";

  /** The column that is true where the decision failed. */
  public static final String FAILED = "failed";

  /** The column with the outcome of a decision that has a single value. */
  public static final String OUTCOME = "outcome";

  private final String file;
  private final String decision;
  private final List<DecisionPlan> plans;
  private final List<InputColumn> inputs;
  private final Map<String, TableShape> shapes;
  private final SqlEmitter sql;

  Compiled(
      String file,
      String decision,
      List<DecisionPlan> plans,
      List<InputColumn> inputs,
      Map<String, TableShape> shapes) {
    this(file, decision, plans, inputs, shapes, new DuckDbSql());
  }

  private Compiled(
      String file,
      String decision,
      List<DecisionPlan> plans,
      List<InputColumn> inputs,
      Map<String, TableShape> shapes,
      SqlEmitter sql) {
    this.sql = sql;
    this.file = file;
    this.decision = decision;
    this.plans = plans;
    this.inputs = inputs;
    this.shapes = new LinkedHashMap<>(shapes);
  }

  /**
   * The same decision in Spark's SQL, meaning the same. The session needs {@code
   * spark.sql.ansi.enabled=true} and {@code spark.sql.decimalOperations.allowPrecisionLoss=false}.
   */
  public Compiled forSpark() {
    return new Compiled(file, decision, plans, inputs, shapes, new SparkSql());
  }

  /** The file the decision was read from. */
  public String file() {
    return file;
  }

  /** The decision. */
  public String decision() {
    return decision;
  }

  /** The inputs the query reads, each a column of the same name. */
  public List<InputColumn> inputs() {
    return inputs;
  }

  Map<String, TableShape> shapes() {
    return shapes;
  }

  /** The outcome columns: {@link #OUTCOME}, or one for each output of the table. */
  public List<String> outcomeColumns() {
    return last().logic().outputs().stream().map(o -> outcomeColumn(o.name())).toList();
  }

  /** Whether a null stands for the outcome as a whole where no row matches. */
  boolean nullWithoutRow() {
    return last().logic() instanceof ChoosingLogic c && c.none().isEmpty();
  }

  /** Whether all matching rows decide, so that there is a column {@link #ROWS}. */
  public boolean gathers() {
    return last().logic() instanceof CollectingLogic;
  }

  /** Whether the outcome is a list, written as text. */
  boolean gathersAList() {
    return last().logic() instanceof CollectingLogic c
        && c.gathering() == DecisionPlan.Gathering.LIST;
  }

  static String outcomeColumn(String output) {
    return output.isEmpty() ? OUTCOME : OUTCOME + "_" + output;
  }

  private DecisionPlan last() {
    return plans.get(plans.size() - 1);
  }

  /**
   * The query: the key columns, {@link #ROW}, the outcome columns, {@link #RULE} and {@link
   * #FAILED}.
   *
   * @param source a table or view, {@code schema.table} too, or the path of a Parquet file
   */
  public String sql(String source, List<String> keyColumns) {
    DecisionPlan plan = last();
    List<String> columns = new ArrayList<>(keyColumns.stream().map(sql::name).toList());
    columns.add(rowOf(plan) + " AS " + sql.name(ROW));
    List<OutputPlan> outputs = plan.logic().outputs();
    for (int o = 0; o < outputs.size(); o++) {
      columns.add(output(plan, o) + " AS " + sql.name(outcomeColumn(outputs.get(o).name())));
    }
    columns.add(rule(plan) + " AS " + sql.name(RULE));
    if (plan.logic() instanceof CollectingLogic logic) {
      columns.add(rowsOf(plan, logic) + " AS " + sql.name(ROWS));
    }
    columns.add(failed(plan) + " AS " + sql.name(FAILED));
    return "SELECT " + String.join(", ", columns) + "\nFROM (" + staged(source, keyColumns) + ")";
  }

  /**
   * A query that only counts: {@link #ROW} (0 for failed, null for no row) and {@code count}. For a
   * table whose outputs are constants this is all there is to know, and the fastest way to it.
   */
  public String countingSql(String source) {
    DecisionPlan plan = last();
    String row = plan.logic() instanceof ExpressionLogic ? "NULL" : sql.name(plan.rowColumn());
    return "SELECT "
        + row
        + " AS "
        + sql.name(ROW)
        + ", count(*) AS count\nFROM ("
        + staged(source, List.of())
        + ")\nGROUP BY 1 ORDER BY 1";
  }

  /**
   * A query for the key columns and {@code missing}, the list of the inputs each row has no value
   * for; only rows that lack something.
   */
  public String missingSql(String source, List<String> keyColumns) {
    List<String> columns = new ArrayList<>(keyColumns.stream().map(sql::name).toList());
    List<String> names = new ArrayList<>();
    List<String> any = new ArrayList<>();
    for (InputColumn input : inputs) {
      String isNull = sql.name(input.name()) + " IS NULL";
      names.add("CASE WHEN " + isNull + " THEN " + sql.text(input.name()) + " END");
      any.add(isNull);
    }
    columns.add(sql.present(sql.list(names.isEmpty() ? List.of("NULL") : names)) + " AS missing");
    return "SELECT "
        + String.join(", ", columns)
        + " FROM "
        + sql.relationOf(source)
        + " WHERE "
        + (any.isEmpty() ? "FALSE" : String.join(" OR ", any));
  }

  /** The rule of each row of the deciding table, by the row's index. */
  public Map<Integer, String> rules() {
    Map<Integer, String> rules = new java.util.TreeMap<>();
    for (RowPlan row : rows(last().logic())) {
      rules.put(row.index(), row.rule());
    }
    return rules;
  }

  private static List<RowPlan> rows(DecisionPlan.Logic logic) {
    return switch (logic) {
      case ChoosingLogic c -> c.choices();
      case CollectingLogic c -> c.rows();
      case ExpressionLogic e -> List.of();
    };
  }

  // ---------------------------------------------------------------- stages

  private String staged(String source, List<String> keyColumns) {
    List<String> base = new ArrayList<>(keyColumns);
    inputs.forEach(
        i -> {
          if (!base.contains(i.name())) {
            base.add(i.name());
          }
        });
    String from =
        base.isEmpty()
            ? "SELECT 1 FROM " + sql.relationOf(source)
            : "SELECT "
                + String.join(", ", base.stream().map(sql::name).toList())
                + " FROM "
                + sql.relationOf(source);
    for (DecisionPlan plan : plans) {
      from = stage(plan, from);
      if (plan != last()) {
        List<String> columns = new ArrayList<>();
        List<OutputPlan> outputs = plan.logic().outputs();
        for (int o = 0; o < outputs.size(); o++) {
          columns.add(output(plan, o) + " AS " + sql.name(plan.outputColumn(o)));
        }
        if (!(plan.logic() instanceof ExpressionLogic)) {
          columns.add(failed(plan) + " AS " + sql.name(plan.failedColumn()));
        }
        if (!columns.isEmpty()) {
          from = "SELECT *, " + String.join(", ", columns) + " FROM (" + from + ")";
        }
      }
    }
    return from;
  }

  private String stage(DecisionPlan plan, String from) {
    return switch (plan.logic()) {
      case ChoosingLogic logic ->
          "SELECT *, "
              + rowCase(plan, logic)
              + " AS "
              + sql.name(plan.rowColumn())
              + "\nFROM ("
              + from
              + ")";
      case ExpressionLogic logic -> {
        Plan failed = Plan.any(List.of(plan.failure(), logic.failure()));
        String failure =
            Plan.isFalse(failed) ? "FALSE" : "coalesce(" + sql.value(failed) + ", FALSE)";
        String guarded =
            "SELECT *, "
                + failure
                + " AS "
                + sql.name(plan.failedColumn())
                + " FROM ("
                + from
                + ")";
        yield "SELECT *, CASE WHEN "
            + sql.name(plan.failedColumn())
            + " THEN NULL ELSE CAST("
            + sql.value(logic.value())
            + " AS "
            + sql.type(logic.value().type())
            + ") END AS "
            + sql.name(plan.outputColumn(0))
            + "\nFROM ("
            + guarded
            + ")";
      }
      case CollectingLogic logic -> {
        List<String> columns = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        if (!Plan.isFalse(plan.failure())) {
          wrong.add(sql.condition(plan.failure()));
        }
        for (RowPlan row : logic.rows()) {
          String match = sql.name(plan.matchColumn(row.index()));
          columns.add("coalesce(" + sql.condition(row.condition()) + ", FALSE) AS " + match);
          if (Plan.isTrue(row.rejected())) {
            wrong.add(match);
          }
        }
        String failed =
            wrong.isEmpty() ? "NULL" : "CASE WHEN " + String.join(" OR ", wrong) + " THEN 0 END";
        yield "SELECT *, CAST("
            + failed
            + " AS "
            + sql.rowType(1)
            + ") AS "
            + sql.name(plan.rowColumn())
            + "\nFROM (SELECT *, "
            + String.join(", ", columns)
            + " FROM ("
            + from
            + "))";
      }
    };
  }

  private String rowCase(DecisionPlan plan, ChoosingLogic logic) {
    var whens = new StringBuilder();
    if (!Plan.isFalse(plan.failure())) {
      whens.append(" WHEN ").append(sql.condition(plan.failure())).append(" THEN 0");
    }
    String otherwise = logic.noneFails() ? "0" : "NULL";
    for (RowPlan row : logic.choices()) {
      if (Plan.isTrue(row.condition())) {
        otherwise = result(row, logic);
        break;
      }
      if (!Plan.isFalse(row.condition())) {
        whens.append("\n  WHEN ").append(sql.condition(row.condition()));
        whens.append(" THEN ").append(result(row, logic));
      }
    }
    String chosen = whens.isEmpty() ? otherwise : "CASE" + whens + " ELSE " + otherwise + " END";
    return "CAST(" + chosen + " AS " + rowType(logic) + ")";
  }

  private String rowType(ChoosingLogic logic) {
    return sql.rowType(logic.choices().size());
  }

  private String result(RowPlan row, ChoosingLogic logic) {
    if (Plan.isTrue(row.rejected())) {
      return "0";
    }
    List<Plan> conflicts = new ArrayList<>(List.of(row.rejected()));
    for (RowPlan other : logic.choices()) {
      if (row.conflicts().contains(other.index())) {
        conflicts.add(other.condition());
      }
    }
    Plan conflict = Plan.any(conflicts);
    if (Plan.isFalse(conflict)) {
      return Integer.toString(row.index());
    }
    return "CASE WHEN " + sql.condition(conflict) + " THEN 0 ELSE " + row.index() + " END";
  }

  // ---------------------------------------------------------------- what follows from the row

  private String rowOf(DecisionPlan plan) {
    return plan.logic() instanceof ExpressionLogic
        ? "CAST(NULL AS INTEGER)"
        : "CAST(nullif(" + sql.name(plan.rowColumn()) + ", 0) AS INTEGER)";
  }

  private String rowsOf(DecisionPlan plan, CollectingLogic logic) {
    return "CASE WHEN NOT "
        + failed(plan)
        + " THEN concat('[', concat_ws(', ', "
        + String.join(
            ", ",
            logic.rows().stream()
                .sorted(java.util.Comparator.comparingInt(RowPlan::index))
                .map(
                    r ->
                        "CASE WHEN "
                            + sql.name(plan.matchColumn(r.index()))
                            + " THEN '"
                            + r.index()
                            + "' END")
                .toList())
        + "), ']') END";
  }

  private String failed(DecisionPlan plan) {
    return plan.logic() instanceof ExpressionLogic
        ? sql.name(plan.failedColumn())
        : "(" + sql.name(plan.rowColumn()) + " IS NOT DISTINCT FROM 0)";
  }

  private String rule(DecisionPlan plan) {
    if (plan.logic() instanceof CollectingLogic) {
      return "CAST(NULL AS " + sql.type(PlanType.TEXT) + ")";
    }
    Map<Integer, String> rules = new LinkedHashMap<>();
    for (RowPlan row : rows(plan.logic())) {
      rules.put(row.index(), sql.text(row.rule()));
    }
    return byRow(plan, rules, "NULL", sql.type(PlanType.TEXT));
  }

  private String output(DecisionPlan plan, int output) {
    return switch (plan.logic()) {
      case ExpressionLogic e -> sql.name(plan.outputColumn(0));
      case ChoosingLogic c -> {
        Map<Integer, String> values = new LinkedHashMap<>();
        String type = sql.type(c.outputs().get(output).type());
        for (RowPlan row : c.choices()) {
          values.put(row.index(), shown(row.outputs().get(output), type));
        }
        String none = c.none().isEmpty() ? "NULL" : shown(c.none().get(output), type);
        yield byRow(plan, values, none, type);
      }
      case CollectingLogic c ->
          "CASE WHEN "
              + failed(plan)
              + " THEN NULL WHEN "
              + String.join(" OR ", matches(plan, c))
              + " THEN "
              + gathered(plan, c)
              + " ELSE "
              + (c.none() == null ? sql.text("[]") : sql.value(c.none()))
              + " END";
    };
  }

  /** A computed value is brought to the column's type before the branches meet. */
  private String shown(Plan value, String type) {
    return value instanceof Plan.Constant
        ? sql.value(value)
        : "CAST(" + sql.value(value) + " AS " + type + ")";
  }

  private List<String> matches(DecisionPlan plan, CollectingLogic logic) {
    return logic.rows().stream().map(r -> sql.name(plan.matchColumn(r.index()))).toList();
  }

  private String gathered(DecisionPlan plan, CollectingLogic logic) {
    String type = sql.type(logic.outputs().get(0).type());
    return switch (logic.gathering()) {
      case SUM ->
          "CAST("
              + String.join(
                  " + ",
                  logic.rows().stream()
                      .map(
                          r ->
                              "CAST(CASE WHEN "
                                  + sql.name(plan.matchColumn(r.index()))
                                  + " THEN "
                                  + sql.value(r.outputs().get(0))
                                  + " ELSE 0 END AS "
                                  + type
                                  + ")")
                      .toList())
              + " AS "
              + type
              + ")";
      case COUNT -> {
        // KIE counts different outputs, not matching rows.
        Map<Plan, List<String>> different = new LinkedHashMap<>();
        for (RowPlan row : logic.rows()) {
          different
              .computeIfAbsent(row.outputs().get(0), o -> new ArrayList<>())
              .add(sql.name(plan.matchColumn(row.index())));
        }
        yield "CAST("
            + String.join(
                " + ",
                different.values().stream()
                    .map(m -> "CASE WHEN " + String.join(" OR ", m) + " THEN 1 ELSE 0 END")
                    .toList())
            + " AS "
            + type
            + ")";
      }
      case LEAST, GREATEST -> {
        String values =
            sql.list(
                logic.rows().stream()
                    .map(
                        r ->
                            "CASE WHEN "
                                + sql.name(plan.matchColumn(r.index()))
                                + " THEN CAST("
                                + sql.value(r.outputs().get(0))
                                + " AS "
                                + type
                                + ") END")
                    .toList());
        yield logic.gathering() == DecisionPlan.Gathering.LEAST
            ? sql.least(values)
            : sql.greatest(values);
      }
      case LIST ->
          "concat('[', concat_ws(', ', "
              + String.join(
                  ", ",
                  logic.rows().stream()
                      .map(
                          r ->
                              "CASE WHEN "
                                  + sql.name(plan.matchColumn(r.index()))
                                  + " THEN "
                                  + sql.text(
                                      Values.listed(((Plan.Constant) r.outputs().get(0)).value()))
                                  + " END")
                      .toList())
              + "), ']')";
    };
  }

  private String byRow(DecisionPlan plan, Map<Integer, String> values, String none, String type) {
    if (values.isEmpty()) {
      return "CAST(NULL AS " + type + ")";
    }
    String row = sql.name(plan.rowColumn());
    var text = new StringBuilder("CAST(CASE ").append(row);
    if (!none.equals("NULL")) {
      text.append(" WHEN 0 THEN NULL");
    }
    values.forEach(
        (index, value) -> text.append(" WHEN ").append(index).append(" THEN ").append(value));
    if (!none.equals("NULL")) {
      // A failed row was caught above; what is left is no row at all.
      text.append(" ELSE ").append(none);
    }
    return text.append(" END AS ").append(type).append(")").toString();
  }
}
