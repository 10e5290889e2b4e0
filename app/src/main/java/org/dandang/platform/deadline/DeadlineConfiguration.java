package org.dandang.platform.deadline;

import org.dandang.platform.web.GuardedPath;
import org.dandang.platform.web.NavigationEntry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DeadlineConfiguration {
  @Bean
  GuardedPath deadlinesOfRecords() {
    return new GuardedPath("/deadlines/{id}", DeadlineKind.KIND);
  }

  @Bean
  NavigationEntry deadlineList() {
    return new NavigationEntry(86, "nav.deadlines", "/deadlines", "clock", false);
  }
}
