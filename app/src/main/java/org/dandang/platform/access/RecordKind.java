package org.dandang.platform.access;

import java.util.Optional;
import java.util.Set;

/** A kind of record, as the rules of access see it; the module that keeps such records tells. */
public interface RecordKind {
  /** As {@link Subject#kind()} names it. */
  String kind();

  /** Which roles may do what with such a record, where they have jurisdiction. */
  Set<Action> allows(Role role);

  /** Where a record belongs; empty when there is none. */
  Optional<Place> place(String id);

  /**
   * Where a record belongs and whom it is about.
   *
   * @param units those in whose subtree it lies and those that manage it; not the units above them
   * @param officials numbers of those it is about
   */
  record Place(Set<Long> units, Set<Long> officials) {}
}
