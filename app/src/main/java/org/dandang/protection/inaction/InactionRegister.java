package org.dandang.protection.inaction;

import java.util.Map;
import java.util.Set;
import org.dandang.platform.procedure.DecisionRegister;
import org.dandang.platform.procedure.Entered;
import org.springframework.stereotype.Component;

/** Enters findings of inaction with the measure taken. */
@Component
class InactionRegister implements DecisionRegister {
  private final Findings findings;
  private final Campaigns campaigns;

  InactionRegister(Findings findings, Campaigns campaigns) {
    this.findings = findings;
    this.campaigns = campaigns;
  }

  @Override
  public String kind() {
    return "inaction";
  }

  @Override
  public boolean adverse() {
    return true;
  }

  @Override
  public Map<String, Set<String>> fields() {
    return Map.of(
        "campaign", Set.of("finding-campaign"),
        "type", Set.of("choice"),
        "severity", Set.of("choice"),
        "measure", Set.of("choice"),
        "decided-on", Set.of("date"),
        "evidence", Set.of("documents"));
  }

  @Override
  public void enter(Entered entered) {
    long campaign = entered.onRecord("campaign").orElseThrow();
    if (campaigns
        .find(campaign)
        .filter(one -> one.pack().equals(entered.matter().procedure().pack()))
        .isEmpty()) {
      throw Campaigns.refused("other-campaign");
    }
    findings.enter(
        entered,
        "inaction",
        entered.answer("type").orElseThrow(),
        campaign,
        entered.answer("severity").orElseThrow());
  }
}
