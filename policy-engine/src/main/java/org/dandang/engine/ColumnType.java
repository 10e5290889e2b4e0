package org.dandang.engine;

/**
 * The declared type of an input's column: what the compiler may rely on.
 *
 * @param precision digits of a number in all; 0 for what is no number
 * @param scale digits after the point
 * @param nullable whether the value may be missing
 */
public record ColumnType(FeelType type, int precision, int scale, boolean nullable) {
  /** A whole number of at most nine digits and a sign, stored as INTEGER. */
  public static ColumnType integer(boolean nullable) {
    return new ColumnType(FeelType.NUMBER, 10, 0, nullable);
  }

  /** A number with a fixed number of digits after the point. */
  public static ColumnType decimal(int precision, int scale, boolean nullable) {
    return new ColumnType(FeelType.NUMBER, precision, scale, nullable);
  }

  public static ColumnType of(FeelType type, boolean nullable) {
    return new ColumnType(type, 0, 0, nullable);
  }
}
