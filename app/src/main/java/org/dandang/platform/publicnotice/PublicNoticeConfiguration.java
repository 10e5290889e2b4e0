package org.dandang.platform.publicnotice;

import org.dandang.platform.web.GuardedPath;
import org.dandang.platform.web.NavigationEntry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PublicNoticeConfiguration {
  /** Objections are opened by those who handle the notice, wherever their roles reach. */
  @Bean
  GuardedPath publicNoticesOfUnits() {
    return new GuardedPath("/public-notices/{id}", PublicNotices.OWNER)
        .except("/public-notices/{id}/objections");
  }

  @Bean
  NavigationEntry publicNoticeList() {
    return new NavigationEntry(85, "nav.public-notices", "/public-notices", "board", false);
  }
}
