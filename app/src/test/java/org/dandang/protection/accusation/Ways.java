package org.dandang.protection.accusation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.dandang.platform.procedure.Flow;
import org.dandang.platform.procedure.Node;

/** Follows a drawing, a second time and without the program's own check. */
final class Ways {
  private Ways() {}

  /** Ends that can be reached from the start without passing a step. */
  static List<Node.End> around(Flow flow, String step) {
    Set<String> seen = new HashSet<>(Set.of(flow.start().id()));
    Deque<String> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      String here = open.pop();
      flow.arrows().stream()
          .filter(arrow -> arrow.from().equals(here) && !arrow.to().equals(step))
          .filter(arrow -> seen.add(arrow.to()))
          .forEach(arrow -> open.add(arrow.to()));
    }
    return flow.ends().stream().filter(end -> seen.contains(end.id())).toList();
  }
}
