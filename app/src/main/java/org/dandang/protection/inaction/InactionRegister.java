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
  public void begins(Entered begun) {
    Sights.everywhere(() -> campaign(begun));
  }

  /** The campaign it is put forward in: of its procedure, over its unit. */
  private Campaign campaign(Entered entered) {
    Campaign campaign =
        campaigns
            .find(entered.neededOnRecord("campaign"))
            .filter(one -> one.pack().equals(entered.matter().procedure().pack()))
            .orElseThrow(() -> Campaigns.refused("other-campaign"));
    if (!entered.matter().above().contains(campaign.unit())) {
      throw Campaigns.refused("outside-campaign");
    }
    return campaign;
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
    findings.enter(
        entered,
        "inaction",
        entered.needed("type"),
        campaign(entered).id(),
        entered.needed("severity"));
  }
}
