package org.dandang.survey;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A vote somebody takes part in.
 *
 * @param step where it stands for this voter; ends the message key {@code survey.mine.}
 */
public record OwnVote(
    long id,
    String title,
    boolean secret,
    String step,
    @Nullable OffsetDateTime opensAt,
    @Nullable OffsetDateTime closesAt) {}
