package org.dandang.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What evaluating a decision came to. */
public sealed interface Outcome {

  /**
   * A value: number ({@link java.math.BigDecimal}), string, boolean, date, duration, list, map of
   * named outputs, or null where no rule matched and the table has no default.
   */
  record Value(@Nullable Object value) implements Outcome {}

  /** The decision could not be made; each message says why. */
  record Failure(List<String> messages) implements Outcome {
    public Failure {
      messages = List.copyOf(messages);
    }
  }
}
