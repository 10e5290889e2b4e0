package org.dandang.protection.accusation;

import org.dandang.platform.access.Door;
import org.dandang.platform.access.Role;
import org.dandang.protection.ProtectionTab;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where the pages about malicious accusation stand, and to whom they open. */
@Configuration(proxyBeanMethods = false)
class AccusationConfiguration {
  private static final Role[] BOTH = {Role.PERSONNEL_OFFICER, Role.DISCIPLINE_OFFICER};

  @Bean
  Door accusationsDoor() {
    return Door.to("/protection/accusations/**", BOTH);
  }

  @Bean
  Door creditDoor() {
    return Door.to("/protection/credit/**", BOTH);
  }

  @Bean
  Door creditWorkbookDoor() {
    return Door.to("/protection/credit.xlsx", BOTH);
  }

  @Bean
  Door creditApiDoor() {
    return Door.to("/api/v1/credit-entries", BOTH);
  }

  @Bean
  ProtectionTab accusationsTab() {
    return new ProtectionTab(57, "accusation.title", "/protection/accusations");
  }

  @Bean
  ProtectionTab creditTab() {
    return new ProtectionTab(58, "accusation.credit", "/protection/credit");
  }
}
