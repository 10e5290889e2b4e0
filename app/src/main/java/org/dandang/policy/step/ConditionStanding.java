package org.dandang.policy.step;

import java.util.List;
import org.dandang.policy.fact.Evidence;
import org.dandang.policy.fact.Fact;
import org.dandang.policy.pack.Clause;
import org.dandang.policy.pack.OutcomeKind;
import org.jspecify.annotations.Nullable;

/**
 * How one condition of a step stands on a day.
 *
 * @param id the table that decides, as messages name it: {@code condition.<id>}
 * @param status null where the table gave nothing; people then decide
 * @param rule the row that matched; null where none did
 * @param asked the figure of the day; null where the rule itself says what is asked
 * @param figureClause the clause that sets the figure; null where there is none
 * @param has what the record has; null where it has nothing or the rule itself says it
 * @param unit unit of {@code asked} and {@code has}; empty where there is none
 * @param clause the clause of the matched rule; null where none matched
 */
public record ConditionStanding(
    String id,
    @Nullable OutcomeKind status,
    @Nullable String rule,
    @Nullable Object asked,
    @Nullable Clause figureClause,
    @Nullable Object has,
    String unit,
    @Nullable Clause clause,
    Since since,
    List<Seen> facts) {
  public ConditionStanding {
    facts = List.copyOf(facts);
  }

  /**
   * A fact the condition rests on.
   *
   * @param value null: missing
   * @param count how many register rows in all; {@code rows} holds some of them
   */
  public record Seen(Fact fact, @Nullable Object value, int count, List<Evidence> rows) {
    public Seen {
      rows = List.copyOf(rows);
    }
  }

  /** Whether it is met. */
  public boolean met() {
    return status == OutcomeKind.MET;
  }
}
