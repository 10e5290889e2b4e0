package org.dandang.survey.count;

/** A file that is no bulletin, or holds a line that is none. */
public final class BulletinProblem extends Exception {
  private static final long serialVersionUID = 1L;

  private final long line;

  BulletinProblem(long line, String message) {
    super(message);
    this.line = line;
  }

  /** Line of the file, from 1. */
  public long line() {
    return line;
  }
}
