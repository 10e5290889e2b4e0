package org.dandang.platform.signin;

import java.time.Clock;
import java.time.Duration;
import org.dandang.platform.access.Accounts;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.context.SecurityContextHolderFilter;

/** What signing in adds to the chain every request passes. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class SignInConfiguration {
  @Bean
  Customizer<HttpSecurity> signingIn(
      Accounts accounts,
      Sessions sessions,
      RateLimits limits,
      Clock clock,
      @Value("${dandang.session.longest:12h}") Duration longest) {
    return http ->
        http.exceptionHandling(
                refused ->
                    refused.authenticationEntryPoint(
                        new LoginUrlAuthenticationEntryPoint("/sign-in")))
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
            .addFilterAfter(new RateLimitFilter(limits), SecurityContextHolderFilter.class)
            .addFilterBefore(
                new SessionFilter(sessions, clock, longest), AuthorizationFilter.class);
  }
}
