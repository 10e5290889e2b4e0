package org.dandang.platform.access;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the rules of access must know of the tree of units; the module that keeps it tells. */
public interface UnitsAbove {
  /** The unit itself, then the units above it, nearest first; empty when there is no such unit. */
  List<Long> upwards(long unit);

  /** Words of the levels of units, the highest first. */
  List<String> LEVELS = List.of("nation", "province", "city", "county", "township");

  /**
   * The unit itself and the units above it that are of a level or a higher one, nearest first.
   *
   * @param level one of {@link #LEVELS}
   */
  List<Long> upwardsFrom(long unit, String level);

  /**
   * The unit somebody wrote by its code, its name or both; empty where it names none, or several.
   */
  Optional<Long> chosen(String written);

  /** The units of a collection and all that lie within them. */
  Set<Long> within(Collection<Long> units);

  /** How a unit is called. */
  Optional<String> name(long unit);
}
