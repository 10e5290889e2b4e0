package org.dandang.engine;

/**
 * Something wrong with a model, said so that its author can go there.
 *
 * @param file the model's name as given to {@link DecisionModel#read}
 * @param where the place: a decision, or a cell such as {@code front-line-priority!row 3, input 2},
 *     or a line of the file; empty when the whole file is meant
 * @param message what is wrong there
 */
public record Finding(String file, String where, String message) {

  @Override
  public String toString() {
    return where.isEmpty() ? file + ": " + message : file + ", " + where + ": " + message;
  }
}
