package org.dandang.protection.sanction;

import java.util.Map;
import java.util.Set;
import org.dandang.platform.procedure.DecisionRegister;
import org.dandang.platform.procedure.Entered;
import org.springframework.stereotype.Component;

/** Enters joint evaluations that both offices signed. */
@Component
class EvaluationRegister implements DecisionRegister {
  private final Evaluations evaluations;

  EvaluationRegister(Evaluations evaluations) {
    this.evaluations = evaluations;
  }

  @Override
  public String kind() {
    return "evaluation";
  }

  @Override
  public boolean adverse() {
    return false;
  }

  @Override
  public Map<String, Set<String>> fields() {
    return Map.of("conduct", Set.of("choice"), "view", Set.of("long-text", "text"));
  }

  @Override
  public void enter(Entered entered) {
    for (long official : entered.matter().officials()) {
      evaluations.enter(
          official,
          entered.matter().id(),
          entered.answer("conduct").orElseThrow(),
          entered.answer("view").orElseThrow(),
          entered.on(),
          entered.actor());
    }
  }
}
