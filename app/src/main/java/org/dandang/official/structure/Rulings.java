package org.dandang.official.structure;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dandang.policy.PolicyProblem;
import org.dandang.policy.fact.Facts;
import org.dandang.policy.pack.InForce;
import org.dandang.policy.pack.Models;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.Packs;
import org.dandang.policy.pack.PolicyVersion;
import org.dandang.policy.run.Explaining;
import org.dandang.policy.run.Outcome;
import org.dandang.policy.run.PolicyRuns;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What the packs about leading teams say of a unit: every pack of units that sees {@code
 * team-size}, so that another requirement is another folder.
 */
@Component
class Rulings {
  private static final String SIZE = "team-size";

  private final Packs packs;
  private final Facts facts;
  private final Models models;
  private final InForce inForce;
  private final Explaining explaining;
  private final PolicyRuns runs;

  Rulings(
      Packs packs,
      Facts facts,
      Models models,
      InForce inForce,
      Explaining explaining,
      PolicyRuns runs) {
    this.packs = packs;
    this.facts = facts;
    this.models = models;
    this.inForce = inForce;
    this.explaining = explaining;
    this.runs = runs;
  }

  /** In the order of the packs' names; none for packs not in force on the day. */
  List<Ruling> of(long unit, LocalDate on) {
    List<PolicyVersion> versions = new ArrayList<>();
    for (Pack pack : packs.policies()) {
      if (pack.subject().equals("unit") && pack.facts().contains(SIZE)) {
        try {
          versions.add(inForce.version(pack, on, "structure"));
        } catch (PolicyProblem notInForce) {
          continue;
        }
      }
    }
    Set<String> seen = new LinkedHashSet<>();
    for (PolicyVersion version : versions) {
      seen.addAll(version.pack().facts());
      seen.addAll(version.pack().population().keySet());
    }
    if (seen.isEmpty()) {
      return List.of();
    }
    Map<String, @Nullable Object> values = facts.of("unit", unit, List.copyOf(seen), on, null);
    return versions.stream()
        .filter(version -> speaksOf(version.pack(), values))
        .map(version -> ruling(version, values, on))
        .toList();
  }

  private static boolean speaksOf(Pack pack, Map<String, @Nullable Object> values) {
    return pack.population().entrySet().stream()
        .allMatch(
            condition ->
                condition.getValue().contains(String.valueOf(values.get(condition.getKey()))));
  }

  private Ruling ruling(PolicyVersion version, Map<String, @Nullable Object> values, LocalDate on) {
    Pack pack = version.pack();
    Map<String, @Nullable Object> own = new LinkedHashMap<>(values);
    own.keySet().retainAll(pack.facts());
    Outcome outcome = explaining.decide(version, models.of(version), own);
    String rule = outcome.rule();
    String clause = rule == null ? null : runs.clausesOf(pack, on).get(rule);
    return new Ruling(
        pack,
        outcome.outcome(),
        rule,
        clause == null ? null : pack.clauses().get(clause),
        outcome.figures());
  }
}
