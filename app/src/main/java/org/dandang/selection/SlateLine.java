package org.dandang.selection;

import org.jspecify.annotations.Nullable;

/**
 * One proposed promotion as an office writes it.
 *
 * @param number its line, 1-based
 * @param official key in the register
 * @param unit code
 * @param postLevel code of GB/T 12407-2008
 */
public record SlateLine(
    int number, String official, String unit, String postLevel, @Nullable String post) {}
