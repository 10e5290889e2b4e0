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
}
