package org.dandang.platform.publicnotice;

import org.dandang.platform.web.NavigationEntry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PublicNoticeConfiguration {
  @Bean
  NavigationEntry publicNoticeList() {
    return new NavigationEntry(85, "nav.public-notices", "/public-notices", "board", false);
  }
}
