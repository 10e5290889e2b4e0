package org.dandang.engine;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The columns a decision is compiled for: one for each input, by the input's name. */
public final class InputTypes {
  private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),\\s*(\\d+)\\)");
  private static final Pattern VALUE = Pattern.compile("'((?:[^']|'')*)'");

  private final Map<String, InputColumn> columns;
  private final Map<String, Object> constants;

  private InputTypes(Map<String, InputColumn> columns, Map<String, Object> constants) {
    this.columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    this.constants = Collections.unmodifiableMap(new LinkedHashMap<>(constants));
  }

  /**
   * A column that holds an input.
   *
   * @param name the column's name, the same as the input's
   * @param nullable false only where the database itself forbids null
   */
  public record InputColumn(String name, ColumnType type, boolean nullable) {}

  /** Of columns given one by one. */
  public static InputTypes of(List<InputColumn> columns) {
    Map<String, InputColumn> byName = new LinkedHashMap<>();
    columns.forEach(c -> byName.put(c.name(), c));
    return new InputTypes(byName, Map.of());
  }

  /**
   * The columns of a DuckDB table, view or Parquet file.
   *
   * @param source a table or view name, or the path of a file that ends in {@code .parquet}
   */
  public static InputTypes of(Connection connection, String source) throws SQLException {
    List<InputColumn> columns = new ArrayList<>();
    String relation = DuckDbSql.relation(source);
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                relation.startsWith("read_parquet")
                    ? "DESCRIBE SELECT * FROM " + relation
                    : "DESCRIBE " + relation)) {
      while (rows.next()) {
        columns.add(
            new InputColumn(
                rows.getString("column_name"),
                type(rows.getString("column_type")),
                !"NO".equals(rows.getString("null"))));
      }
    }
    return of(columns);
  }

  /**
   * The same, with these inputs the same for everybody, such as a policy's parameters on a day.
   * They take precedence over columns of their name.
   *
   * @param values numbers, strings, booleans or dates; none null
   */
  public InputTypes withConstants(Map<String, ?> values) {
    Map<String, Object> all = new LinkedHashMap<>(constants);
    values.forEach(
        (name, value) -> {
          Object canonical = Values.canonical(value);
          if (canonical == null) {
            throw new IllegalArgumentException("the constant " + name + " has no value");
          }
          all.put(name, canonical);
        });
    return new InputTypes(columns, all);
  }

  /** The inputs that are the same for everybody. */
  public Map<String, Object> constants() {
    return constants;
  }

  /**
   * Columns for a model of which no table is at hand: numbers of 16 digits before the point and two
   * after it, text, booleans and dates, every one of which may be missing.
   */
  public static InputTypes of(DecisionModel model) {
    List<InputColumn> columns = new ArrayList<>();
    for (ModelInput input : model.inputs()) {
      ColumnType type =
          switch (input.type()) {
            case "number" -> new ColumnType.Decimal(18, 2);
            case "string" -> new ColumnType.Text();
            case "boolean" -> new ColumnType.Truth();
            case "date" -> new ColumnType.Day();
            default -> new ColumnType.Other(input.type());
          };
      columns.add(new InputColumn(input.name(), type, true));
    }
    return of(columns);
  }

  static ColumnType type(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    if (upper.startsWith("ENUM(")) {
      List<String> values = new ArrayList<>();
      Matcher matcher = VALUE.matcher(name);
      while (matcher.find()) {
        values.add(matcher.group(1).replace("''", "'"));
      }
      return new ColumnType.Enumerated(values);
    }
    Matcher decimal = DECIMAL.matcher(upper);
    if (decimal.matches()) {
      return new ColumnType.Decimal(
          Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
    }
    return switch (upper) {
      case "TINYINT", "UTINYINT" -> new ColumnType.Whole(3);
      case "SMALLINT", "USMALLINT" -> new ColumnType.Whole(5);
      case "INTEGER", "UINTEGER" -> new ColumnType.Whole(10);
      case "BIGINT" -> new ColumnType.Whole(19);
      case "UBIGINT" -> new ColumnType.Whole(20);
      case "VARCHAR" -> new ColumnType.Text();
      case "BOOLEAN" -> new ColumnType.Truth();
      case "DATE" -> new ColumnType.Day();
      default -> new ColumnType.Other(name);
    };
  }

  /** The column for this input, if there is one. */
  public Optional<InputColumn> column(String input) {
    return Optional.ofNullable(columns.get(input));
  }

  /** All columns in their order. */
  public List<InputColumn> columns() {
    return List.copyOf(columns.values());
  }
}
