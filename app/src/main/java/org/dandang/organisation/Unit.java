package org.dandang.organisation;

import org.jspecify.annotations.Nullable;

/**
 * A unit of the organisation.
 *
 * @param level the level quotas speak of
 * @param hardship 0 none to 6; null when not on record
 * @param children how many units lie directly below
 */
public record Unit(
    long id,
    String code,
    String name,
    String kind,
    String level,
    @Nullable Long parent,
    @Nullable Integer hardship,
    int children) {}
