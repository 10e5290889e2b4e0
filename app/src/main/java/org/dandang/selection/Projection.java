package org.dandang.selection;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.dandang.engine.DecisionModel;
import org.dandang.policy.fact.Facts;
import org.dandang.policy.pack.Models;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.PolicyVersion;
import org.dandang.policy.run.Explaining;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What a slate would make of a policy about units: each unit's figures as they are and would be.
 */
@Component
class Projection {
  private final Facts facts;
  private final Explaining explaining;
  private final Models models;

  Projection(Facts facts, Explaining explaining, Models models) {
    this.facts = facts;
    this.models = models;
    this.explaining = explaining;
  }

  List<SlateView.Change> of(Pack pack, LocalDate asOf, long slate) {
    Map<Long, Map<String, @Nullable Object>> is =
        facts.ofAll(pack.subject(), pack.facts(), pack.population(), asOf, null);
    Map<Long, Map<String, @Nullable Object>> wouldBe =
        facts.ofAll(pack.subject(), pack.facts(), pack.population(), asOf, slate);
    Set<Long> within = facts.within(pack.subject());
    PolicyVersion version = PolicyVersion.of(pack, asOf);
    DecisionModel model = models.of(version);
    List<Long> changed =
        wouldBe.keySet().stream()
            .filter(unit -> !Objects.equals(is.get(unit), wouldBe.get(unit)))
            .filter(within::contains)
            .toList();
    Map<Long, String> names = facts.labels(pack.subject(), changed);
    List<SlateView.Change> changes = new ArrayList<>();
    for (Long unit : changed) {
      changes.add(
          new SlateView.Change(
              unit,
              names.getOrDefault(unit, ""),
              explaining.decide(version, model, Objects.requireNonNull(is.get(unit))),
              explaining.decide(version, model, Objects.requireNonNull(wouldBe.get(unit)))));
    }
    return changes;
  }
}
