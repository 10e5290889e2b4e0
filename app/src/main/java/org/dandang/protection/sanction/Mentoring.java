package org.dandang.protection.sanction;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A mentor's time with an official.
 *
 * @param to first day without; null while it lasts
 * @param until first day the official is under no period; null where none is on record
 * @param lastContact null before the first
 * @param due last day for the next contact; null when it is over
 */
public record Mentoring(
    long id,
    long official,
    String label,
    long mentor,
    String mentorLabel,
    LocalDate from,
    @Nullable LocalDate to,
    @Nullable LocalDate until,
    int contactDays,
    String clause,
    @Nullable String handOver,
    @Nullable LocalDate lastContact,
    @Nullable LocalDate due,
    int contacts) {}
