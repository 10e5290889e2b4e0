package org.dandang.policy.pack;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dandang.engine.DecisionModel;
import org.dandang.engine.Evaluation;
import org.dandang.engine.InvalidModelException;
import org.dandang.policy.PolicyProblem;
import org.jspecify.annotations.Nullable;

/** Runs a pack's cases through its tables as they stood on each case's date. */
public final class PackTest {
  private PackTest() {}

  /**
   * What one case gave.
   *
   * @param rule the rule it hit; null when none
   * @param conditions rules its conditions hit on the way
   * @param findings what differs from what was expected; empty when it holds
   */
  public record CaseResult(
      Case example,
      @Nullable String outcome,
      @Nullable String rule,
      Set<String> conditions,
      List<Finding> findings) {
    public CaseResult {
      conditions = Set.copyOf(conditions);
      findings = List.copyOf(findings);
    }

    public boolean holds() {
      return findings.isEmpty();
    }
  }

  /** What each case gave; none where the pack decides nothing. */
  public static List<CaseResult> run(Pack pack) {
    if (pack.holds(Part.Proposal.class)) {
      return run(pack.asProposing());
    }
    if (!pack.holds(Part.Policy.class)) {
      return List.of();
    }
    List<CaseResult> results = new ArrayList<>();
    Map<String, DecisionModel> models = new LinkedHashMap<>();
    for (Case example : pack.cases()) {
      results.add(run(pack, example, models));
    }
    return results;
  }

  /** The cases as they would come out from a day on; those dated before it are asked on it. */
  public static List<CaseResult> run(Pack pack, LocalDate from) {
    Map<String, DecisionModel> models = new LinkedHashMap<>();
    return pack.cases().stream()
        .map(example -> run(pack, example.notBefore(from), models))
        .toList();
  }

  private static CaseResult run(Pack pack, Case example, Map<String, DecisionModel> models) {
    String file = pack.id() + "/cases.yaml";
    List<Finding> findings = new ArrayList<>();
    PolicyVersion version;
    DecisionModel model;
    try {
      version = PolicyVersion.of(pack, example.asOf());
      model =
          models.computeIfAbsent(
              version.table().name(), name -> DecisionModel.read(name, version.model()));
    } catch (PolicyProblem e) {
      findings.add(
          Finding.error(file, example.line(), example.name(), "case-not-in-force", example.asOf()));
      return new CaseResult(example, null, null, Set.of(), findings);
    } catch (InvalidModelException e) {
      findings.add(
          Finding.error(
              file, example.line(), example.name(), "model", String.valueOf(e.getMessage())));
      return new CaseResult(example, null, null, Set.of(), findings);
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>(example.given());
    values.putAll(version.figuresFor(example.given()));
    Evaluation evaluation = model.evaluate(pack.decision(), values);
    String outcome = evaluation.value() == null ? null : String.valueOf(evaluation.value());
    String rule = evaluation.decided().isEmpty() ? null : evaluation.decided().getFirst().rule();
    if (!example.outcome().equals(outcome)) {
      findings.add(
          Finding.error(
              file,
              example.line(),
              example.name(),
              "case-outcome",
              example.outcome(),
              evaluation.failed() ? evaluation.problems().getFirst() : String.valueOf(outcome)));
    }
    if (example.rule() != null && !example.rule().equals(rule)) {
      findings.add(
          Finding.error(
              file,
              example.line(),
              example.name(),
              "case-rule",
              example.rule(),
              String.valueOf(rule)));
    }
    Set<String> hit = new LinkedHashSet<>();
    Step step = pack.step();
    if (step != null) {
      for (Step.Condition condition : step.conditions()) {
        if (!model.decisions().contains(condition.decision())) {
          continue;
        }
        conditions(
            model.evaluate(condition.decision(), values), condition, example, file, hit, findings);
      }
    }
    return new CaseResult(example, outcome, rule, hit, findings);
  }

  private static void conditions(
      Evaluation evaluation,
      Step.Condition condition,
      Case example,
      String file,
      Set<String> hit,
      List<Finding> findings) {
    evaluation.decided().forEach(row -> hit.add(row.rule()));
    String expected = example.conditions().get(condition.decision());
    if (expected != null && !expected.equals(evaluation.value())) {
      findings.add(
          Finding.error(
              file,
              example.line(),
              example.name() + " [" + condition.decision() + "]",
              "case-outcome",
              expected,
              evaluation.failed()
                  ? evaluation.problems().getFirst()
                  : String.valueOf(evaluation.value())));
    }
  }
}
