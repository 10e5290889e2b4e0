package org.dandang.platform.access;

/**
 * A record somebody wants to do something with.
 *
 * @param kind as the ledger names it: "official", "unit", "case"
 */
public record Subject(String kind, String id) {
  public static Subject official(long number) {
    return new Subject("official", Long.toString(number));
  }

  public static Subject unit(long number) {
    return new Subject("unit", Long.toString(number));
  }
}
