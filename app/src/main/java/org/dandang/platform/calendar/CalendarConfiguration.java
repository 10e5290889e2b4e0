package org.dandang.platform.calendar;

import org.dandang.platform.web.NavigationEntry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CalendarConfiguration {
  @Bean
  NavigationEntry workingDays() {
    return new NavigationEntry(90, "nav.calendar", "/calendar", "calendar", false);
  }

  @Bean
  NavigationEntry workingDaysForOfficials() {
    return new NavigationEntry(90, "nav.calendar", "/calendar", "calendar", true);
  }
}
