package org.dandang.platform.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import org.dandang.Chromium;
import org.dandang.Dandang;
import org.dandang.DandangTest;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Signing in through a real provider of OpenID Connect, Spring's, on loopback. */
@SpringBootTest(
    classes = Dandang.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "dandang.password.cost=4",
      "dandang.oidc.client-id=dandang",
      "dandang.oidc.client-secret=a-shared-secret",
      "dandang.oidc.name=统一身份认证"
    })
@ContextConfiguration(initializers = DandangTest.FreshDatabase.class)
class ProviderTests {
  private static final String PASSWORD = "a long password";
  private static @Nullable ConfigurableApplicationContext provider;

  @LocalServerPort int port;
  @Autowired Accounts accounts;
  @Autowired JdbcClient jdbc;

  private Chromium chromium;

  /** The provider: two people, who know nothing of our accounts. */
  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration(
      excludeName = {
        "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
        "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
        "gg.jte.springframework.boot.autoconfigure.JteAutoConfiguration"
      })
  static class IdentityProvider {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
      return http.oauth2AuthorizationServer(server -> server.oidc(Customizer.withDefaults()))
          .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .formLogin(Customizer.withDefaults())
          .build();
    }

    @Bean
    UserDetailsService people() {
      return new InMemoryUserDetailsManager(
          User.withUsername("s-4711").password("{noop}their-word").roles("PERSON").build(),
          User.withUsername("officer").password("{noop}their-word").roles("PERSON").build());
    }

    @Bean
    RegisteredClientRepository clients(Environment settings) {
      return new InMemoryRegisteredClientRepository(
          RegisteredClient.withId("1")
              .clientId("dandang")
              .clientSecret("{noop}a-shared-secret")
              .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
              .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
              .redirectUris(uris -> uris.addAll(Set.of(settings.getRequiredProperty("return"))))
              .scope("openid")
              .build());
    }

    @Bean
    AuthorizationServerSettings server() {
      return AuthorizationServerSettings.builder().build();
    }

    @Bean
    JwtDecoder decoder(JWKSource<SecurityContext> keys) {
      return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
    }

    @Bean
    JWKSource<SecurityContext> keys() throws JOSEException {
      return new ImmutableJWKSet<>(new JWKSet(new RSAKeyGenerator(2048).keyID("one").generate()));
    }
  }

  private static int free;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry properties) throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = probe.getLocalPort();
    }
    // By another name than ours, or the two would share the cookies of 127.0.0.1.
    properties.add("dandang.oidc.issuer", () -> "http://localhost:" + free);
  }

  @BeforeEach
  void open() {
    if (provider == null) {
      provider =
          new SpringApplicationBuilder(IdentityProvider.class)
              .properties(
                  Map.of(
                      "server.port",
                      free,
                      "spring.config.name",
                      "identity-provider",
                      "spring.main.banner-mode",
                      "off",
                      "return",
                      address("/sign-in/return/office")))
              .run();
    }
    for (String name : new String[] {"officer", "second"}) {
      if (!accounts.exists(name)) {
        accounts.create(name, "某同志", PASSWORD, Role.PERSONNEL_OFFICER, null, "test");
      }
    }
    jdbc.sql("delete from platform.linked_subject").update();
    chromium = Chromium.launch();
  }

  @AfterEach
  void close() {
    chromium.close();
  }

  @AfterAll
  static void stop() {
    if (provider != null) {
      provider.close();
    }
  }

  @Test
  void anUnknownSubjectIsRefusedEvenWhenItsNameIsThatOfAnAccount() {
    try (BrowserContext context = chromium.context();
        Page page = context.newPage()) {
      byProvider(page, "officer");
      assertThat(page.url()).endsWith("/sign-in?unknown");
      assertThat(page.locator("[role=alert]").textContent()).contains("尚未关联");
      page.navigate(address("/account"));
      assertThat(page.url()).endsWith("/sign-in");
    }
  }

  @Test
  void aLinkedSubjectSignsInAndAnUnlinkedOneNoLonger() {
    try (BrowserContext context = chromium.context();
        Page page = context.newPage()) {
      signIn(page, "officer");
      page.navigate(address("/account"));
      page.locator("form[action='/account/provider/link'] button").click();
      atProvider(page, "s-4711");
      page.waitForURL("**/account?told=linked");
    }
    try (BrowserContext context = chromium.context();
        Page page = context.newPage()) {
      byProvider(page, "s-4711");
      page.navigate(address("/account"));
      assertThat(page.locator("h1").textContent()).contains("officer");
    }
    try (BrowserContext context = chromium.context();
        Page page = context.newPage()) {
      signIn(page, "second");
      page.navigate(address("/account"));
      page.locator("form[action='/account/provider/link'] button").click();
      atProvider(page, "s-4711");
      page.waitForURL("**/account?told=linked-elsewhere");
    }
    jdbc.sql("delete from platform.linked_subject").update();
    try (BrowserContext context = chromium.context();
        Page page = context.newPage()) {
      byProvider(page, "s-4711");
      assertThat(page.url()).endsWith("/sign-in?unknown");
    }
  }

  @Test
  void cookiesAreSecureBehindAProxyThatEndsHttps() throws Exception {
    for (boolean https : new boolean[] {true, false}) {
      HttpRequest.Builder asked = HttpRequest.newBuilder(URI.create(address("/sign-in")));
      if (https) {
        asked.header("X-Forwarded-Proto", "https").header("X-Forwarded-For", "203.0.113.7");
      }
      try (HttpClient client = HttpClient.newHttpClient()) {
        String cookie =
            client
                .send(asked.build(), HttpResponse.BodyHandlers.ofString())
                .headers()
                .allValues("Set-Cookie")
                .stream()
                .filter(each -> each.startsWith("DANDANG="))
                .findFirst()
                .orElseThrow();
        assertThat(cookie.contains("; Secure")).as(cookie).isEqualTo(https);
        assertThat(cookie).contains("; HttpOnly").contains("SameSite=Lax");
      }
    }
  }

  private void byProvider(Page page, String person) {
    page.navigate(address("/sign-in"));
    page.locator("a[href='/sign-in/provider/office']").click();
    atProvider(page, person);
    page.waitForURL(url -> url.startsWith(address("/")) && !url.contains("/return/"));
  }

  private static void atProvider(Page page, String person) {
    page.waitForSelector("input[name=username]");
    page.fill("input[name=username]", person);
    page.fill("input[name=password]", "their-word");
    page.keyboard().press("Enter");
  }

  private void signIn(Page page, String name) {
    page.navigate(address("/sign-in"));
    page.fill("#name", name);
    page.fill("#password", PASSWORD);
    page.keyboard().press("Enter");
    page.waitForURL(url -> !url.contains("sign-in"));
  }

  private String address(String path) {
    return "http://127.0.0.1:" + port + path;
  }
}
