package org.dandang.policy.run;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dandang.engine.DecisionModel;
import org.dandang.engine.Evaluation;
import org.dandang.engine.ModelTable;
import org.dandang.policy.fact.Fact;
import org.dandang.policy.fact.Facts;
import org.dandang.policy.pack.Clause;
import org.dandang.policy.pack.InForce;
import org.dandang.policy.pack.Models;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.Parameter;
import org.dandang.policy.pack.PolicyVersion;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks a policy about one subject and gives the reasons with the answer. */
@Component
public class Explaining {
  /** How often the stride away from a present number is doubled in search of another outcome. */
  private static final int REACH = 18;

  private final Facts facts;
  private final Models models;
  private final InForce inForce;

  Explaining(Facts facts, Models models, InForce inForce) {
    this.inForce = inForce;
    this.facts = facts;
    this.models = models;
  }

  /**
   * The reasons for one subject, computed from the registers as they are now.
   *
   * @param slate proposed postings laid over the registers; null for what is
   */
  public Reasons explain(Pack pack, LocalDate asOf, long subject, @Nullable Long slate) {
    PolicyVersion version = inForce.version(pack, asOf, "explaining");
    DecisionModel model = models.of(version);
    Map<String, @Nullable Object> values =
        facts.of(pack.subject(), subject, pack.facts(), asOf, slate);
    Map<String, @Nullable Object> figures = version.figuresFor(values);
    Map<String, @Nullable Object> inputs = new LinkedHashMap<>(values);
    inputs.putAll(figures);
    Evaluation evaluation = model.evaluate(pack.decision(), inputs);
    Evaluation.@Nullable Hit matched =
        evaluation.decided().isEmpty() ? null : evaluation.decided().getFirst();
    Optional<ModelTable> table = model.table(pack.decision());
    Clause clause = null;
    if (matched != null && table.isPresent()) {
      ModelTable.Row row = table.get().row(matched.row());
      clause = pack.clauses().get(table.get().annotation(row, "clause"));
    }
    return new Reasons(
        version,
        subject,
        facts.labels(pack.subject(), List.of(subject)).getOrDefault(subject, ""),
        text(evaluation.value()),
        matched == null ? null : matched.rule(),
        matched == null ? 0 : matched.row(),
        clause,
        factsUsed(pack, values, asOf, subject, slate),
        parametersUsed(version, values, figures),
        figures(pack, model, inputs),
        evaluation.missing(),
        changes(pack, model, inputs, evaluation),
        evaluation.problems());
  }

  /** Decides on one subject's facts. */
  public Outcome decide(
      PolicyVersion version, DecisionModel model, Map<String, @Nullable Object> values) {
    Map<String, @Nullable Object> inputs = new LinkedHashMap<>(values);
    inputs.putAll(version.figuresFor(values));
    Evaluation evaluation = model.evaluate(version.pack().decision(), inputs);
    return new Outcome(
        values,
        figures(version.pack(), model, inputs),
        text(evaluation.value()),
        evaluation.decided().isEmpty() ? null : evaluation.decided().getFirst().rule());
  }

  /** The further figures a pack shows beside an outcome, for one subject's inputs. */
  static Map<String, @Nullable Object> figures(
      Pack pack, DecisionModel model, Map<String, @Nullable Object> inputs) {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    for (String figure : pack.figures()) {
      shown.put(
          figure,
          model.decisions().contains(figure)
              ? model.evaluate(figure, inputs).value()
              : inputs.get(figure));
    }
    return shown;
  }

  private List<Reasons.FactUsed> factsUsed(
      Pack pack,
      Map<String, @Nullable Object> values,
      LocalDate asOf,
      long subject,
      @Nullable Long slate) {
    return pack.facts().stream()
        .map(
            id ->
                new Reasons.FactUsed(
                    facts.catalogue().get(id),
                    values.get(id),
                    facts.evidenceCount(id, subject, asOf, slate),
                    facts.evidence(id, subject, asOf, slate)))
        .toList();
  }

  private static List<Reasons.ParameterUsed> parametersUsed(
      PolicyVersion version,
      Map<String, @Nullable Object> values,
      Map<String, @Nullable Object> figures) {
    List<Reasons.ParameterUsed> used = new ArrayList<>();
    for (Parameter parameter : version.pack().parameters().values()) {
      String clause = version.clauseOf(parameter.id(), values);
      used.add(
          new Reasons.ParameterUsed(
              parameter,
              figures.get(parameter.id()),
              clause == null ? null : version.pack().clauses().get(clause)));
    }
    return used;
  }

  /**
   * For each fact the nearest single other value that gives another outcome, in either direction.
   * For numbers the thresholds in force and steps away from the present value are tried, then the
   * boundary between is closed in on; every value named was asked of the table itself.
   */
  private List<Reasons.Change> changes(
      Pack pack, DecisionModel model, Map<String, @Nullable Object> inputs, Evaluation evaluation) {
    List<Reasons.Change> changes = new ArrayList<>();
    Set<BigDecimal> thresholds = thresholds(pack, model, inputs);
    for (String id : pack.facts()) {
      Fact fact = facts.catalogue().get(id);
      Asking asking = new Asking(model, pack.decision(), inputs, id, evaluation.value());
      switch (fact.type().kind()) {
        case BOOLEAN -> asking.tell(other(inputs.get(id)), changes);
        case STRING ->
            fact.values().stream()
                .filter(value -> !value.equals(inputs.get(id)))
                .forEach(value -> asking.tell(List.of(value), changes));
        case INTEGER, DECIMAL -> {
          BigDecimal step = BigDecimal.ONE.movePointLeft(fact.type().scale());
          if (inputs.get(id) instanceof BigDecimal present) {
            asking.tell(away(asking, present, step.negate(), thresholds), changes);
            asking.tell(away(asking, present, step, thresholds), changes);
          } else {
            asking.tell(thresholds.stream().sorted().toList(), changes);
          }
        }
        case DATE -> {}
      }
    }
    return changes;
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static List<Object> other(@Nullable Object present) {
    return present instanceof Boolean truth ? List.of(!truth) : List.of(true, false);
  }

  /** Asks what another value of one fact would give. */
  private record Asking(
      DecisionModel model,
      String decision,
      Map<String, @Nullable Object> inputs,
      String fact,
      @Nullable Object present) {
    @Nullable String outcome(Object value) {
      Map<String, @Nullable Object> other = new LinkedHashMap<>(inputs);
      other.put(fact, value);
      Evaluation changed = model.evaluate(decision, other);
      Object outcome = changed.value();
      return outcome == null || outcome.equals(present) ? null : outcome.toString();
    }

    /** Adds the first of the values that changes the outcome. */
    void tell(List<?> values, List<Reasons.Change> changes) {
      for (Object value : values) {
        String outcome = outcome(value);
        if (outcome != null) {
          changes.add(new Reasons.Change(fact, value, outcome));
          return;
        }
      }
    }
  }

  /** The nearest value in one direction that changes the outcome; empty when none is found. */
  private static List<BigDecimal> away(
      Asking asking, BigDecimal present, BigDecimal step, Set<BigDecimal> thresholds) {
    Set<BigDecimal> tried = new java.util.TreeSet<>();
    for (BigDecimal threshold : thresholds) {
      tried.addAll(List.of(threshold.subtract(step.abs()), threshold, threshold.add(step.abs())));
    }
    BigDecimal stride = step;
    for (int doubling = 0; doubling < REACH; doubling++) {
      tried.add(present.add(stride));
      stride = stride.add(stride);
    }
    List<BigDecimal> ordered =
        tried.stream()
            .filter(value -> value.signum() >= 0)
            .filter(value -> value.subtract(present).signum() == step.signum())
            .filter(value -> value.stripTrailingZeros().scale() <= Math.max(0, step.scale()))
            .sorted(java.util.Comparator.comparing(value -> value.subtract(present).abs()))
            .toList();
    BigDecimal same = present;
    for (BigDecimal value : ordered) {
      if (asking.outcome(value) != null) {
        return List.of(closedIn(asking, same, value, step));
      }
      same = value;
    }
    return List.of();
  }

  private static BigDecimal closedIn(
      Asking asking, BigDecimal same, BigDecimal changed, BigDecimal step) {
    BigDecimal near = same;
    BigDecimal far = changed;
    while (far.subtract(near).abs().compareTo(step.abs()) > 0) {
      BigDecimal steps =
          far.subtract(near)
              .divide(step, 0, java.math.RoundingMode.DOWN)
              .divideToIntegralValue(BigDecimal.TWO);
      BigDecimal middle = near.add(steps.multiply(step));
      if (asking.outcome(middle) != null) {
        far = middle;
      } else {
        near = middle;
      }
    }
    return far;
  }

  /** Every number among the parameters and the table's own cells. */
  private static Set<BigDecimal> thresholds(
      Pack pack, DecisionModel model, Map<String, @Nullable Object> inputs) {
    Set<BigDecimal> thresholds = new LinkedHashSet<>();
    for (String parameter : pack.parameters().keySet()) {
      if (inputs.get(parameter) instanceof BigDecimal number) {
        thresholds.add(number);
      }
    }
    model
        .table(pack.decision())
        .ifPresent(
            table ->
                table.rows().stream()
                    .flatMap(row -> row.tests().stream())
                    .forEach(
                        cell -> {
                          var numbers =
                              java.util.regex.Pattern.compile(
                                      "(?<![\\w-])\\d{1,9}(\\.\\d{1,4})?(?![\\w-])")
                                  .matcher(cell.replaceAll("\"[^\"]*\"", ""));
                          while (numbers.find()) {
                            thresholds.add(new BigDecimal(numbers.group()));
                          }
                        }));
    return thresholds;
  }
}
