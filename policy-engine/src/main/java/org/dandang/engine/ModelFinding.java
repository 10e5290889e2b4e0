package org.dandang.engine;

/**
 * Something wrong with, or worth saying about, a model.
 *
 * @param where decision, and cell where there is one: {@code grade!row 3, column 2}
 */
public record ModelFinding(String where, String message) {
  @Override
  public String toString() {
    return where.isEmpty() ? message : where + ": " + message;
  }
}
