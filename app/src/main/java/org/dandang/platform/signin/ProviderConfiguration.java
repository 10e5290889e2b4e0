package org.dandang.platform.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.SupplierClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2LoginAuthenticationFilter;
import org.springframework.security.web.context.NullSecurityContextRepository;

/**
 * Signing in through a provider of OpenID Connect, where {@code dandang.oidc.issuer} names one. It
 * is first asked when somebody goes there: one that is down keeps nobody else out.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@ConditionalOnProperty("dandang.oidc.issuer")
class ProviderConfiguration {
  @Bean
  Customizer<HttpSecurity> byProvider(
      Provider provider,
      @Value("${dandang.oidc.client-id}") String clientId,
      @Value("${dandang.oidc.client-secret}") String clientSecret) {
    SupplierClientRegistrationRepository registrations =
        new SupplierClientRegistrationRepository(
            () ->
                new InMemoryClientRegistrationRepository(
                    ClientRegistrations.fromIssuerLocation(provider.issuer())
                        .registrationId(Provider.ID)
                        .clientId(clientId)
                        .clientSecret(clientSecret)
                        .scope("openid")
                        .redirectUri("{baseUrl}/sign-in/return/{registrationId}")
                        .build()));
    return http ->
        http.oauth2Login(
            way ->
                way.loginPage("/sign-in")
                    .clientRegistrationRepository(registrations)
                    .authorizedClientRepository(new NoTokens())
                    .withObjectPostProcessor(new SignsNobodyIn())
                    .authorizationEndpoint(at -> at.baseUri("/sign-in/provider"))
                    .redirectionEndpoint(at -> at.baseUri("/sign-in/return/*"))
                    .successHandler(provider::came)
                    .failureHandler(
                        (request, response, problem) -> {
                          LoggerFactory.getLogger(Provider.class)
                              .warn("signing in by the provider failed: {}", problem.getMessage());
                          response.sendRedirect("/sign-in?provider-failed");
                        }));
  }

  /**
   * The filter would sign in whomever the provider knows; who is signed in says {@link Entrance}
   * alone. Set last, because the configuration itself sets the session's repository.
   */
  private static final class SignsNobodyIn
      implements ObjectPostProcessor<OAuth2LoginAuthenticationFilter> {
    @Override
    public <O extends OAuth2LoginAuthenticationFilter> O postProcess(O filter) {
      filter.setSecurityContextRepository(new NullSecurityContextRepository());
      return filter;
    }
  }

  /** The provider is asked who somebody is, once; its tokens are not kept. */
  private static final class NoTokens implements OAuth2AuthorizedClientRepository {
    @Override
    public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(
        String registration, Authentication principal, HttpServletRequest request) {
      return null;
    }

    @Override
    public void saveAuthorizedClient(
        OAuth2AuthorizedClient client,
        Authentication principal,
        HttpServletRequest request,
        HttpServletResponse response) {}

    @Override
    public void removeAuthorizedClient(
        String registration,
        Authentication principal,
        HttpServletRequest request,
        HttpServletResponse response) {}
  }
}
