package org.dandang.official.search;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a search found.
 *
 * @param count officials in all
 * @param officials of the page asked for
 * @param asOf day whose facts were searched
 * @param renewing what is being prepared; null where what was searched is up to date
 */
public record Found(
    long count, List<Official> officials, LocalDate asOf, @Nullable Renewing renewing) {
  /**
   * An official with what is known.
   *
   * @param facts by the fact's id; a missing one is null
   */
  public record Official(OfficialLine line, Map<String, @Nullable Object> facts) {}

  /**
   * Everybody is being read anew.
   *
   * @param done officials so far
   * @param total officials in all
   * @param nothingYet there is nothing older that could be searched meanwhile
   */
  public record Renewing(long done, long total, boolean nothingYet) {}
}
