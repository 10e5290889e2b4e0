package org.dandang.protection.sanction;

import org.dandang.platform.procedure.DecisionRegister;
import org.dandang.platform.procedure.Entered;
import org.dandang.platform.storage.Sights;
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
  public void begins(Entered begun) {
    Sights.everywhere(
        () ->
            begun.matter().officials().forEach(official -> evaluations.need(official, begun.on())));
  }

  @Override
  public void enter(Entered entered) {
    Sights.everywhere(() -> entered(entered));
  }

  private void entered(Entered entered) {
    for (long official : entered.matter().officials()) {
      evaluations.enter(
          official,
          entered.matter().id(),
          entered.needed("conduct"),
          entered.needed("view"),
          entered.on(),
          entered.actor());
    }
  }
}
