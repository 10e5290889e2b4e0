package org.dandang.protection.sanction;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A measure as it was decided, to be entered.
 *
 * @param pack whose figures say what it brings
 * @param measure word of the pack's list
 * @param decidedOn the day from which its period counts
 * @param number of the document; null where there is none
 * @param nature a word of the pack's list; null where it is not known, as motive and gravity
 * @param matter in which it was decided; null for one decided elsewhere
 * @param origin file and line it was taken from; null without one
 */
public record Decided(
    long official,
    String pack,
    String measure,
    LocalDate decidedOn,
    @Nullable String number,
    @Nullable String authority,
    @Nullable String cause,
    @Nullable String nature,
    @Nullable String motive,
    @Nullable String gravity,
    @Nullable Long matter,
    @Nullable Origin origin) {

  /**
   * Where a decision of record was read.
   *
   * @param hash SHA-256 of the file, hexadecimal
   * @param line from 1
   */
  public record Origin(String file, String hash, int line) {}
}
