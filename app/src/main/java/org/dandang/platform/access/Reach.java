package org.dandang.platform.access;

import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far somebody's roles reach for one purpose: what lists are held to.
 *
 * @param everywhere whether a role is held over everything
 * @param held otherwise: the units over which a role is held
 * @param units otherwise: every unit within those over which a role is held
 * @param apart officials from whose records the account keeps away, the own one among them
 * @param closed records of the kind from which the account keeps away, as was declared
 */
public record Reach(
    boolean everywhere, Set<Long> held, Set<Long> units, Set<Long> apart, Set<Long> closed) {
  public Reach {
    held = Set.copyOf(held);
    units = Set.copyOf(units);
    apart = Set.copyOf(apart);
    closed = Set.copyOf(closed);
  }

  /**
   * Whether what belongs to a unit is within it.
   *
   * @param unit null: it belongs to everybody
   */
  public boolean holds(@Nullable Long unit) {
    return everywhere || (unit != null && units.contains(unit));
  }

  /** Whether all of them are within it; of none, only where it is everywhere. */
  public boolean holdsAll(Collection<Long> some) {
    return everywhere || (!some.isEmpty() && units.containsAll(some));
  }

  /** As SQL takes it. */
  public Long[] unitNumbers() {
    return units.toArray(Long[]::new);
  }

  /** As SQL takes it. */
  public Long[] apartNumbers() {
    return apart.toArray(Long[]::new);
  }

  /** As SQL takes it. */
  public Long[] closedNumbers() {
    return closed.toArray(Long[]::new);
  }
}
