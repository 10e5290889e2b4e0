package org.dandang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** Signing in and out, and what nobody may do without it. */
@DandangTest
@AutoConfigureMockMvc
@TestPropertySource(properties = "dandang.password.cost=4")
@Import(SignInTests.Moved.class)
class SignInTests {
  private static final String PASSWORD = "a long password";

  @Autowired MockMvc mvc;
  @Autowired Accounts accounts;
  @Autowired MovedClock clock;

  @TestConfiguration(proxyBeanMethods = false)
  static class Moved {
    @Bean
    @Primary
    MovedClock movedClock() {
      return MovedClock.running();
    }
  }

  @BeforeEach
  void openAccounts() {
    for (String name : List.of("officer", "locked", "other")) {
      if (!accounts.exists(name)) {
        accounts.create(name, name, PASSWORD, Role.PERSONNEL_OFFICER, null, "test");
      }
    }
    if (!accounts.exists("official")) {
      accounts.create("official", "official", PASSWORD, Role.OFFICIAL, 1L, "test");
    }
  }

  @Test
  void thePageAsksForAccountAndPassword() throws Exception {
    MockHttpServletResponse page = answer(get("/sign-in"));
    assertThat(page.getStatus()).isEqualTo(200);
    assertThat(page.getContentAsString())
        .contains("<html lang=\"zh-CN\">")
        .contains("name=\"name\"")
        .contains("name=\"password\"")
        .contains("name=\"_csrf\"");
  }

  @Test
  void whoIsNotSignedInIsAskedToAndThenSeesWhatWasWanted() throws Exception {
    MockHttpSession session = new MockHttpSession();
    assertThat(answer(get("/account/password").session(session)).getRedirectedUrl())
        .endsWith("/sign-in");
    assertThat(signIn("officer", PASSWORD, session)).contains("/account/password");
    assertThat(answer(get("/account/password").session(session)).getStatus()).isEqualTo(200);
  }

  @Test
  void aWrongPasswordAndAnUnknownAccountAreAnsweredAlike() throws Exception {
    assertThat(signIn("other", "not the password", new MockHttpSession()))
        .isEqualTo("/sign-in?refused");
    assertThat(signIn("nobody-here", "not the password", new MockHttpSession()))
        .isEqualTo("/sign-in?refused");
    assertThat(answer(get("/sign-in").param("refused", "")).getContentAsString())
        .contains("role=\"alert\"");
  }

  @Test
  void fiveWrongPasswordsLockForAQuarterOfAnHour() throws Exception {
    for (int i = 0; i < 4; i++) {
      signIn("locked", "wrong " + i, new MockHttpSession());
    }
    assertThat(signIn("locked", PASSWORD, new MockHttpSession())).isEqualTo("/");
    for (int i = 0; i < 5; i++) {
      signIn("locked", "wrong " + i, new MockHttpSession());
    }
    assertThat(signIn("locked", PASSWORD, new MockHttpSession())).isEqualTo("/sign-in?refused");
    assertThat(signIn("other", PASSWORD, new MockHttpSession())).isEqualTo("/");
    clock.move(Duration.ofMinutes(14));
    assertThat(signIn("locked", PASSWORD, new MockHttpSession())).isEqualTo("/sign-in?refused");
    clock.move(Duration.ofMinutes(2));
    assertThat(signIn("locked", PASSWORD, new MockHttpSession())).isEqualTo("/");
  }

  @Test
  void signingOutEndsTheSession() throws Exception {
    MockHttpSession session = new MockHttpSession();
    signIn("officer", PASSWORD, session);
    assertThat(answer(post("/sign-out").session(session).with(csrf())).getRedirectedUrl())
        .isEqualTo("/sign-in?left");
    assertThat(session.isInvalid()).isTrue();
  }

  @Test
  void nothingIsChangedWithoutTheTokenOfThePage() throws Exception {
    MockHttpSession session = new MockHttpSession();
    signIn("officer", PASSWORD, session);
    for (String path : List.of("/sign-in", "/sign-out", "/language", "/account/password")) {
      assertThat(answer(post(path).session(session).param("tag", "en")).getStatus())
          .as(path)
          .isEqualTo(403);
      assertThat(answer(post(path).session(session).with(csrf().useInvalidToken())).getStatus())
          .as(path)
          .isEqualTo(403);
    }
    assertThat(session.isInvalid()).isFalse();
  }

  @Test
  void aSessionEndsAfterTwelveHoursHoweverBusy() throws Exception {
    MockHttpSession session = new MockHttpSession();
    signIn("officer", PASSWORD, session);
    for (int hour = 1; hour <= 11; hour++) {
      clock.move(Duration.ofHours(1));
      assertThat(answer(get("/").session(session)).getStatus()).isEqualTo(200);
    }
    clock.move(Duration.ofMinutes(59));
    assertThat(answer(get("/").session(session)).getStatus()).isEqualTo(200);
    clock.move(Duration.ofMinutes(2));
    assertThat(answer(get("/").session(session)).getRedirectedUrl()).isEqualTo("/sign-in?ended");
    assertThat(session.isInvalid()).isTrue();
  }

  @Test
  void theLanguagePageLeadsNowhereElse() throws Exception {
    for (String back :
        List.of("//elsewhere.example", "https://elsewhere.example", "/\\elsewhere")) {
      assertThat(
              answer(post("/language").param("tag", "en").param("back", back).with(csrf()))
                  .getRedirectedUrl())
          .as(back)
          .isEqualTo("/");
    }
  }

  @Test
  void anOfficialComesToTheOwnRecordAndAnOfficerToTheOverview() throws Exception {
    assertThat(answer(get("/").with(user(official()))).getRedirectedUrl()).isEqualTo("/me");
    assertThat(answer(get("/").with(user(officer()))).getStatus()).isEqualTo(200);
  }

  @Test
  void pagesForbidFramesForeignContentAndKeeping() throws Exception {
    for (MockHttpServletResponse page :
        List.of(answer(get("/sign-in")), answer(get("/").with(user(officer()))))) {
      assertThat(page.getHeader("Content-Security-Policy"))
          .contains("default-src 'self'")
          .contains("frame-ancestors 'none'")
          .contains("form-action 'self'")
          .doesNotContain("unsafe-eval")
          .doesNotContain("script-src");
      assertThat(page.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(page.getHeader("X-Frame-Options")).isEqualTo("DENY");
      assertThat(page.getHeader("Referrer-Policy")).isEqualTo("same-origin");
      assertThat(page.getHeader("Cache-Control")).contains("no-store");
    }
  }

  private SignedIn officer() {
    return accounts.loadUserByUsername("officer");
  }

  private SignedIn official() {
    return accounts.loadUserByUsername("official");
  }

  private String signIn(String name, String password, MockHttpSession session) throws Exception {
    return Objects.requireNonNull(
        answer(
                post("/sign-in")
                    .session(session)
                    .param("name", name)
                    .param("password", password)
                    .with(csrf()))
            .getRedirectedUrl());
  }

  private MockHttpServletResponse answer(MockHttpServletRequestBuilder request) throws Exception {
    return mvc.perform(request).andReturn().getResponse();
  }
}
