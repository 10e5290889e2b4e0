package org.dandang.platform.procedure;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A form as it was filled in.
 *
 * @param step number of the step it belongs to; null for the one the matter began with
 * @param subjects numbers of what the answers to fields on record named when it was signed
 * @param hash of what was signed; null while it is a draft
 */
public record Paper(
    long id,
    @Nullable Long step,
    String form,
    Map<String, String> answers,
    Map<String, Long> subjects,
    long savedBy,
    OffsetDateTime savedAt,
    @Nullable String hash,
    @Nullable String signedName,
    @Nullable OffsetDateTime signedAt,
    List<Attached> documents) {
  public boolean isSigned() {
    return hash != null;
  }
}
