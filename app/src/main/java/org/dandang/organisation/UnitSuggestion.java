package org.dandang.organisation;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A unit that may be meant.
 *
 * @param name as it is or was called
 * @param nameNow its latest name, where that is another; null otherwise
 * @param above names of the units above it, the highest first, with slashes; empty for none
 * @param closedOn null: not closed
 * @param written how the unit is written so that no other can be meant: {@code name · code}
 */
public record UnitSuggestion(
    long id,
    String code,
    String name,
    @Nullable String nameNow,
    String above,
    @Nullable LocalDate closedOn,
    String written) {
  static final String BEFORE_CODE = " · ";
}
