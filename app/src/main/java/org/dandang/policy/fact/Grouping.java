package org.dandang.policy.fact;

import java.util.List;

/**
 * A fact by which comparisons group subjects: the header of its file says {@code group}, and for
 * numbers {@code bands}.
 *
 * @param order groupings are shown from small to large
 * @param bands where the second band and each later one begins; empty to group by the value itself
 */
public record Grouping(Fact fact, int order, List<Integer> bands) {
  public Grouping {
    bands = List.copyOf(bands);
  }
}
