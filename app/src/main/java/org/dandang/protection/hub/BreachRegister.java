package org.dandang.protection.hub;

import org.dandang.platform.procedure.DecisionRegister;
import org.dandang.platform.procedure.Entered;
import org.springframework.stereotype.Component;

/** Leads that came to a breach: entered at an adverse end only. */
@Component
class BreachRegister implements DecisionRegister {
  private final LeadSettling closing;

  BreachRegister(LeadSettling closing) {
    this.closing = closing;
  }

  @Override
  public String kind() {
    return "breach";
  }

  @Override
  public void enter(Entered entered) {
    OutcomeRegister.settle(closing, entered, Outcome.BREACH);
  }
}
