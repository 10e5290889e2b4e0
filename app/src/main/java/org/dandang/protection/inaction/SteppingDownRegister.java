package org.dandang.protection.inaction;

import org.dandang.platform.procedure.DecisionRegister;
import org.dandang.platform.procedure.Entered;
import org.dandang.platform.storage.Sights;
import org.springframework.stereotype.Component;

/** Enters adjustments of those not fit for the post, with situation, evidence and way. */
@Component
class SteppingDownRegister implements DecisionRegister {
  private final Findings findings;

  SteppingDownRegister(Findings findings) {
    this.findings = findings;
  }

  @Override
  public String kind() {
    return "stepping-down";
  }

  @Override
  public void enter(Entered entered) {
    Sights.everywhere(() -> entered(entered));
  }

  private void entered(Entered entered) {
    findings.enter(entered, "stepping-down", entered.needed("situation"), null, null);
  }
}
