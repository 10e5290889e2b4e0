package org.dandang.policy.simulation;

import java.util.List;
import java.util.Map;
import org.dandang.policy.fact.Grouping;
import org.dandang.policy.pack.PolicyVersion;
import org.jspecify.annotations.Nullable;

/**
 * Everybody's results before and after a change, counted.
 *
 * @param subjects how many are compared
 * @param interpreted whether the table with the change does not compile and was asked one by one
 */
public record Comparison(
    PolicyVersion before,
    PolicyVersion after,
    long subjects,
    boolean interpreted,
    List<OutcomeCount> outcomes,
    List<RuleCount> rules,
    List<Transition> transitions,
    List<Grouped> groupings) {
  public Comparison {
    outcomes = List.copyOf(outcomes);
    rules = List.copyOf(rules);
    transitions = List.copyOf(transitions);
    groupings = List.copyOf(groupings);
  }

  /**
   * @param outcome null: no outcome
   */
  public record OutcomeCount(@Nullable String outcome, long before, long after) {}

  /**
   * How many one rule decided.
   *
   * @param rule null: no rule matched
   * @param clauseBefore the clause it cites in the table before; empty where it cites none
   */
  public record RuleCount(
      @Nullable String rule,
      @Nullable String outcome,
      String clauseBefore,
      String clauseAfter,
      long before,
      long after) {}

  /**
   * How many have one outcome before and one after.
   *
   * @param byAnotherRule those of them whom another rule decides
   */
  public record Transition(
      @Nullable String from, @Nullable String to, long subjects, long byAnotherRule) {
    /** Whether the outcome is another. */
    public boolean changes() {
      return !java.util.Objects.equals(from, to);
    }
  }

  /** The shares of the groups by one fact. */
  public record Grouped(Grouping by, List<Group> groups) {
    public Grouped {
      groups = List.copyOf(groups);
    }
  }

  /**
   * One group.
   *
   * @param value the fact's value, or the number of the band from 0; null where it is missing
   * @param shares null where the group is withheld
   */
  public record Group(@Nullable String value, @Nullable Shares shares) {}

  /** A group's people and their outcomes. */
  public record Shares(
      long people,
      Map<String, Long> outcomesBefore,
      Map<String, Long> outcomesAfter,
      Fairness.Rate before,
      Fairness.Rate after) {}

  /** How many have another outcome after the change. */
  public long changed() {
    return transitions.stream().filter(Transition::changes).mapToLong(Transition::subjects).sum();
  }
}
