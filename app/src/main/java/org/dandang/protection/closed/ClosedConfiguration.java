package org.dandang.protection.closed;

import org.dandang.platform.access.Door;
import org.dandang.platform.access.Role;
import org.dandang.protection.ProtectionTab;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ClosedConfiguration {
  @Bean
  ProtectionTab closedTab() {
    return new ProtectionTab(13, "closed.title", "/protection/closed");
  }

  @Bean
  Door closedDoor() {
    return Door.to("/protection/closed/**", Role.PERSONNEL_OFFICER, Role.DISCIPLINE_OFFICER);
  }

  /** The files speak of everybody. */
  @Bean
  Door closedFilesDoor() {
    return Door.toOfficersOfAll("/protection/closed/files/**");
  }
}
