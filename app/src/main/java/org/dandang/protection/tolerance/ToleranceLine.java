package org.dandang.protection.tolerance;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A determination in the register.
 *
 * @param outcome {@code tolerate} or {@code lighter}
 * @param rule of the pack's table; null where none decided
 * @param items of its plan, and how many of them are verified
 */
public record ToleranceLine(
    long id,
    long matter,
    String pack,
    long official,
    String person,
    String unit,
    String outcome,
    @Nullable String rule,
    @Nullable String clause,
    boolean ownMotion,
    LocalDate decidedOn,
    long plan,
    int items,
    int verified,
    @Nullable LocalDate completed) {}
