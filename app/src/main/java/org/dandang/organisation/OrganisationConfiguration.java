package org.dandang.organisation;

import org.dandang.platform.access.Door;
import org.dandang.platform.access.Role;
import org.dandang.platform.web.GuardedPath;
import org.dandang.policy.fact.SubjectKind;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

@Configuration(proxyBeanMethods = false)
class OrganisationConfiguration {
  /**
   * Whoever gives roles over units, takes leads in or opens a campaign must be able to name them.
   */
  @Bean
  Door suggestedUnitsDoor() {
    return Door.to(
        "/units/suggest",
        Role.PERSONNEL_OFFICER,
        Role.DISCIPLINE_OFFICER,
        Role.PETITION_OFFICER,
        Role.SECURITY_ADMINISTRATOR);
  }

  @Bean
  Door reorganisingDoor() {
    return Door.toOfficersOfAll(HttpMethod.POST, "/units");
  }

  /** Of units within the own jurisdiction. */
  @Bean
  GuardedPath reorganisationsOfAUnit() {
    return new GuardedPath("/units/{id}/reorganisations", "unit");
  }

  /** Whoever gives the management of posts gives sight of those who hold them. */
  @Bean
  Door authoritiesDoor() {
    return Door.toOfficersOfAll("/units/*/authorities/**");
  }

  @Bean
  GuardedPath postsOfAUnit() {
    return new GuardedPath("/units/{id}/posts", "unit");
  }

  @Bean
  SubjectKind unitSubjects() {
    return SubjectKind.ofThings(
        "unit", "organisation.subject", "/units/", "organisation.subject_within");
  }
}
