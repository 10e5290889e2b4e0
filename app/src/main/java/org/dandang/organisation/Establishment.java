package org.dandang.organisation;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * How many posts of a level a unit has.
 *
 * @param postLevel code of GB/T 12407-2008
 * @param until the first day on which it no longer holds; null: still
 */
public record Establishment(
    long id,
    long unit,
    String postLevel,
    int headcount,
    LocalDate from,
    @Nullable LocalDate until,
    Document document) {}
