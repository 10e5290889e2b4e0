package org.dandang.protection.accusation;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A finding that stands.
 *
 * @param official null for somebody who is none; then the outsider's number is given
 * @param ends first day on which it stands no more
 */
public record Finding(
    long id,
    @Nullable Long official,
    @Nullable Long outsider,
    String label,
    long unit,
    String pack,
    long matter,
    String report,
    String intent,
    String basis,
    String level,
    LocalDate starts,
    LocalDate ends,
    String clause) {}
