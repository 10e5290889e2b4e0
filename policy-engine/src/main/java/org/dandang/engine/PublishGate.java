package org.dandang.engine;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dandang.engine.InputTypes.InputColumn;
import org.jspecify.annotations.Nullable;

/**
 * Compares both ways of running a decision before it comes into force: on every threshold, just
 * below it, just above it, with each input missing, and on rows given besides.
 */
public final class PublishGate {
  private PublishGate() {}

  /**
   * What the gate found.
   *
   * @param rows how many rows were compared
   * @param differences where the two ways differ: any refuses the decision
   * @param refusals why the decision does not compile, so that there was nothing to compare
   */
  public record Report(int rows, List<Difference> differences, List<Refusal> refusals) {
    public Report {
      differences = List.copyOf(differences);
      refusals = List.copyOf(refusals);
    }

    /** Whether the decision may come into force: it runs one way only, or both ways agree. */
    public boolean passed() {
      return differences.isEmpty();
    }
  }

  /**
   * The rows that try every boundary of a decision; inputs that are the same for all are left out.
   */
  public static List<Map<String, @Nullable Object>> boundaryRows(
      DecisionModel model, String decision, InputTypes types) {
    return Boundaries.of(model, decision, types).rows(model, decision, types);
  }

  /**
   * Compares on the boundary rows and on these rows.
   *
   * @param extraRows for example a sample of the population and the cases of a pack
   */
  public static Report compare(
      DecisionModel model,
      String decision,
      InputTypes types,
      List<? extends Map<String, ? extends @Nullable Object>> extraRows)
      throws SQLException {
    Compilation compilation = model.compile(decision, types);
    if (!(compilation instanceof Compiled compiled)) {
      return new Report(0, List.of(), ((Compilation.NotCompilable) compilation).refusals());
    }
    List<Map<String, ? extends @Nullable Object>> rows =
        new ArrayList<>(boundaryRows(model, decision, types));
    rows.addAll(extraRows);
    List<Difference> differences = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      fill(connection, compiled.inputs(), rows);
      try (Statement statement = connection.createStatement();
          ResultSet answers =
              statement.executeQuery(
                  "SELECT * FROM (" + compiled.sql("gate", List.of("__n")) + ") ORDER BY __n")) {
        for (Map<String, ? extends @Nullable Object> row : rows) {
          answers.next();
          Map<String, @Nullable Object> inputs = new LinkedHashMap<>(row);
          inputs.putAll(types.constants());
          String one = describe(answers, compiled.outcomeColumns(), compiled.gathers());
          String other =
              describe(
                  model.evaluate(decision, inputs), compiled.outcomeColumns(), compiled.gathers());
          if (!one.equals(other)) {
            differences.add(new Difference(inputs, one, other));
          }
        }
      }
    }
    return new Report(rows.size(), differences, List.of());
  }

  private static void fill(
      Connection connection,
      List<InputColumn> columns,
      List<Map<String, ? extends @Nullable Object>> rows)
      throws SQLException {
    var create = new StringBuilder("CREATE TABLE gate (__n INTEGER");
    var insert = new StringBuilder("INSERT INTO gate VALUES (?");
    for (InputColumn column : columns) {
      create.append(", ").append(DuckDbSql.quotedName(column.name())).append(' ');
      create.append(column.type().duckDb());
      insert.append(", ?");
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(create.append(")").toString());
    }
    try (PreparedStatement statement = connection.prepareStatement(insert.append(")").toString())) {
      int n = 0;
      for (Map<String, ? extends @Nullable Object> row : rows) {
        statement.setInt(1, ++n);
        for (int i = 0; i < columns.size(); i++) {
          Object value = Values.canonical(row.get(columns.get(i).name()));
          statement.setObject(i + 2, value);
        }
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  static String describe(ResultSet row, List<String> columns, boolean gathers) throws SQLException {
    if (row.getBoolean(Compiled.FAILED)) {
      return "failed";
    }
    var text = new StringBuilder();
    for (String column : columns) {
      text.append(word(row.getObject(column))).append(' ');
    }
    if (gathers) {
      return text + "by rows " + row.getString(Compiled.ROWS);
    }
    Object index = row.getObject(Compiled.ROW);
    return text + (index == null ? "by no row" : "by row " + index);
  }

  static String describe(Evaluation evaluation, List<String> columns, boolean gathers) {
    if (!(evaluation.outcome() instanceof Outcome.Value value)) {
      return "failed";
    }
    var text = new StringBuilder();
    for (String column : columns) {
      Object one =
          column.equals(Compiled.OUTCOME)
              ? value.value()
              : value.value() instanceof Map<?, ?> map
                  ? map.get(column.substring(Compiled.OUTCOME.length() + 1))
                  : null;
      text.append(word(one)).append(' ');
    }
    if (gathers) {
      return text
          + "by rows "
          + evaluation
              .ownHits()
              .map(h -> h.matched().stream().map(Evaluation.Hit::row).toList().toString())
              .orElse("[]");
    }
    return text
        + evaluation
            .ownHits()
            .filter(h -> h.decided().size() == 1)
            .map(h -> "by row " + h.decided().get(0).row())
            .orElse("by no row");
  }

  private static String word(@Nullable Object value) {
    if (value instanceof java.util.Collection<?>) {
      return Values.listed(value);
    }
    Object canonical = Values.canonical(Values.shown(value));
    return canonical instanceof BigDecimal d
        ? Values.plain(d).toPlainString()
        : String.valueOf(canonical);
  }
}
