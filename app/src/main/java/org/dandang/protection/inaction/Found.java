package org.dandang.protection.inaction;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A finding with the measure it led to.
 *
 * @param severity null for stepping down
 */
public record Found(
    long id,
    long official,
    String label,
    String pack,
    String type,
    @Nullable String severity,
    String measure,
    LocalDate decidedOn,
    long matter) {}
