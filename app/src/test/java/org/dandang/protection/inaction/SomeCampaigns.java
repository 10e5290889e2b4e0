package org.dandang.protection.inaction;

import java.time.LocalDate;
import java.util.UUID;
import org.dandang.platform.access.SignedIn;
import org.springframework.context.ApplicationContext;

/** Campaigns of findings for tests that need one on record. */
public final class SomeCampaigns {
  private final Campaigns campaigns;

  public SomeCampaigns(ApplicationContext context) {
    this.campaigns = context.getBean(Campaigns.class);
  }

  public long open(String pack, long unit, LocalDate on, SignedIn by) {
    return campaigns.open(pack, "专项整治", unit, on, null, UUID.randomUUID(), by);
  }
}
