package org.dandang.survey.count;

import java.util.LinkedHashMap;
import java.util.Map;
import org.dandang.survey.instrument.Asked;

/**
 * The count of one question.
 *
 * @param answered ballots with an answer to it
 * @param blank ballots without one
 */
public record Count(Asked.One one, long answered, long blank, Result result) {
  /** The figures by short names, in a fixed order: what is stored, compared and expected of. */
  public Map<String, String> figures() {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("answered", Long.toString(answered));
    figures.put("blank", Long.toString(blank));
    switch (result) {
      case Result.Options options -> {
        options.options().forEach(o -> figures.put(o.option().id(), Long.toString(o.votes())));
        figures.put("positive", Long.toString(options.positive()));
        figures.put("negative", Long.toString(options.negative()));
      }
      case Result.Steps steps -> {
        steps.steps().forEach(s -> figures.put(s.step() + "", Long.toString(s.votes())));
        figures.put("mean", steps.mean() == null ? "" : steps.mean().toPlainString());
      }
      case Result.Order order ->
          order
              .items()
              .forEach(
                  item ->
                      figures.put(
                          item.item() + " " + item.text(),
                          item.points() + "/" + item.first() + "/" + item.ranked()));
      case Result.People people -> {
        people.people().forEach(p -> figures.put(p.name(), Long.toString(p.votes())));
        figures.put("through", String.join(", ", people.through()));
        figures.put("tied", String.join(", ", people.tied()));
      }
      case Result.Vote vote -> {
        figures.put("for", Long.toString(vote.forIt()));
        figures.put("against", Long.toString(vote.against()));
        figures.put("abstain", Long.toString(vote.abstaining()));
        if (vote.decision() != null) {
          figures.put("whole", Long.toString(vote.whole()));
          figures.put("outcome", vote.decision().word());
        }
      }
      case Result.Said said -> figures.put("texts", Integer.toString(said.texts().size()));
    }
    return figures;
  }
}
