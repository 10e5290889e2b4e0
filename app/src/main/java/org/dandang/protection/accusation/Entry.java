package org.dandang.protection.accusation;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An entry that stands.
 *
 * @param ends first day on which it stands no more
 */
public record Entry(
    long id,
    long finding,
    @Nullable Long official,
    @Nullable Long outsider,
    String label,
    long unit,
    String basis,
    LocalDate listed,
    LocalDate ends,
    String clause,
    long matter) {}
