package org.dandang.organisation;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All units of one day, each below its parent of that day. */
public final class UnitTree {
  private static final Long NONE = Long.MIN_VALUE;

  private final LocalDate on;
  private final Map<Long, Unit> units = new HashMap<>();
  private final Map<Long, List<Unit>> below = new HashMap<>();

  UnitTree(LocalDate on, List<Unit> units) {
    this.on = on;
    Map<Long, Integer> children = new HashMap<>();
    for (Unit unit : units) {
      children.merge(above(unit), 1, Integer::sum);
    }
    for (Unit unit : units) {
      Unit counted = unit.with(children.getOrDefault(unit.id(), 0));
      this.units.put(unit.id(), counted);
      below.computeIfAbsent(above(unit), key -> new ArrayList<>()).add(counted);
    }
  }

  private static Long above(Unit unit) {
    return unit.parent() == null ? NONE : unit.parent();
  }

  public LocalDate on() {
    return on;
  }

  public int size() {
    return units.size();
  }

  public Optional<Unit> find(long id) {
    return Optional.ofNullable(units.get(id));
  }

  /** Units without one above, by source and code. */
  public List<Unit> roots() {
    return List.copyOf(below.getOrDefault(NONE, List.of()));
  }

  /** Units directly below, by code. */
  public List<Unit> below(long id) {
    return List.copyOf(below.getOrDefault(id, List.of()));
  }
}
