package org.dandang.protection.sanction;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A measure on record.
 *
 * @param label of the official; the number where the reader does not see the name
 * @param until first day without its longest effect but the years without awards, together with
 *     what was left before it; null where it has none or was revoked
 * @param state as of the day asked
 */
public record Sanction(
    long id,
    long official,
    String label,
    String family,
    String measure,
    String pack,
    LocalDate decidedOn,
    @Nullable String number,
    @Nullable String authority,
    @Nullable String cause,
    @Nullable String nature,
    @Nullable String motive,
    @Nullable String gravity,
    @Nullable Long matter,
    @Nullable String file,
    @Nullable Integer line,
    OffsetDateTime recordedAt,
    String recordedBy,
    @Nullable LocalDate revokedOn,
    @Nullable String revokedGround,
    @Nullable String restored,
    @Nullable String clearingScope,
    @Nullable LocalDate clearingDueOn,
    @Nullable LocalDate clearedOn,
    @Nullable LocalDate until,
    State state,
    List<Effect> effects) {
  public Sanction {
    effects = List.copyOf(effects);
  }

  Sanction with(List<Effect> others) {
    return new Sanction(
        id,
        official,
        label,
        family,
        measure,
        pack,
        decidedOn,
        number,
        authority,
        cause,
        nature,
        motive,
        gravity,
        matter,
        file,
        line,
        recordedAt,
        recordedBy,
        revokedOn,
        revokedGround,
        restored,
        clearingScope,
        clearingDueOn,
        clearedOn,
        until,
        state,
        others);
  }

  /** How a measure stands on a day. */
  public enum State {
    RUNNING,
    LAPSED,
    REVOKED,
    /** It has no period: dismissal. */
    LASTING;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
