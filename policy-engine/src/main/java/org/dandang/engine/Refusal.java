package org.dandang.engine;

/**
 * Why a decision does not compile exactly.
 *
 * @param cell {@code decision!row 3, column 2}
 * @param construct what stands there, in FEEL or DMN's words
 * @param why why it cannot be compiled exactly
 */
public record Refusal(String cell, String construct, String why) {
  @Override
  public String toString() {
    return cell + ": " + construct + ": " + why;
  }
}
