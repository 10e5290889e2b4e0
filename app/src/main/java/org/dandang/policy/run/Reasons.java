package org.dandang.policy.run;

import java.util.List;
import java.util.Map;
import org.dandang.policy.Words;
import org.dandang.policy.fact.Evidence;
import org.dandang.policy.fact.Fact;
import org.dandang.policy.pack.Clause;
import org.dandang.policy.pack.Parameter;
import org.dandang.policy.pack.PolicyVersion;
import org.jspecify.annotations.Nullable;

/**
 * Why a policy gives one subject its outcome: the rule that matched, its clause, the facts with the
 * rows they rest on, the parameters with their clauses, and what would change the outcome.
 *
 * @param outcome null when no rule matched or the table failed; {@code problems} then says why
 * @param rule the matched rule; null when none did
 * @param row its 1-based row in the table; 0 when none matched
 * @param clause the clause the rule cites; null when none matched
 * @param figures further figures of the pack, by name
 * @param missing facts and parameters without a value
 */
public record Reasons(
    PolicyVersion version,
    long subject,
    String label,
    @Nullable String outcome,
    @Nullable String rule,
    int row,
    @Nullable Clause clause,
    List<FactUsed> facts,
    List<ParameterUsed> parameters,
    Map<String, @Nullable Object> figures,
    List<String> missing,
    List<Change> changes,
    List<String> problems) {

  /**
   * A fact with its value (null: missing) and the rows it rests on.
   *
   * @param rows how many rows in all; {@code evidence} holds the newest of them
   */
  public record FactUsed(Fact fact, @Nullable Object value, long rows, List<Evidence> evidence) {}

  /** A parameter with its figure for this subject and the clause that sets it. */
  public record ParameterUsed(
      Parameter parameter, @Nullable Object figure, @Nullable Clause clause) {}

  /** A single other value of one fact that would give another outcome. */
  public record Change(String fact, @Nullable Object value, @Nullable String outcome) {}

  /** The title of one of the facts used. */
  public Words titleOf(String fact) {
    return facts.stream()
        .filter(used -> used.fact().id().equals(fact))
        .map(used -> used.fact().title())
        .findFirst()
        .orElseThrow();
  }
}
