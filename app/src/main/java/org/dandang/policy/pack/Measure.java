package org.dandang.policy.pack;

import java.util.List;
import org.dandang.policy.Words;
import org.jspecify.annotations.Nullable;

/**
 * A figure a pack reports: the subjects with one of some outcomes counted, or one fact's sum over
 * another's.
 *
 * @param outcomes counted outcomes; empty for a ratio
 * @param numerator fact; null for a count
 * @param denominator fact; null for a count
 */
public record Measure(
    String id,
    Words title,
    String unit,
    List<String> outcomes,
    @Nullable String numerator,
    @Nullable String denominator) {}
