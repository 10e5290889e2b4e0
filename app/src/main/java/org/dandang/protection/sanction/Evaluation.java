package org.dandang.protection.sanction;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation before the end of a period.
 *
 * @param matter null where no unit is known to which it could belong
 * @param step at which it stands; null when it is over
 * @param due last day of that step; null without one
 * @param evaluatedOn null while it is open
 */
public record Evaluation(
    long id,
    long official,
    String label,
    LocalDate until,
    LocalDate openedOn,
    @Nullable Long matter,
    @Nullable String step,
    @Nullable LocalDate due,
    @Nullable LocalDate evaluatedOn,
    @Nullable String conduct) {}
