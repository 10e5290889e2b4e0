package org.dandang.platform.access;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the rules of access must know of the tree of units; the module that keeps it tells. */
public interface UnitsAbove {
  /** The unit itself, then the units above it, nearest first; empty when there is no such unit. */
  List<Long> upwards(long unit);

  /**
   * The unit somebody wrote by its code, its name or both; empty where it names none, or several.
   */
  Optional<Long> chosen(String written);

  /** The units of a collection and all that lie within them. */
  Set<Long> within(Collection<Long> units);

  /** How a unit is called. */
  Optional<String> name(long unit);
}
