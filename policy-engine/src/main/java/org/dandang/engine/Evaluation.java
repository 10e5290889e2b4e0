package org.dandang.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one decision gave for one subject.
 *
 * @param outcome as FEEL gives it; null when no rule matched or the decision failed
 * @param matched the rows that gave the outcome, in the order in which they were matched
 * @param missing inputs the decision needs that were null
 * @param problems why it failed; empty when it did not
 */
public record Evaluation(
    @Nullable Object outcome,
    List<MatchedRow> matched,
    List<String> missing,
    List<String> problems) {

  /** A matched row of the decision's own table. */
  public record MatchedRow(int number, String id) {}

  public Evaluation {
    matched = List.copyOf(matched);
    missing = List.copyOf(missing);
    problems = List.copyOf(problems);
  }

  public boolean failed() {
    return !problems.isEmpty();
  }
}
