package org.dandang.policy.run;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.dandang.engine.DecisionModel;
import org.dandang.engine.DecisionTable;
import org.dandang.engine.Evaluation;
import org.dandang.policy.fact.Fact;
import org.dandang.policy.fact.FactType;
import org.dandang.policy.fact.Facts;
import org.dandang.policy.pack.Clause;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.Parameter;
import org.dandang.policy.pack.PolicyVersion;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Asks a policy about one subject and gives the reasons with the answer. */
@Component
public class Explaining {
  /** How far around a whole number other values are tried, besides the thresholds. */
  private static final int NEAR = 60;

  private final Facts facts;

  Explaining(Facts facts) {
    this.facts = facts;
  }

  /**
   * The reasons for one subject, computed from the registers as they are now.
   *
   * @param slate proposed postings laid over the registers; null for what is
   */
  public Reasons explain(Pack pack, LocalDate asOf, long subject, @Nullable Long slate) {
    PolicyVersion version = PolicyVersion.of(pack, asOf);
    DecisionModel model = DecisionModel.read(version.table().name(), version.model());
    Map<String, @Nullable Object> values =
        facts.of(pack.subject(), subject, pack.facts(), asOf, slate);
    Map<String, @Nullable Object> figures = version.figuresFor(values);
    Map<String, @Nullable Object> inputs = new LinkedHashMap<>(values);
    inputs.putAll(figures);
    Evaluation evaluation = model.evaluate(pack.decision(), inputs);
    Evaluation.@Nullable MatchedRow matched =
        evaluation.matched().isEmpty() ? null : evaluation.matched().getFirst();
    Optional<DecisionTable> table = model.table(pack.decision());
    Clause clause = null;
    if (matched != null && table.isPresent()) {
      String number = table.get().rows().get(matched.number() - 1).annotations().get("clause");
      clause = number == null ? null : pack.clauses().get(number);
    }
    return new Reasons(
        version,
        subject,
        facts.labels(pack.subject(), List.of(subject)).getOrDefault(subject, ""),
        evaluation.outcome() == null ? null : evaluation.outcome().toString(),
        matched == null ? null : matched.id(),
        matched == null ? 0 : matched.number(),
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
        evaluation.outcome() == null ? null : evaluation.outcome().toString(),
        evaluation.matched().isEmpty() ? null : evaluation.matched().getFirst().id());
  }

  /** The further figures a pack shows beside an outcome, for one subject's inputs. */
  static Map<String, @Nullable Object> figures(
      Pack pack, DecisionModel model, Map<String, @Nullable Object> inputs) {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    for (String figure : pack.figures()) {
      shown.put(
          figure,
          model.decisions().contains(figure)
              ? model.evaluate(figure, inputs).outcome()
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
   * For each fact the nearest single other value that gives another outcome. Candidates are the
   * thresholds in force and just around them, the values a text may have, and the other truth.
   */
  private List<Reasons.Change> changes(
      Pack pack, DecisionModel model, Map<String, @Nullable Object> inputs, Evaluation evaluation) {
    List<Reasons.Change> changes = new ArrayList<>();
    Set<BigDecimal> thresholds = thresholds(pack, model, inputs);
    for (String id : pack.facts()) {
      Fact fact = facts.catalogue().get(id);
      Object present = inputs.get(id);
      for (Object candidate : candidates(fact, present, thresholds)) {
        Map<String, @Nullable Object> other = new LinkedHashMap<>(inputs);
        other.put(id, candidate);
        Evaluation changed = model.evaluate(pack.decision(), other);
        if (!changed.failed()
            && changed.outcome() != null
            && !Objects.equals(changed.outcome(), evaluation.outcome())) {
          changes.add(new Reasons.Change(id, candidate, changed.outcome().toString()));
          if (fact.type().kind() != FactType.Kind.STRING) {
            break;
          }
        }
      }
    }
    return changes;
  }

  private static List<Object> candidates(
      Fact fact, @Nullable Object present, Set<BigDecimal> thresholds) {
    return switch (fact.type().kind()) {
      case BOOLEAN -> present instanceof Boolean truth ? List.of(!truth) : List.of(true, false);
      case STRING ->
          fact.values().stream()
              .filter(value -> !value.equals(present))
              .map(v -> (Object) v)
              .toList();
      case INTEGER, DECIMAL -> {
        BigDecimal from = present instanceof BigDecimal number ? number : BigDecimal.ZERO;
        BigDecimal step = BigDecimal.ONE.movePointLeft(fact.type().scale());
        Set<BigDecimal> near = new LinkedHashSet<>();
        for (BigDecimal threshold : thresholds) {
          near.add(threshold.subtract(step));
          near.add(threshold);
          near.add(threshold.add(step));
        }
        if (fact.type().kind() == FactType.Kind.INTEGER && present != null) {
          for (int steps = 1; steps <= NEAR; steps++) {
            near.add(from.add(BigDecimal.valueOf(steps)));
            near.add(from.subtract(BigDecimal.valueOf(steps)));
          }
        }
        yield near.stream()
            .filter(value -> value.signum() >= 0)
            .filter(value -> value.stripTrailingZeros().scale() <= fact.type().scale())
            .filter(value -> present == null || value.compareTo(from) != 0)
            .sorted(java.util.Comparator.comparing(value -> value.subtract(from).abs()))
            .map(value -> (Object) value)
            .toList();
      }
      case DATE -> List.of();
    };
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
                    .flatMap(row -> row.inputs().stream())
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
