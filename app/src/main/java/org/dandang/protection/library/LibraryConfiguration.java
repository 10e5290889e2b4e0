package org.dandang.protection.library;

import java.util.Set;
import org.dandang.platform.access.Door;
import org.dandang.platform.access.Role;
import org.dandang.protection.ProtectionTab;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

@Configuration(proxyBeanMethods = false)
class LibraryConfiguration {
  /** Published cases name nobody; heads, who decide, read them too. */
  @Bean
  Door casesDoor() {
    return new Door(
        "/protection/cases/**",
        HttpMethod.GET,
        Set.of(
            Role.PERSONNEL_OFFICER,
            Role.DISCIPLINE_OFFICER,
            Role.PETITION_OFFICER,
            Role.HEAD_OF_UNIT,
            Role.HEAD_OF_PERSONNEL),
        false);
  }

  @Bean
  ProtectionTab casesTab() {
    return new ProtectionTab(45, "case.library", "/protection/cases");
  }
}
