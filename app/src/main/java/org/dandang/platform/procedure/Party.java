package org.dandang.platform.procedure;

/**
 * Whom a matter is about.
 *
 * @param kind {@code official} or {@code unit}
 */
public record Party(String kind, long subject) {
  public static Party official(long number) {
    return new Party("official", number);
  }

  public boolean isOfficial() {
    return kind.equals("official");
  }
}
