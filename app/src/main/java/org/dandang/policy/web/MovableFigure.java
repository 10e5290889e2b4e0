package org.dandang.policy.web;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A figure of a policy that a page lets be moved.
 *
 * @param name of its field, {@code set.parameter} or {@code set.parameter[key]}
 * @param unit in words; empty where there is none
 * @param present the figure in force
 * @param value what stands in the field
 * @param greatest end of the slider; null where the figure is no number
 * @param step of the slider; null where the figure is no number
 */
public record MovableFigure(
    String name,
    String title,
    String unit,
    String clause,
    Object present,
    String value,
    @Nullable BigDecimal greatest,
    @Nullable BigDecimal step) {}
