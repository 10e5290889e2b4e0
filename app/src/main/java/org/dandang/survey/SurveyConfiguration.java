package org.dandang.survey;

import org.dandang.platform.web.GuardedPath;
import org.dandang.platform.web.NavigationEntry;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

@Configuration(proxyBeanMethods = false)
class SurveyConfiguration {
  @Bean
  GuardedPath surveysOfUnits() {
    return new GuardedPath("/surveys/{id}", SurveyAccess.KIND);
  }

  @Bean
  NavigationEntry surveysEntry() {
    return new NavigationEntry(50, "nav.surveys", "/surveys", "ballot", false);
  }

  @Bean
  NavigationEntry ownVotes() {
    return new NavigationEntry(30, "nav.my-votes", "/me/surveys", "ballot", true);
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication
  static class Web {
    /**
     * The way a secret ballot comes in: no session, no cookie, no account. A token from a page is
     * not asked for either: nobody's session can be misused where none is looked at.
     */
    @Bean
    @Order(0)
    SecurityFilterChain ballots(HttpSecurity http) throws Exception {
      return http.securityMatcher("/ballots/**")
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
