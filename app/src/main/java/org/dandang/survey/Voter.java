package org.dandang.survey;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Somebody of an electorate.
 *
 * @param group id of a group of the instrument; empty: none, or one too small to be told apart
 * @param paper whether this voter votes on paper
 * @param origin how the voter came into the electorate
 * @param collected whether a token was signed for this voter
 */
public record Voter(
    long official,
    String name,
    String unit,
    String group,
    boolean paper,
    String origin,
    @Nullable OffsetDateTime recusedAt,
    @Nullable String recusedReason,
    boolean collected) {
  public boolean recused() {
    return recusedAt != null;
  }
}
