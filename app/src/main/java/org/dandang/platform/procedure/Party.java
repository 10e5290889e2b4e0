package org.dandang.platform.procedure;

/**
 * Whom a matter is about.
 *
 * @param kind {@code official}, {@code unit}, or {@code outsider} for somebody who is no official
 */
public record Party(String kind, long subject) {
  public static Party official(long number) {
    return new Party("official", number);
  }

  /** Whether it is somebody without an own record: whoever began the matter answers on paper. */
  public boolean isOutsider() {
    return kind.equals("outsider");
  }

  public boolean isOfficial() {
    return kind.equals("official");
  }
}
