package org.dandang.organisation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A unit of the organisation, as it is described on some day.
 *
 * @param level the level quotas speak of
 * @param hardship 0 none to 6; null when not on record
 * @param altitudeZone 0 none to 6; null when not on record
 * @param children how many units lie directly below on that day
 */
public record Unit(
    long id,
    String source,
    String code,
    String name,
    String kind,
    String level,
    @Nullable Long parent,
    @Nullable Integer hardship,
    @Nullable Integer altitudeZone,
    int children) {
  public static final List<String> KINDS =
      List.of(
          "province",
          "prefecture",
          "county",
          "township",
          "department",
          "enterprise",
          "school",
          "police",
          "other");

  public static final List<String> LEVELS =
      List.of(
          "province", "city", "county", "township", "city-department", "county-department", "none");

  Unit within(@Nullable Long above, int counted) {
    return new Unit(id, source, code, name, kind, level, above, hardship, altitudeZone, counted);
  }
}
