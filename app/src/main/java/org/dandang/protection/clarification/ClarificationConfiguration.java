package org.dandang.protection.clarification;

import org.dandang.platform.web.NavigationEntry;
import org.dandang.protection.ProtectionTab;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ClarificationConfiguration {
  @Bean
  ProtectionTab clarificationTab() {
    return new ProtectionTab(30, "clarification.register", "/protection/clarification");
  }

  @Bean
  NavigationEntry ownClarifications() {
    return new NavigationEntry(35, "nav.my-clarifications", "/me/clarifications", "shield", true);
  }
}
