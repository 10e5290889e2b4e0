package org.dandang.official;

import org.dandang.policy.fact.SubjectKind;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OfficialConfiguration {
  @Bean
  SubjectKind officials() {
    return new SubjectKind("official", "official.subject", "/officials/");
  }
}
