package org.dandang.policy.fact;

/**
 * A row of a register that a fact rests on.
 *
 * @param register schema and table: {@code official.posting}
 * @param row its number there; negative for what a slate proposes
 */
public record Source(String register, long row) {
  @Override
  public String toString() {
    return register + " " + row;
  }
}
