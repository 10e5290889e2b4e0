package org.dandang.official.form;

import java.util.Optional;

/** The names of units the register knows, to be found at the beginning of what a person did. */
@FunctionalInterface
public interface UnitNames {
  /** Nothing is known. */
  UnitNames NONE = text -> Optional.empty();

  /**
   * @param id of the unit
   * @param end where its name ends in the text
   */
  record Found(long id, int end) {}

  /**
   * The unit a text begins with. The names of units it lies within may stand before its own; a name
   * that several units bear is not found without them.
   */
  Optional<Found> at(String text);
}
