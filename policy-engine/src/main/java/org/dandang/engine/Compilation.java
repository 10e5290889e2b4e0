package org.dandang.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A decision compiled for everybody, or why it cannot be compiled exactly. */
public sealed interface Compilation {

  /**
   * Exactly the decision's meaning, as SQL.
   *
   * @param row SQL expression over the inputs' columns: the 1-based number of the matched row, NULL
   *     when none matches, -1 when several match where only one may
   * @param rules what each row gives, in order
   */
  record Compiled(String decision, String row, List<Rule> rules) implements Compilation {
    public Compiled {
      rules = List.copyOf(rules);
    }
  }

  /** Every construct that has no exact plan. */
  record NotCompilable(List<Refusal> refusals) implements Compilation {
    public NotCompilable {
      refusals = List.copyOf(refusals);
    }
  }

  /**
   * A row of the compiled table.
   *
   * @param outcome literal outcome; null when the row gives none
   */
  record Rule(int number, String id, @Nullable Object outcome) {}
}
