package org.dandang.official.structure;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whom the structure is of, on which day. */
public record Scope(long unit, Extent extent, LocalDate on) {
  /** How far it reaches. */
  public enum Extent {
    /** Those with a leading post in the unit itself (GB/T 12407-2008: 101 to 142). */
    TEAM,
    /** Everybody in the unit itself. */
    UNIT,
    /** Everybody in the unit and in what lies within it. */
    SUBTREE;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Extent> of(String word) {
      return Arrays.stream(values()).filter(extent -> extent.word().equals(word)).findFirst();
    }
  }

  /** The part of an address that says it. */
  public String query() {
    return "?scope=" + extent.word() + "&on=" + on;
  }
}
