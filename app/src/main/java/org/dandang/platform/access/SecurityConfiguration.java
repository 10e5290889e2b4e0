package org.dandang.platform.access;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Who may open which pages; how somebody signs in is added by {@code platform.signin}. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
  /** Pages an official may open besides those every account may. */
  private static final String[] FOR_ALL = {
    "/me",
    "/me/**",
    "/account",
    "/account/**",
    "/jobs/**",
    "/calendar",
    "/notices",
    "/notices/**",
    "/inbox",
    "/matters",
    "/matters/**"
  };

  private static final String[] OPEN = {
    "/sign-in",
    "/sign-in/**",
    "/error",
    "/language",
    "/public/**",
    "/bulletins/**",
    "/webjars/**",
    "/*.css",
    "/*.js",
    "/*.svg",
    "/favicon.ico"
  };

  /**
   * @param cost base-two logarithm of the KiB of memory a hash takes
   */
  @Bean
  PasswordEncoder passwordEncoder(@Value("${dandang.password.cost:15}") int cost) {
    return PasswordHashes.encoder(cost);
  }

  @Configuration(proxyBeanMethods = false)
  @EnableWebSecurity
  @ConditionalOnWebApplication
  static class Web {
    @Bean
    SecurityFilterChain pages(
        HttpSecurity http, Assignments assignments, Readers readers, Doors doors) throws Exception {
      return http.authorizeHttpRequests(
              requests ->
                  requests
                      .requestMatchers(OPEN)
                      .permitAll()
                      .requestMatchers(FOR_ALL)
                      .authenticated()
                      .requestMatchers("/")
                      .authenticated()
                      .requestMatchers("/administration/mail", "/administration/mail/**")
                      .hasAnyRole(Role.SYSTEM_ADMINISTRATOR.name(), Role.PERSONNEL_OFFICER.name())
                      .anyRequest()
                      .access(
                          (authentication, asked) ->
                              new AuthorizationDecision(
                                  doors
                                      .of(
                                          HttpMethod.valueOf(asked.getRequest().getMethod()),
                                          asked.getRequest().getRequestURI())
                                      .opensTo(authentication.get()))))
          .csrf(Customizer.withDefaults())
          .addFilterBefore(new RolesOfToday(assignments), AuthorizationFilter.class)
          .addFilterBefore(new SightOfReader(readers), AuthorizationFilter.class)
          .headers(
              headers ->
                  headers
                      .contentSecurityPolicy(
                          policy ->
                              policy.policyDirectives(
                                  "default-src 'self'; img-src 'self' data:; style-src 'self'"
                                      + " 'unsafe-inline'; frame-ancestors 'none'; base-uri 'self';"
                                      + " form-action 'self'; object-src 'none'"))
                      .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                      .frameOptions(frame -> frame.deny()))
          .build();
    }
  }
}
