package org.dandang.organisation;

import org.jspecify.annotations.Nullable;

/**
 * A unit to be founded.
 *
 * @param source the register whose codes it belongs to
 * @param code not yet used in that register
 * @param parent null for one without a unit above
 * @param hardship 0 none to 6; null when not on record
 * @param altitudeZone 0 none to 6; null when not on record
 */
public record NewUnit(
    String source,
    String code,
    String name,
    String kind,
    String level,
    @Nullable Long parent,
    @Nullable Integer hardship,
    @Nullable Integer altitudeZone) {

  /**
   * @throws OrganisationProblem {@code no-code}, {@code no-name}, {@code unknown-kind}, {@code
   *     unknown-level} or {@code not-a-class}
   */
  public NewUnit {
    code = code.strip();
    name = name.strip();
    if (code.isEmpty() || code.length() > 100) {
      throw new OrganisationProblem("no-code");
    }
    checkName(name);
    if (!Unit.KINDS.contains(kind)) {
      throw new OrganisationProblem("unknown-kind", kind);
    }
    if (!Unit.LEVELS.contains(level)) {
      throw new OrganisationProblem("unknown-level", level);
    }
    checkClass(hardship);
    checkClass(altitudeZone);
  }

  static void checkName(String name) {
    if (name.isBlank() || name.length() > 500) {
      throw new OrganisationProblem("no-name");
    }
  }

  private static void checkClass(@Nullable Integer value) {
    if (value != null && (value < 0 || value > 6)) {
      throw new OrganisationProblem("not-a-class", value);
    }
  }
}
