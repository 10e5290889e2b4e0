package org.dandang.policy.simulation;

import java.util.List;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.PolicyVersion;
import org.dandang.policy.run.Scope;
import org.jspecify.annotations.Nullable;

/**
 * What is asked: how everybody's results under one version would change under another, or with
 * postings that are only proposed, or both.
 *
 * @param before as it stands on the day the facts are those of
 * @param after the same day's facts under other figures or another table
 * @param slate proposed postings laid over the registers; null for what is
 * @param scope whom it counts
 * @param besides facts that the table after sees and the pack does not list
 */
public record Simulation(
    PolicyVersion before,
    PolicyVersion after,
    @Nullable Long slate,
    List<String> besides,
    Scope scope) {
  public Simulation {
    besides = List.copyOf(besides);
  }

  /** The same with proposed postings laid over the registers. */
  public Simulation with(long proposed) {
    return new Simulation(before, after, proposed, besides, scope);
  }

  public Pack pack() {
    return before.pack();
  }

  /** The figures that differ, each as it is and as it would be. */
  public List<Changed.Cause.Figure> figures() {
    return Causes.figures(before, after);
  }

  /** Whether another table is asked. */
  public boolean isOtherTable() {
    return !java.util.Arrays.equals(before.model(), after.model());
  }

  /** Whether nothing differs at all. */
  public boolean isNothing() {
    return slate == null && !isOtherTable() && figures().isEmpty();
  }
}
