package org.dandang.protection.inaction;

import org.dandang.platform.procedure.DecisionRegister;
import org.dandang.platform.procedure.Entered;
import org.dandang.platform.storage.Sights;
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
  public void foresee(Entered entered) {
    Findings.graded(
        entered.matter().figures(), entered.needed("severity"), entered.needed("measure"));
  }

  @Override
  public void enter(Entered entered) {
    Sights.everywhere(() -> entered(entered));
  }

  private void entered(Entered entered) {
    long campaign = entered.neededOnRecord("campaign");
    if (campaigns
        .find(campaign)
        .filter(one -> one.pack().equals(entered.matter().procedure().pack()))
        .isEmpty()) {
      throw Campaigns.refused("other-campaign");
    }
    findings.enter(
        entered, "inaction", entered.needed("type"), campaign, entered.needed("severity"));
  }
}
