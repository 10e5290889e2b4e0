package org.dandang.platform.notice;

import org.dandang.platform.access.Door;
import org.dandang.platform.access.Role;
import org.dandang.platform.web.NavigationEntry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class NoticeConfiguration {
  @Bean
  Door mailDoor() {
    return Door.to("/administration/mail/**", Role.SYSTEM_ADMINISTRATOR, Role.PERSONNEL_OFFICER);
  }

  @Bean
  NavigationEntry ownNotices() {
    return new NavigationEntry(30, "nav.notices", "/notices", "bell", true);
  }

  @Bean
  NavigationEntry handingOver() {
    return new NavigationEntry(87, "nav.handing-over", "/handing-over", "bell", false);
  }

  @Bean
  NavigationEntry mailSending() {
    return new NavigationEntry(95, "nav.mail", "/administration/mail", "tray", false);
  }
}
