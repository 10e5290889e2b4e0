package org.dandang.policy.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.dandang.engine.DecisionModel;
import org.dandang.engine.Evaluation;
import org.dandang.policy.pack.Parameter;
import org.dandang.policy.pack.PolicyVersion;
import org.jspecify.annotations.Nullable;

/**
 * Finds what made one subject's result another one: of all that differs, each thing without which
 * the new result would not have come about; where several do so only together, all of them.
 */
final class Causes {
  private final PolicyVersion before;
  private final PolicyVersion after;
  private final DecisionModel model;
  private final List<Changed.Cause.Figure> figures;
  private final boolean otherTable;

  /**
   * @param model the table after
   */
  Causes(PolicyVersion before, PolicyVersion after, DecisionModel model) {
    this.before = before;
    this.after = after;
    this.model = model;
    this.figures = figures(before, after);
    this.otherTable = !Arrays.equals(before.model(), after.model());
  }

  /** The figures that differ between two versions. */
  static List<Changed.Cause.Figure> figures(PolicyVersion before, PolicyVersion after) {
    List<Changed.Cause.Figure> figures = new ArrayList<>();
    after
        .figures()
        .forEach(
            (id, dated) ->
                dated
                    .figures()
                    .forEach(
                        (key, value) -> {
                          Parameter.Dated present = before.figures().get(id);
                          Object was = present == null ? null : present.figures().get(key);
                          if (was != null && !same(was, value)) {
                            figures.add(new Changed.Cause.Figure(id, key, was, value));
                          }
                        }));
    return figures;
  }

  List<Changed.Cause> of(
      Changed changed,
      Map<String, @Nullable Object> factsBefore,
      Map<String, @Nullable Object> factsAfter) {
    List<Changed.Cause> possible = new ArrayList<>();
    List<Changed.Cause> causes = new ArrayList<>();
    for (Changed.Cause.Figure figure : figures) {
      if (speaksOf(figure, factsAfter)) {
        possible.add(figure);
        PolicyVersion without =
            after.withFigures(Map.of(figure.parameter(), Map.of(figure.key(), figure.from())));
        if (!gives(changed.after(), without, factsAfter)) {
          causes.add(figure);
        }
      }
    }
    for (String fact : after.pack().facts()) {
      Object was = factsBefore.get(fact);
      Object is = factsAfter.get(fact);
      if (!Objects.equals(was, is)) {
        Changed.Cause.OtherFact other = new Changed.Cause.OtherFact(fact, was, is);
        possible.add(other);
        Map<String, @Nullable Object> without = new LinkedHashMap<>(factsAfter);
        without.put(fact, was);
        if (!gives(changed.after(), after, without)) {
          causes.add(other);
        }
      }
    }
    if (otherTable) {
      Changed.Cause.OtherTable other = new Changed.Cause.OtherTable(after.table().name());
      possible.add(other);
      if (causes.isEmpty()) {
        causes.add(other);
      }
    }
    return causes.isEmpty() ? possible : causes;
  }

  private boolean speaksOf(Changed.Cause.Figure figure, Map<String, @Nullable Object> facts) {
    Parameter parameter = before.pack().parameters().get(figure.parameter());
    String by = parameter == null ? null : parameter.by();
    return by == null || figure.key().equals(String.valueOf(facts.get(by)));
  }

  private boolean gives(
      Changed.Answer answer, PolicyVersion version, Map<String, @Nullable Object> facts) {
    Map<String, @Nullable Object> inputs = new LinkedHashMap<>(facts);
    inputs.putAll(version.figuresFor(facts));
    Evaluation evaluation = model.evaluate(version.pack().decision(), inputs);
    Object value = evaluation.value();
    String rule = evaluation.decided().isEmpty() ? null : evaluation.decided().getFirst().rule();
    return Objects.equals(value == null ? null : value.toString(), answer.outcome())
        && Objects.equals(rule, answer.rule());
  }

  private static boolean same(Object one, Object other) {
    return one instanceof java.math.BigDecimal left && other instanceof java.math.BigDecimal right
        ? left.compareTo(right) == 0
        : one.equals(other);
  }
}
