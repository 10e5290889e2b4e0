package org.dandang.policy.pack;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says that a pack is a step of an official's path: from what is held to what it leads to, and the
 * conditions asked for. Each condition is a decision table of the pack's model whose outcomes are
 * the words of {@link OutcomeKind}; {@code not-applicable} is a condition this step does not ask.
 *
 * @param ladder what is climbed: {@code rank}, {@code post-level}; steps of a ladder stand together
 * @param from the fact that says what is held
 * @param to the parameter or decision that says what the step leads to; missing: nothing further
 */
public record Step(String ladder, String from, String to, List<Condition> conditions) {
  public Step {
    conditions = List.copyOf(conditions);
  }

  /**
   * One of the conditions.
   *
   * @param decision the table that says whether it is met
   * @param asked the parameter or decision that holds what is asked; null: the rule itself says it
   * @param has the fact or decision that holds what the record has; null: the rule itself says it
   */
  public record Condition(String decision, @Nullable String asked, @Nullable String has) {}
}
