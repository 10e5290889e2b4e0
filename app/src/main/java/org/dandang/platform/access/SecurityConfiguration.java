package org.dandang.platform.access;

import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
  /** Pages an official may open besides those every account may. */
  private static final String[] FOR_ALL = {"/me", "/me/**", "/account/**", "/jobs/**"};

  private static final String[] OPEN = {
    "/sign-in", "/error", "/language", "/webjars/**", "/*.css", "/*.js", "/*.svg", "/favicon.ico"
  };

  @Bean
  PasswordEncoder passwordEncoder(@Value("${dandang.password.cost:12}") int cost) {
    return new BCryptPasswordEncoder(cost);
  }

  @Configuration(proxyBeanMethods = false)
  @EnableWebSecurity
  @ConditionalOnWebApplication
  static class Web {
    @Bean
    SecurityFilterChain pages(
        HttpSecurity http, Accounts accounts, Assignments assignments, Clock clock)
        throws Exception {
      return http.authorizeHttpRequests(
              requests ->
                  requests
                      .requestMatchers(OPEN)
                      .permitAll()
                      .requestMatchers(FOR_ALL)
                      .authenticated()
                      .requestMatchers("/")
                      .authenticated()
                      .anyRequest()
                      .hasRole(Role.PERSONNEL_OFFICER.name()))
          .formLogin(
              form ->
                  form.loginPage("/sign-in")
                      .usernameParameter("name")
                      .passwordParameter("password")
                      .successHandler(new SigningIn(accounts))
                      .failureHandler(
                          (request, response, problem) -> {
                            String name = request.getParameter("name");
                            if (name != null) {
                              accounts.failed(name);
                            }
                            response.sendRedirect("/sign-in?refused");
                          }))
          .logout(
              out ->
                  out.logoutUrl("/sign-out")
                      .addLogoutHandler(
                          (request, response, authentication) -> {
                            if (authentication != null) {
                              accounts.signedOut(authentication.getName());
                            }
                          })
                      .logoutSuccessUrl("/sign-in?left"))
          .sessionManagement(
              sessions -> sessions.sessionFixation(fixation -> fixation.changeSessionId()))
          .csrf(Customizer.withDefaults())
          .addFilterBefore(new SessionLimit(clock), AuthorizationFilter.class)
          .addFilterBefore(new RolesOfToday(assignments), AuthorizationFilter.class)
          .headers(
              headers ->
                  headers
                      .contentSecurityPolicy(
                          policy ->
                              policy.policyDirectives(
                                  "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'"))
                      .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                      .frameOptions(frame -> frame.deny()))
          .build();
    }
  }
}
