package org.dandang.policy.step;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.dandang.engine.DecisionModel;
import org.dandang.engine.Evaluation;
import org.dandang.engine.ModelInput;
import org.dandang.engine.ModelTable;
import org.dandang.policy.PolicyProblem;
import org.dandang.policy.fact.Evidence;
import org.dandang.policy.fact.Fact;
import org.dandang.policy.fact.Facts;
import org.dandang.policy.fact.Source;
import org.dandang.policy.pack.Clause;
import org.dandang.policy.pack.InForce;
import org.dandang.policy.pack.Models;
import org.dandang.policy.pack.OutcomeKind;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.Packs;
import org.dandang.policy.pack.Parameter;
import org.dandang.policy.pack.PolicyVersion;
import org.dandang.policy.pack.Step;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What the next steps ask of an official: every pack that is a step and speaks of the official, so
 * that another locality's step is another folder.
 */
@Component
public class Steps {
  /** How many register rows of a fact are shown at most. */
  private static final int SHOWN = 40;

  private final Packs packs;
  private final Facts facts;
  private final Models models;
  private final InForce inForce;

  Steps(Packs packs, Facts facts, Models models, InForce inForce) {
    this.packs = packs;
    this.facts = facts;
    this.models = models;
    this.inForce = inForce;
  }

  /** A step in force on the day, with what it has to know. */
  private record Asked(PolicyVersion version, Step step, DecisionModel model) {
    Pack pack() {
      return version.pack();
    }
  }

  /**
   * The steps that speak of an official, in the order of the packs' names; none for packs not in
   * force on the day.
   *
   * @throws IllegalArgumentException when there is no such official
   */
  public List<StepStanding> of(long official, LocalDate day) {
    return of(official, day, true);
  }

  /** The same without the days since when or from when on conditions are met: one question. */
  public List<StepStanding> inShort(long official, LocalDate day) {
    return of(official, day, false);
  }

  private List<StepStanding> of(long official, LocalDate day, boolean days) {
    List<Asked> asked = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    for (Pack pack : packs.all()) {
      Step step = pack.step();
      if (step != null && pack.subject().equals("official")) {
        try {
          PolicyVersion version = inForce.version(pack, day, "path");
          asked.add(new Asked(version, step, models.of(version)));
          seen.addAll(pack.facts());
          seen.addAll(pack.population().keySet());
        } catch (PolicyProblem notInForce) {
          continue;
        }
      }
    }
    if (asked.isEmpty()) {
      return List.of();
    }
    Facts.Sourced sourced = facts.sourced("official", official, List.copyOf(seen), day, null);
    List<Asked> speaking =
        asked.stream().filter(each -> speaksOf(each.pack(), sourced.values())).toList();
    Map<Source, Evidence> rows = facts.rows(shown(sourced.sources().values()));
    return speaking.stream()
        .map(each -> standing(each, official, day, days, sourced, rows))
        .toList();
  }

  private static Set<Source> shown(Collection<List<Source>> all) {
    Set<Source> shown = new LinkedHashSet<>();
    all.forEach(sources -> shown.addAll(newest(sources)));
    return shown;
  }

  private static List<Source> newest(List<Source> sources) {
    return sources.subList(Math.max(0, sources.size() - SHOWN), sources.size());
  }

  private static boolean speaksOf(Pack pack, Map<String, @Nullable Object> values) {
    return pack.population().entrySet().stream()
        .allMatch(
            condition ->
                condition.getValue().contains(String.valueOf(values.get(condition.getKey()))));
  }

  private StepStanding standing(
      Asked asked,
      long official,
      LocalDate day,
      boolean days,
      Facts.Sourced sourced,
      Map<Source, Evidence> rows) {
    Pack pack = asked.pack();
    Step step = asked.step();
    Map<String, @Nullable Object> values = new LinkedHashMap<>(sourced.values());
    values.keySet().retainAll(pack.facts());
    Map<String, @Nullable Object> inputs = new LinkedHashMap<>(values);
    inputs.putAll(asked.version().figuresFor(values));
    Evaluation whole = asked.model().evaluate(pack.decision(), inputs);
    Object to = value(asked.model(), step.to(), inputs);
    Map<String, Evaluation> tables = new LinkedHashMap<>();
    if (to != null) {
      for (Step.Condition condition : step.conditions()) {
        Evaluation evaluation = asked.model().evaluate(condition.decision(), inputs);
        if (status(evaluation) != OutcomeKind.NOT_APPLICABLE) {
          tables.put(condition.decision(), evaluation);
        }
      }
    }
    Map<String, Since> since =
        days && to != null
            ? new SinceWhen(facts, models, asked.version(), step, official, day).of(tables, to)
            : Map.of();
    List<ConditionStanding> conditions = new ArrayList<>();
    for (Step.Condition condition : step.conditions()) {
      Evaluation evaluation = tables.get(condition.decision());
      if (evaluation != null) {
        conditions.add(
            condition(
                asked,
                condition,
                evaluation,
                inputs,
                sourced,
                rows,
                since.getOrDefault(condition.decision(), new Since.NotAsked())));
      }
    }
    return new StepStanding(
        asked.version(),
        inputs.get(step.from()),
        to,
        whole.value() == null ? null : whole.value().toString(),
        whole.decided().isEmpty() ? null : whole.decided().getFirst().rule(),
        clause(asked, pack.decision(), whole),
        conditions,
        allMetOn(conditions, day),
        whole.problems());
  }

  /**
   * The last of the days that time brings; null where there are no conditions or time is no help.
   */
  private static @Nullable LocalDate allMetOn(List<ConditionStanding> conditions, LocalDate day) {
    LocalDate last = conditions.isEmpty() ? null : day;
    for (ConditionStanding condition : conditions) {
      switch (condition.since()) {
        case Since.Met met -> {}
        case Since.Coming coming ->
            last = last == null || coming.day().isAfter(last) ? coming.day() : last;
        case Since.NotByTimeAlone not -> {
          return null;
        }
        case Since.NotAsked not -> {
          return null;
        }
      }
    }
    return last;
  }

  private ConditionStanding condition(
      Asked asked,
      Step.Condition condition,
      Evaluation evaluation,
      Map<String, @Nullable Object> inputs,
      Facts.Sourced sourced,
      Map<Source, Evidence> rows,
      Since since) {
    Pack pack = asked.pack();
    String figure = condition.asked();
    Parameter parameter = figure == null ? null : pack.parameters().get(figure);
    String figureClause =
        parameter == null ? null : asked.version().clauseOf(parameter.id(), sourced.values());
    String has = condition.has();
    Fact fact = has == null ? null : facts.catalogue().find(has).orElse(null);
    String unit =
        parameter != null
            ? parameter.unit()
            : fact == null || fact.unit() == null ? "" : Objects.requireNonNull(fact.unit());
    return new ConditionStanding(
        condition.decision(),
        status(evaluation),
        evaluation.decided().isEmpty() ? null : evaluation.decided().getFirst().rule(),
        figure == null ? null : value(asked.model(), figure, inputs),
        figureClause == null ? null : pack.clauses().get(figureClause),
        has == null ? null : value(asked.model(), has, inputs),
        unit,
        clause(asked, condition.decision(), evaluation),
        since,
        seen(asked, condition.decision(), sourced, rows));
  }

  /** The facts a table depends on, with the rows they rest on. */
  private List<ConditionStanding.Seen> seen(
      Asked asked, String decision, Facts.Sourced sourced, Map<Source, Evidence> rows) {
    List<ConditionStanding.Seen> seen = new ArrayList<>();
    for (ModelInput input : asked.model().inputs(decision)) {
      if (asked.pack().facts().contains(input.name())) {
        List<Source> sources = sourced.sources().getOrDefault(input.name(), List.of());
        seen.add(
            new ConditionStanding.Seen(
                facts.catalogue().get(input.name()),
                sourced.values().get(input.name()),
                sources.size(),
                newest(sources).reversed().stream()
                    .map(rows::get)
                    .filter(Objects::nonNull)
                    .toList()));
      }
    }
    return seen;
  }

  private static @Nullable Object value(
      DecisionModel model, String name, Map<String, @Nullable Object> inputs) {
    return model.decisions().contains(name)
        ? model.evaluate(name, inputs).value()
        : inputs.get(name);
  }

  static @Nullable OutcomeKind status(Evaluation evaluation) {
    return evaluation.value() == null
        ? null
        : OutcomeKind.of(evaluation.value().toString()).orElse(null);
  }

  private static @Nullable Clause clause(Asked asked, String decision, Evaluation evaluation) {
    ModelTable table = asked.model().table(decision).orElse(null);
    if (table == null || evaluation.decided().isEmpty()) {
      return null;
    }
    ModelTable.Row row = table.row(evaluation.decided().getFirst().row());
    return asked.pack().clauses().get(table.annotation(row, "clause"));
  }
}
