package org.dandang.engine;

/** How a place in a table is called in findings; rows and columns count from 1. */
final class Cell {
  private Cell() {}

  static String input(String table, int row, int column) {
    return table + "!row " + (row + 1) + ", input " + (column + 1);
  }

  static String output(String table, int row, int column) {
    return table + "!row " + (row + 1) + ", output " + (column + 1);
  }

  static String row(String table, int row) {
    return table + "!row " + (row + 1);
  }

  static String inputExpression(String table, int column) {
    return table + "!input " + (column + 1);
  }

  static String outputColumn(String table, int column) {
    return table + "!output " + (column + 1);
  }
}
