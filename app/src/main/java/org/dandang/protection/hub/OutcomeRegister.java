package org.dandang.protection.hub;

import org.dandang.platform.procedure.DecisionRegister;
import org.dandang.platform.procedure.Entered;
import org.springframework.stereotype.Component;

/**
 * What leads came to that is no disadvantage: unfounded, unproven, a mistake. The end of the
 * procedure says which: {@code unfounded}, or {@code unfounded-heard} where the official was heard
 * first.
 */
@Component
class OutcomeRegister implements DecisionRegister {
  private static final String HEARD = "-heard";

  private final LeadSettling closing;

  OutcomeRegister(LeadSettling closing) {
    this.closing = closing;
  }

  @Override
  public String kind() {
    return "lead-outcome";
  }

  @Override
  public void enter(Entered entered) {
    String end = entered.node();
    Outcome outcome =
        Outcome.find(end.endsWith(HEARD) ? end.substring(0, end.length() - HEARD.length()) : end)
            .filter(one -> one != Outcome.BREACH)
            .orElseThrow(() -> Intake.refused("no-outcome", end));
    settle(closing, entered, outcome);
  }

  static void settle(LeadSettling closing, Entered entered, Outcome outcome) {
    closing.settle(
        entered.onRecord("lead").orElseThrow(() -> Intake.refused("no-lead")),
        entered.matter().officials(),
        outcome,
        entered.answer("severity").orElse("slight"),
        entered.matter().id(),
        entered.on(),
        entered.actor());
  }
}
