package org.dandang.protection.inaction;

import org.dandang.platform.access.Door;
import org.dandang.platform.access.Role;
import org.dandang.protection.ProtectionTab;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where the pages about inaction and stepping down stand, and to whom they open. */
@Configuration(proxyBeanMethods = false)
class InactionConfiguration {
  @Bean
  Door campaignsDoor() {
    return Door.to("/protection/campaigns/**", Role.PERSONNEL_OFFICER, Role.DISCIPLINE_OFFICER);
  }

  @Bean
  Door steppingDownDoor() {
    return Door.to("/protection/stepping-down/**", Role.PERSONNEL_OFFICER, Role.DISCIPLINE_OFFICER);
  }

  @Bean
  ProtectionTab campaignsTab() {
    return new ProtectionTab(55, "inaction.title", "/protection/campaigns");
  }

  @Bean
  ProtectionTab steppingDownTab() {
    return new ProtectionTab(56, "inaction.stepping-down", "/protection/stepping-down");
  }
}
