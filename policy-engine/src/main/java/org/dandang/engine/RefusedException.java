package org.dandang.engine;

/**
 * Thrown inside the compiler where a construct is refused; becomes a {@link Refusal} at its cell.
 */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String construct;

  RefusedException(String construct, String why) {
    super(why, null, false, false);
    this.construct = construct;
  }

  Refusal at(String cell) {
    return new Refusal(cell, construct, String.valueOf(getMessage()));
  }
}
