package org.dandang.survey;

import java.time.OffsetDateTime;
import java.util.Map;
import org.dandang.survey.count.Turnout;

/**
 * A result as it was recorded.
 *
 * @param withheld whether too few voted for anything to be shown
 * @param groups ballots of each group that may be shown
 * @param figures all figures at counting, by question
 * @param hash SHA-256 of the published ballots
 */
public record RecordedResult(
    OffsetDateTime at,
    String by,
    Turnout turnout,
    boolean withheld,
    Map<String, Long> groups,
    Map<String, Map<String, String>> figures,
    String hash) {
  public RecordedResult {
    groups = Map.copyOf(groups);
    figures = Map.copyOf(figures);
  }
}
