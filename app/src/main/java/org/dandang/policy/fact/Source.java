package org.dandang.policy.fact;

/**
 * A row of a register that a fact rests on.
 *
 * @param register schema and table: {@code official.posting}
 * @param row its number there; negative for what a slate proposes
 */
public record Source(String register, long row) {
  /** From how it is written. */
  static Source parse(String text) {
    int space = text.indexOf(' ');
    return new Source(text.substring(0, space), Long.parseLong(text.substring(space + 1)));
  }

  /** The schema of its module. */
  String schema() {
    String schema = register.substring(0, register.indexOf('.'));
    if (!schema.matches("[a-z]+")) {
      throw new IllegalArgumentException("not a register: " + register);
    }
    return schema;
  }

  @Override
  public String toString() {
    return register + " " + row;
  }
}
