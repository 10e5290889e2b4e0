package org.dandang.organisation;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All units of one day, each below its parent of that day. */
public final class UnitTree {
  private static final Long NONE = Long.MIN_VALUE;
  private static final Comparator<Unit> BY_CODE =
      Comparator.comparing(Unit::source).thenComparing(Unit::code);

  private final LocalDate on;
  private final Map<Long, Unit> units = new HashMap<>();
  private final Map<Long, List<Unit>> below = new HashMap<>();

  UnitTree(LocalDate on, List<Unit> units) {
    this.on = on;
    units.forEach(unit -> this.units.put(unit.id(), unit));
    Map<Long, Integer> children = new HashMap<>();
    for (Unit unit : units) {
      children.merge(above(unit), 1, Integer::sum);
    }
    for (Unit unit : units) {
      Long above = above(unit);
      Unit counted =
          unit.within(above.equals(NONE) ? null : above, children.getOrDefault(unit.id(), 0));
      this.units.put(unit.id(), counted);
      below.computeIfAbsent(above, key -> new ArrayList<>()).add(counted);
    }
  }

  /** A unit whose parent was not there yet stands without one. */
  private Long above(Unit unit) {
    return unit.parent() == null || !units.containsKey(unit.parent()) ? NONE : unit.parent();
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
    return sorted(NONE);
  }

  /** Units directly below, by code. */
  public List<Unit> below(long id) {
    return sorted(id);
  }

  private List<Unit> sorted(long id) {
    return below.getOrDefault(id, List.of()).stream().sorted(BY_CODE).toList();
  }
}
