package org.dandang.platform.deadline;

import org.dandang.platform.web.NavigationEntry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DeadlineConfiguration {
  @Bean
  NavigationEntry deadlineList() {
    return new NavigationEntry(86, "nav.deadlines", "/deadlines", "clock", false);
  }
}
