package org.dandang.protection.inaction;

import java.util.Map;
import java.util.Set;
import org.dandang.platform.procedure.DecisionRegister;
import org.dandang.platform.procedure.Entered;
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
  public boolean adverse() {
    return true;
  }

  @Override
  public Map<String, Set<String>> fields() {
    return Map.of(
        "situation", Set.of("choice"),
        "measure", Set.of("choice"),
        "decided-on", Set.of("date"),
        "evidence", Set.of("documents"));
  }

  @Override
  public void enter(Entered entered) {
    findings.enter(
        entered, "stepping-down", entered.answer("situation").orElseThrow(), null, null);
  }
}
