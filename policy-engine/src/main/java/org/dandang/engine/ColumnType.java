package org.dandang.engine;

import java.util.List;

/** The type of a column that holds an input, in the terms that decide what compiles exactly. */
public sealed interface ColumnType {

  /** An integer type of at most this many decimal digits. */
  record Whole(int digits) implements ColumnType {}

  /** {@code DECIMAL(precision, scale)}. */
  record Decimal(int precision, int scale) implements ColumnType {}

  /** Text of any kind. */
  record Text() implements ColumnType {}

  /** An enumerated type with these values: compared by number, and faster for it. */
  record Enumerated(List<String> values) implements ColumnType {
    public Enumerated {
      values = List.copyOf(values);
    }
  }

  /** true, false. */
  record Truth() implements ColumnType {}

  /** A day of the calendar, without time. */
  record Day() implements ColumnType {}

  /** Any other type, which no compiled expression can use. */
  record Other(String name) implements ColumnType {}

  /** The DuckDB type that holds it. */
  default String duckDb() {
    return switch (this) {
      case Whole w ->
          w.digits() <= 3
              ? "SMALLINT"
              : w.digits() <= 5 ? "INTEGER" : w.digits() <= 18 ? "BIGINT" : "HUGEINT";
      case Decimal d -> "DECIMAL(" + d.precision() + "," + d.scale() + ")";
      case Text t -> "VARCHAR";
      case Enumerated e ->
          "ENUM(" + String.join(", ", e.values().stream().map(DuckDbSql::quoted).toList()) + ")";
      case Truth t -> "BOOLEAN";
      case Day d -> "DATE";
      case Other o -> o.name();
    };
  }
}
