package org.dandang.survey;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A vote or survey.
 *
 * @param unit whose vote it is; null: everybody's
 * @param secret whether no ballot bears a name
 * @param opensAt ballots are taken from then on; null in a draft that does not say yet
 * @param closesAt and before then
 * @param scheme the instrument as it was at opening; null before
 * @param figures the figures in force at opening, as stored; null before
 * @param pool names the key of the pool; null when nobody votes in secret
 * @param endedEarly why it was closed before its time, or withdrawn
 */
public record Survey(
    long id,
    String pack,
    String title,
    @Nullable Long unit,
    boolean secret,
    State state,
    @Nullable OffsetDateTime opensAt,
    @Nullable OffsetDateTime closesAt,
    @Nullable String scheme,
    @Nullable String schemeHash,
    @Nullable String figures,
    @Nullable UUID pool,
    OffsetDateTime createdAt,
    String createdBy,
    @Nullable OffsetDateTime openedAt,
    @Nullable String openedBy,
    @Nullable OffsetDateTime closedAt,
    @Nullable String closedBy,
    @Nullable String endedEarly) {
  /** Where it stands. */
  public enum State {
    /** Being prepared; everything can change. */
    DRAFT,
    /** The electorate is fixed; ballots are taken within its hours. */
    OPEN,
    /** No more ballots; those on paper are entered. */
    CLOSED,
    COUNTED,
    WITHDRAWN;

    /** As stored and in message keys. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether ballots are taken at that moment. */
  public boolean takesBallots(Instant now) {
    return state == State.OPEN
        && opensAt != null
        && closesAt != null
        && !now.isBefore(opensAt.toInstant())
        && now.isBefore(closesAt.toInstant());
  }

  /** Whether its time is over and it is still to be closed. */
  public boolean isOver(Instant now) {
    return state == State.OPEN && closesAt != null && !now.isBefore(closesAt.toInstant());
  }
}
