package org.dandang.engine;

/** Thrown inside the compiler at the construct that cannot be compiled exactly. */
final class NotExact extends Exception {
  private static final long serialVersionUID = 1L;

  private final String construct;
  private final String why;

  NotExact(String construct, String why) {
    super(construct + ": " + why, null, false, false);
    this.construct = construct;
    this.why = why;
  }

  Refusal at(String cell) {
    return new Refusal(cell, construct, why);
  }
}
