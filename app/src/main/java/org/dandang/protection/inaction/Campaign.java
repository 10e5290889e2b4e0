package org.dandang.protection.inaction;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A campaign.
 *
 * @param ends last day planned, itself meant; null: open
 * @param closed null while findings can be put forward
 */
public record Campaign(
    long id,
    String pack,
    String title,
    long unit,
    LocalDate starts,
    @Nullable LocalDate ends,
    @Nullable LocalDate closed,
    long handled) {}
