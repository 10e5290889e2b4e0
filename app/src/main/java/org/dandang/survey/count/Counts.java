package org.dandang.survey.count;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The whole count.
 *
 * @param quorate whether enough took part; null where no attendance is asked for
 */
public record Counts(Turnout turnout, @Nullable Boolean quorate, List<Count> questions) {
  public Counts {
    questions = List.copyOf(questions);
  }

  public Optional<Count> find(String key) {
    return questions.stream().filter(count -> count.one().key().equals(key)).findFirst();
  }

  /** Questions whose count leaves a choice to people. */
  public List<Count> ties() {
    return questions.stream().filter(Counts::isTied).toList();
  }

  private static boolean isTied(Count count) {
    return switch (count.result()) {
      case Result.Vote vote -> vote.decision() == Result.Decision.TIED;
      case Result.People people -> !people.tied().isEmpty();
      case Result.Options options -> false;
      case Result.Steps steps -> false;
      case Result.Order order -> false;
      case Result.Said said -> false;
    };
  }

  /** All figures, by question; the key {@code turnout} holds who took part. */
  public Map<String, Map<String, String>> figures() {
    Map<String, Map<String, String>> figures = new LinkedHashMap<>();
    Map<String, String> part = new LinkedHashMap<>();
    part.put("due", Long.toString(turnout.due()));
    part.put("present", Long.toString(turnout.present()));
    part.put("spoilt", Long.toString(turnout.spoilt()));
    if (quorate != null) {
      part.put("quorum", quorate ? "met" : "not-met");
    }
    figures.put("turnout", part);
    questions.forEach(count -> figures.put(count.one().key(), count.figures()));
    return figures;
  }
}
