package org.dandang.protection.inaction;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** How many findings by kind (rows) and measure (columns). */
public record Matrix(List<String> measures, Map<String, Map<String, Long>> rows) {
  static Matrix of(List<Counted> counted) {
    TreeSet<String> measures = new TreeSet<>();
    Map<String, Map<String, Long>> rows = new LinkedHashMap<>();
    for (Counted one : counted) {
      measures.add(one.measure());
      rows.computeIfAbsent(one.type(), type -> new LinkedHashMap<>())
          .merge(one.measure(), one.count(), Long::sum);
    }
    return new Matrix(List.copyOf(measures), rows);
  }

  /** How many of a kind led to a measure. */
  public long of(String type, String measure) {
    return rows.getOrDefault(type, Map.of()).getOrDefault(measure, 0L);
  }

  /** How many of a kind. */
  public long ofType(String type) {
    return rows.getOrDefault(type, Map.of()).values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many led to a measure. */
  public long ofMeasure(String measure) {
    return rows.keySet().stream().mapToLong(type -> of(type, measure)).sum();
  }

  /** All of them. */
  public long all() {
    return rows.keySet().stream().mapToLong(this::ofType).sum();
  }
}
