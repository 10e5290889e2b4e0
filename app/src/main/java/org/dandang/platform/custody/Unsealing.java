package org.dandang.platform.custody;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request to open a sealed record.
 *
 * @param kind what was sealed: {@code reporter}
 * @param threshold how many custodians have to consent
 * @param expiresAt after which nothing is shown any more
 */
public record Unsealing(
    long id,
    UUID record,
    String kind,
    int threshold,
    long askedBy,
    String asker,
    OffsetDateTime askedAt,
    String motive,
    OffsetDateTime expiresAt,
    List<Consent> consents,
    @Nullable Refusal refusal) {

  /** A custodian's consent, with the reason. */
  public record Consent(String custodian, long account, OffsetDateTime at, String reason) {}

  /** A custodian's refusal; it ends the request. */
  public record Refusal(String custodian, OffsetDateTime at, String reason) {}

  /** Where a request stands. */
  public enum State {
    /** Custodians have to consent. */
    ASKED,
    /** The asker may read until it expires. */
    CONSENTED,
    REFUSED,
    EXPIRED
  }

  public State state(OffsetDateTime now) {
    if (refusal != null) {
      return State.REFUSED;
    }
    if (!now.isBefore(expiresAt)) {
      return State.EXPIRED;
    }
    return consents.size() >= threshold ? State.CONSENTED : State.ASKED;
  }

  public boolean consentedBy(long account) {
    return consents.stream().anyMatch(consent -> consent.account() == account);
  }
}
