package org.dandang.policy.fact;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A register row a fact rests on, and where the row came from.
 *
 * @param until first day no longer covered; null while open or where it means nothing
 * @param file the file it was taken from; null when it was entered or proposed
 */
public record Evidence(
    String register,
    long row,
    @Nullable LocalDate since,
    @Nullable LocalDate until,
    String words,
    @Nullable Long importId,
    @Nullable String file,
    @Nullable Integer line,
    OffsetDateTime recordedAt,
    String recordedBy) {}
