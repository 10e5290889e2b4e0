package org.dandang.organisation;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a unit was from a day until the day before another.
 *
 * @param from null: since before the records
 * @param until null: still
 * @param parent null: none above
 * @param parentName as it was named when this began
 * @param begunBy what made it so; null: first recorded so
 */
public record UnitDescription(
    @Nullable LocalDate from,
    @Nullable LocalDate until,
    String name,
    String kind,
    String level,
    @Nullable Long parent,
    @Nullable String parentName,
    @Nullable Integer hardship,
    @Nullable Integer altitudeZone,
    @Nullable Reorganisation begunBy) {}
