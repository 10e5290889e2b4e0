package org.dandang.organisation;

import org.dandang.policy.fact.SubjectKind;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OrganisationConfiguration {
  @Bean
  SubjectKind unitSubjects() {
    return new SubjectKind("unit", "organisation.subject", "/units/");
  }
}
