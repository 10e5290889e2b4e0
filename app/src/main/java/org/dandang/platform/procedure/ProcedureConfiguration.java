package org.dandang.platform.procedure;

import org.dandang.platform.access.SignedIn;
import org.dandang.platform.web.NavigationEntry;
import org.dandang.platform.web.ShellCount;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ProcedureConfiguration {
  @Bean
  NavigationEntry inboxOfOfficers() {
    return new NavigationEntry(5, "nav.inbox", "/inbox", "tasks", false);
  }

  @Bean
  NavigationEntry inboxOfOfficials() {
    return new NavigationEntry(5, "nav.inbox", "/inbox", "tasks", true);
  }

  @Bean
  ShellCount tasks(Inbox inbox) {
    return new ShellCount() {
      @Override
      public int order() {
        return 10;
      }

      @Override
      public String key() {
        return "procedure.count";
      }

      @Override
      public String path() {
        return "/inbox";
      }

      @Override
      public String icon() {
        return "tasks";
      }

      @Override
      public int count(SignedIn account) {
        return inbox.count(account);
      }
    };
  }
}
