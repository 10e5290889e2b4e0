package org.dandang.protection.hub;

import org.dandang.platform.access.Door;
import org.dandang.platform.access.Role;
import org.dandang.platform.web.NavigationEntry;
import org.dandang.policy.fact.SubjectKind;
import org.dandang.protection.ProtectionTab;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

@Configuration(proxyBeanMethods = false)
class HubConfiguration {
  @Bean
  SubjectKind peopleOfLeads() {
    return SubjectKind.ofThings(
        "lead-person",
        "protection.lead_person_subject",
        "/protection/leads/people/",
        "protection.lead_person_subject");
  }

  @Bean
  ProtectionTab leadsTab() {
    return new ProtectionTab(10, "hub.leads", "/protection/leads");
  }

  @Bean
  ProtectionTab meansTab() {
    return new ProtectionTab(11, "hub.means", "/protection/means");
  }

  @Bean
  ProtectionTab statementsTab() {
    return new ProtectionTab(12, "hub.statements", "/protection/statements");
  }

  @Bean
  Door meansDoor() {
    return Door.to("/protection/means", Role.PERSONNEL_OFFICER, Role.DISCIPLINE_OFFICER);
  }

  @Bean
  Door statementsDoor() {
    return Door.to("/protection/statements", Role.PERSONNEL_OFFICER, Role.DISCIPLINE_OFFICER);
  }

  @Bean
  Door oneOfficialDoor() {
    return Door.to("/protection/officials/**", Role.PERSONNEL_OFFICER, Role.DISCIPLINE_OFFICER);
  }

  @Bean
  NavigationEntry ownMatters() {
    return new NavigationEntry(32, "nav.my-matters", "/me/matters", "shield", true);
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication
  static class Web {
    /** The way machines of sources bring leads: by a key alone, without session or cookie. */
    @Bean
    @Order(0)
    SecurityFilterChain intakeOfLeads(HttpSecurity http) throws Exception {
      return http.securityMatcher("/intake/**")
          .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
          .sessionManagement(
              sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
          .csrf(AbstractHttpConfigurer::disable)
          .requestCache(AbstractHttpConfigurer::disable)
          .logout(AbstractHttpConfigurer::disable)
          .build();
    }
  }
}
