package org.dandang.protection.tolerance;

import org.dandang.platform.access.Door;
import org.dandang.platform.web.NavigationEntry;
import org.dandang.protection.ProtectionTab;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ToleranceConfiguration {
  @Bean
  ProtectionTab toleranceTab() {
    return new ProtectionTab(40, "tolerance.register", "/protection/tolerance");
  }

  @Bean
  ProtectionTab plansTab() {
    return new ProtectionTab(41, "tolerance.plans", "/protection/plans");
  }

  @Bean
  Door planItemsDoor() {
    return Door.toEverybody("/plan-items/**");
  }

  @Bean
  NavigationEntry ownPlans() {
    return new NavigationEntry(34, "nav.my-plans", "/me/plans", "tasks", true);
  }
}
