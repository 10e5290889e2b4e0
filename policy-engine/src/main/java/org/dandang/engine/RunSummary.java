package org.dandang.engine;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run over everybody came to.
 *
 * @param rows how many were decided
 * @param hitsPerRule how often each rule of the decision's table decided, in the order of the
 *     table, rules that never did included; empty where the decision is not a table
 * @param unmatched how many no rule matched
 * @param failed how many the decision failed for
 * @param how compiled, or interpreted and why
 */
public record RunSummary(
    long rows,
    Map<String, Long> hitsPerRule,
    long unmatched,
    long failed,
    How how,
    Duration elapsed) {
  public RunSummary {
    hitsPerRule = Collections.unmodifiableMap(new LinkedHashMap<>(hitsPerRule));
  }

  /** The way a run was made. */
  public sealed interface How {
    /** As one query. */
    record CompiledQuery() implements How {}

    /** One by one, because these constructs do not compile. */
    record Interpreted(List<Refusal> because) implements How {
      public Interpreted {
        because = List.copyOf(because);
      }
    }
  }
}
