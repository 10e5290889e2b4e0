package org.dandang.engine;

/**
 * A construct that is not compiled, because the compiled form would not be exactly what the
 * interpreter does.
 *
 * @param cell the decision or cell
 * @param construct the construct's name, the same for the same kind of construct everywhere
 * @param why the reason in words
 */
public record Refusal(String cell, String construct, String why) {
  @Override
  public String toString() {
    return cell + ": " + construct + ": " + why;
  }
}
