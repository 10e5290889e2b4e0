package org.dandang.policy.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One subject whom a change gives another outcome, or the same by another rule.
 *
 * @param causes what made it
 */
public record Changed(long subject, Answer before, Answer after, List<Cause> causes) {
  public Changed {
    causes = List.copyOf(causes);
  }

  /**
   * What a table gives: outcome, rule, and the clause the rule cites, empty where it cites none.
   */
  public record Answer(@Nullable String outcome, @Nullable String rule, String clause) {}

  /** What made a subject's outcome another one. */
  public sealed interface Cause {
    /** Another figure: {@code name} as {@link Setting#name()} writes it. */
    record Figure(String parameter, String key, Object from, Object to) implements Cause {
      /** As {@link Setting#name()} writes it. */
      public String name() {
        return Setting.name(parameter, key);
      }
    }

    /** A fact that proposed postings make another. */
    record OtherFact(String fact, @Nullable Object from, @Nullable Object to) implements Cause {}

    /** The rule of another table. */
    record OtherTable(String table) implements Cause {}
  }
}
