package org.dandang.policy.step;

import java.time.LocalDate;
import java.util.List;
import org.dandang.policy.pack.Clause;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.PolicyVersion;
import org.jspecify.annotations.Nullable;

/**
 * How somebody stands before the next step of a ladder on a day. It says what the rules ask and
 * what the registers have, never what will be decided.
 *
 * @param from what is held; null: not on record
 * @param to what the step leads to; null: there is nothing further, or it is not known
 * @param outcome of the pack's decision; null where it gave none
 * @param rule the row that matched; null where none did
 * @param conditions those this step asks; empty where there is no further step
 * @param allMetOn the first day on which every condition is met as the registers stand: the day
 *     asked where all are; null where time alone does not bring it
 * @param problems why the decision could not be made; empty where it was
 */
public record StepStanding(
    PolicyVersion version,
    @Nullable Object from,
    @Nullable Object to,
    @Nullable String outcome,
    @Nullable String rule,
    @Nullable Clause clause,
    List<ConditionStanding> conditions,
    @Nullable LocalDate allMetOn,
    List<String> problems) {
  public StepStanding {
    conditions = List.copyOf(conditions);
    problems = List.copyOf(problems);
  }

  public Pack pack() {
    return version.pack();
  }

  /** How many of the conditions are met. */
  public long met() {
    return conditions.stream().filter(ConditionStanding::met).count();
  }
}
