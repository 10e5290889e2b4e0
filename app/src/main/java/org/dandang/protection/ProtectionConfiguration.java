package org.dandang.protection;

import org.dandang.platform.access.Door;
import org.dandang.platform.access.Role;
import org.dandang.platform.web.NavigationEntry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ProtectionConfiguration {
  /** What of the records behind it somebody sees the rules of access say. */
  @Bean
  Door protectionDoor() {
    return Door.to(
        "/protection/**", Role.PERSONNEL_OFFICER, Role.DISCIPLINE_OFFICER, Role.PETITION_OFFICER);
  }

  @Bean
  NavigationEntry protection() {
    return new NavigationEntry(60, "nav.protection", "/protection", "shield", false);
  }

  @Bean
  ProtectionTab overviewTab() {
    return new ProtectionTab(0, "protection.overview", "/protection");
  }
}
