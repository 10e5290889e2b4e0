package org.dandang.official.structure;

import java.util.Map;
import org.dandang.policy.pack.Clause;
import org.dandang.policy.pack.Pack;
import org.jspecify.annotations.Nullable;

/**
 * What a pack says of a team.
 *
 * @param outcome null when none
 * @param rule the matched rule; null when none
 * @param clause the one the rule cites
 * @param figures by name, as the pack shows them beside an outcome
 */
public record Ruling(
    Pack pack,
    @Nullable String outcome,
    @Nullable String rule,
    @Nullable Clause clause,
    Map<String, @Nullable Object> figures) {

  /** A figure as a reader expects it: a share as per cent. */
  public boolean isShare(String figure) {
    return figure.endsWith("-share") || figure.startsWith("least-share");
  }
}
