package org.dandang.platform.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.binary.Base32;
import org.dandang.DandangTest;
import org.dandang.MovedClock;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Role;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** Second factors, temporary passwords, sessions and confirmations, through the pages. */
@DandangTest
@AutoConfigureMockMvc
@TestPropertySource(
    properties = {
      "dandang.password.cost=4",
      "dandang.limits.sign-in=off",
      "dandang.limits.name=off"
    })
@Import(SecondFactorTests.Moved.class)
class SecondFactorTests {
  private static final String PASSWORD = "a long password";
  private static final Pattern TYPED = Pattern.compile("<code>([A-Z2-7 ]+)</code>");
  private static final Pattern RECOVERY = Pattern.compile("<code>([a-z2-9-]{19})</code>");

  @Autowired MockMvc mvc;
  @Autowired Accounts accounts;
  @Autowired JdbcClient jdbc;
  @Autowired MovedClock clock;

  private String name = "";

  @TestConfiguration(proxyBeanMethods = false)
  static class Moved {
    @Bean
    @Primary
    MovedClock movedClock() {
      return MovedClock.running();
    }
  }

  @BeforeEach
  void openAnAccount() {
    name = "someone" + System.nanoTime() % 1_000_000_000;
    accounts.create(name, "某同志", PASSWORD, Role.PERSONNEL_OFFICER, null, "test");
  }

  // ---------------------------------------------------------------- authenticator app

  @Test
  void aPasswordAloneNoLongerLetsAnybodyIn() throws Exception {
    byte[] secret = enrolled(new MockHttpSession());
    MockHttpSession session = new MockHttpSession();
    assertThat(signIn(PASSWORD, session)).isEqualTo("/sign-in/second");
    assertThat(answer(get("/officials").session(session)).getRedirectedUrl()).endsWith("/sign-in");
    assertThat(answer(get("/account").session(session)).getRedirectedUrl()).endsWith("/sign-in");
    String before = session.getId();
    assertThat(second(code(secret), session)).doesNotContain("sign-in");
    assertThat(session.getId()).isNotEqualTo(before);
    assertThat(answer(get("/account").session(session)).getStatus()).isEqualTo(200);
  }

  @Test
  void noCodeIsTakenTwice() throws Exception {
    byte[] secret = enrolled(new MockHttpSession());
    clock.move(Duration.ofMinutes(2));
    String code = code(secret);
    MockHttpSession first = new MockHttpSession();
    signIn(PASSWORD, first);
    assertThat(second(code, first)).doesNotContain("sign-in");
    MockHttpSession again = new MockHttpSession();
    signIn(PASSWORD, again);
    assertThat(second(code, again)).isEqualTo("/sign-in/second?refused");
  }

  @Test
  void clocksMayDifferByAStepAndNotByMore() throws Exception {
    byte[] secret = enrolled(new MockHttpSession());
    clock.move(Duration.ofMinutes(5));
    for (int seconds : new int[] {-90, 90}) {
      MockHttpSession session = new MockHttpSession();
      signIn(PASSWORD, session);
      String code = Authenticators.code(secret, clock.instant().plusSeconds(seconds));
      assertThat(second(code, session)).as(seconds + " s").isEqualTo("/sign-in/second?refused");
    }
    MockHttpSession session = new MockHttpSession();
    signIn(PASSWORD, session);
    assertThat(second(Authenticators.code(secret, clock.instant().minusSeconds(30)), session))
        .doesNotContain("sign-in");
  }

  @Test
  void fiveWrongCodesLockTheAccount() throws Exception {
    byte[] secret = enrolled(new MockHttpSession());
    clock.move(Duration.ofMinutes(2));
    MockHttpSession session = new MockHttpSession();
    signIn(PASSWORD, session);
    for (int i = 0; i < 5; i++) {
      second("000000", session);
    }
    assertThat(second(code(secret), session)).startsWith("/sign-in?");
    assertThat(signIn(PASSWORD, new MockHttpSession())).isEqualTo("/sign-in?refused");
  }

  @Test
  void theSecondStepWaitsFiveMinutes() throws Exception {
    byte[] secret = enrolled(new MockHttpSession());
    MockHttpSession session = new MockHttpSession();
    signIn(PASSWORD, session);
    clock.move(Duration.ofMinutes(6));
    assertThat(second(code(secret), session)).startsWith("/sign-in?");
    assertThat(answer(get("/account").session(session)).getRedirectedUrl()).endsWith("/sign-in");
  }

  @Test
  void aRecoveryCodeServesOnce() throws Exception {
    MockHttpSession session = new MockHttpSession();
    signIn(PASSWORD, session);
    byte[] secret = secret(session);
    Matcher shown =
        RECOVERY.matcher(
            answer(
                    post("/account/authenticator")
                        .session(session)
                        .param("code", code(secret))
                        .with(csrf()))
                .getContentAsString());
    assertThat(shown.find()).isTrue();
    String code = shown.group(1);
    MockHttpSession first = new MockHttpSession();
    signIn(PASSWORD, first);
    assertThat(second(code.toUpperCase(Locale.ROOT).replace("-", " "), first))
        .doesNotContain("sign-in");
    MockHttpSession again = new MockHttpSession();
    signIn(PASSWORD, again);
    assertThat(second(code, again)).isEqualTo("/sign-in/second?refused");
  }

  @Test
  void neitherSecretsNorCodesAreInTheDatabaseInPlainText() throws Exception {
    byte[] secret = enrolled(new MockHttpSession());
    List<byte[]> kept =
        jdbc.sql("select secret from platform.authenticator").query(byte[].class).list();
    assertThat(kept).isNotEmpty().noneMatch(stored -> contains(stored, secret));
    assertThat(jdbc.sql("select hash from platform.recovery_code").query(byte[].class).list())
        .isNotEmpty()
        .allMatch(hash -> hash.length == 32);
  }

  @Test
  void aRoleThatNeedsASecondFactorSetsOneUpFirst() throws Exception {
    String administrator = name + "x";
    accounts.create(administrator, "安全员", PASSWORD, Role.SECURITY_ADMINISTRATOR, null, "test");
    name = administrator;
    MockHttpSession session = new MockHttpSession();
    signIn(PASSWORD, session);
    assertThat(answer(get("/account").session(session)).getRedirectedUrl())
        .isEqualTo("/account/authenticator");
    enrolled(session);
    assertThat(answer(get("/account").session(session)).getStatus()).isEqualTo(200);
    assertThat(
            answer(post("/account/authenticator/remove").session(session).with(csrf()))
                .getRedirectedUrl())
        .isEqualTo("/account?told=factor-needed");
  }

  // ---------------------------------------------------------------- passwords

  @Test
  void aTemporaryPasswordIsChangedBeforeAnythingElse() throws Exception {
    MockHttpSession open = new MockHttpSession();
    signIn(PASSWORD, open);
    long account = accounts.loadUserByUsername(name).account();
    String temporary = accounts.resetPassword(account, "security");
    assertThat(open.isInvalid()).as("a session that was open").isTrue();
    assertThat(signIn(PASSWORD, new MockHttpSession())).isEqualTo("/sign-in?refused");

    MockHttpSession session = new MockHttpSession();
    assertThat(signIn(temporary, session)).isEqualTo("/");
    for (String path : List.of("/", "/officials", "/account")) {
      assertThat(answer(get(path).session(session)).getRedirectedUrl())
          .as(path)
          .isEqualTo("/account/password");
    }
    assertThat(change(temporary, "password12", session)).contains("role=\"alert\"");
    assertThat(answer(get("/officials").session(session)).getStatus()).isEqualTo(302);
    change(temporary, "cloud ferry lantern", session);
    assertThat(answer(get("/account").session(session)).getStatus()).isEqualTo(200);
    assertThat(signIn("cloud ferry lantern", new MockHttpSession())).isEqualTo("/");
  }

  @Test
  void aTemporaryPasswordRunsOut() throws Exception {
    String temporary =
        accounts.resetPassword(accounts.loadUserByUsername(name).account(), "security");
    clock.move(Duration.ofHours(73));
    assertThat(signIn(temporary, new MockHttpSession())).isEqualTo("/sign-in?expired");
  }

  @Test
  void aBcryptHashBecomesArgon2AtTheNextSigningIn() throws Exception {
    jdbc.sql("update platform.account set password_hash = ? where sign_in_name = ?")
        .params(new BCryptPasswordEncoder(4).encode(PASSWORD), name)
        .update();
    assertThat(signIn("not the password", new MockHttpSession())).isEqualTo("/sign-in?refused");
    assertThat(hash()).startsWith("$2a$");
    assertThat(signIn(PASSWORD, new MockHttpSession())).isEqualTo("/");
    assertThat(hash()).startsWith("{argon2id}");
    assertThat(signIn(PASSWORD, new MockHttpSession())).isEqualTo("/");
  }

  // ---------------------------------------------------------------- sessions

  @Test
  void aChangedPasswordEndsTheOtherSessionsAndNotThisOne() throws Exception {
    MockHttpSession here = new MockHttpSession();
    MockHttpSession there = new MockHttpSession();
    signIn(PASSWORD, here);
    signIn(PASSWORD, there);
    String before = here.getId();
    change(PASSWORD, "cloud ferry lantern", here);
    assertThat(there.isInvalid()).isTrue();
    assertThat(here.getId()).isNotEqualTo(before);
    clock.move(Duration.ofSeconds(30));
    assertThat(answer(get("/account").session(here)).getStatus()).isEqualTo(200);
  }

  @Test
  void ownSessionsAreListedAndEnded() throws Exception {
    MockHttpSession here = new MockHttpSession();
    MockHttpSession there = new MockHttpSession();
    signIn(PASSWORD, here);
    signIn(PASSWORD, there);
    String page = answer(get("/account").session(here)).getContentAsString();
    Matcher end = Pattern.compile("/account/sessions/([0-9a-f-]{36})/end").matcher(page);
    assertThat(end.find()).isTrue();
    String id = end.group(1);
    assertThat(end.find()).as("the present one is not to be ended").isFalse();
    String mine = name;
    name = mine + "x";
    accounts.create(name, "别人", PASSWORD, Role.PERSONNEL_OFFICER, null, "test");
    MockHttpSession stranger = new MockHttpSession();
    signIn(PASSWORD, stranger);
    assertThat(
            answer(post("/account/sessions/" + id + "/end").session(stranger).with(csrf()))
                .getStatus())
        .isEqualTo(404);
    assertThat(there.isInvalid()).isFalse();
    answer(post("/account/sessions/" + id + "/end").session(here).with(csrf()));
    assertThat(there.isInvalid()).isTrue();
    assertThat(here.isInvalid()).isFalse();
  }

  @Test
  void aClosedAccountIsOutWithinSeconds() throws Exception {
    MockHttpSession session = new MockHttpSession();
    signIn(PASSWORD, session);
    jdbc.sql("update platform.account set disabled_at = now() where sign_in_name = ?")
        .param(name)
        .update();
    clock.move(Duration.ofSeconds(11));
    assertThat(answer(get("/account").session(session)).getRedirectedUrl())
        .isEqualTo("/sign-in?over");
    assertThat(session.isInvalid()).isTrue();
    assertThat(signIn(PASSWORD, new MockHttpSession())).isEqualTo("/sign-in?refused");
  }

  // ---------------------------------------------------------------- confirming anew

  @Test
  void aFileIsGivenOnlyAfterConfirmingAnew() throws Exception {
    MockHttpSession session = new MockHttpSession();
    signIn(PASSWORD, session);
    assertThat(answer(get("/officials/roster.csv").session(session)).getStatus()).isEqualTo(200);
    clock.move(Duration.ofMinutes(11));
    assertThat(answer(get("/officials/roster.csv?sort=age").session(session)).getRedirectedUrl())
        .isEqualTo("/account/confirm");
    assertThat(confirm("password", "not the password", session))
        .isEqualTo("/account/confirm?refused");
    assertThat(answer(get("/officials/roster.csv").session(session)).getRedirectedUrl())
        .isEqualTo("/account/confirm");
    assertThat(confirm("password", PASSWORD, session)).isEqualTo("/account/confirm/done");
    String page = answer(get("/account/confirm/done").session(session)).getContentAsString();
    assertThat(page).contains("http-equiv=\"refresh\"").contains("/officials/roster.csv?");
    assertThat(answer(get("/officials/roster.csv").session(session)).getStatus()).isEqualTo(200);
  }

  @Test
  void whoHasASecondFactorConfirmsWithIt() throws Exception {
    MockHttpSession session = new MockHttpSession();
    byte[] secret = enrolled(session);
    clock.move(Duration.ofMinutes(11));
    answer(get("/officials/roster.csv").session(session));
    assertThat(confirm("password", PASSWORD, session)).isEqualTo("/account/confirm?refused");
    assertThat(confirm("code", code(secret), session)).isEqualTo("/account/confirm/done");
  }

  @Test
  void aFormThatWasSentGoesOnAfterConfirming() throws Exception {
    MockHttpSession session = new MockHttpSession();
    signIn(PASSWORD, session);
    clock.move(Duration.ofMinutes(11));
    assertThat(
            answer(
                    post("/officials/forms")
                        .session(session)
                        .param("as", "print")
                        .param("id", "4711")
                        .with(csrf()))
                .getRedirectedUrl())
        .isEqualTo("/account/confirm");
    confirm("password", PASSWORD, session);
    Matcher wanted =
        Pattern.compile("url=http://localhost(/officials/forms[^\"]*)\"")
            .matcher(answer(get("/account/confirm/done").session(session)).getContentAsString());
    assertThat(wanted.find()).isTrue();
    String path = wanted.group(1).replace("&amp;", "&");
    assertThat(answer(get(URI.create(path)).session(session)).getRedirectedUrl())
        .startsWith("/officials/forms/print")
        .contains("id=4711");
  }

  // ---------------------------------------------------------------- steps

  private byte[] enrolled(MockHttpSession session) throws Exception {
    if (answer(get("/account").session(session)).getStatus() != 200) {
      signIn(PASSWORD, session);
    }
    byte[] secret = secret(session);
    MockHttpServletResponse kept =
        answer(
            post("/account/authenticator")
                .session(session)
                .param("code", code(secret))
                .with(csrf()));
    assertThat(kept.getStatus()).isEqualTo(200);
    clock.move(Duration.ofSeconds(31));
    return secret;
  }

  private byte[] secret(MockHttpSession session) throws Exception {
    Matcher typed =
        TYPED.matcher(answer(get("/account/authenticator").session(session)).getContentAsString());
    assertThat(typed.find()).isTrue();
    return new Base32().decode(typed.group(1).replace(" ", ""));
  }

  private String code(byte[] secret) {
    return Authenticators.code(secret, clock.instant());
  }

  private String hash() {
    return jdbc.sql("select password_hash from platform.account where sign_in_name = ?")
        .param(name)
        .query(String.class)
        .single();
  }

  private static boolean contains(byte[] within, byte[] part) {
    return HexFormat.of().formatHex(within).contains(HexFormat.of().formatHex(part));
  }

  private String change(String present, String wanted, MockHttpSession session) throws Exception {
    return answer(
            post("/account/password")
                .session(session)
                .param("present", present)
                .param("wanted", wanted)
                .param("again", wanted)
                .with(csrf()))
        .getContentAsString();
  }

  private String confirm(String field, String value, MockHttpSession session) throws Exception {
    return Objects.requireNonNull(
        answer(post("/account/confirm").session(session).param(field, value).with(csrf()))
            .getRedirectedUrl());
  }

  private String second(String code, MockHttpSession session) throws Exception {
    return Objects.requireNonNull(
        answer(post("/sign-in/second").session(session).param("code", code).with(csrf()))
            .getRedirectedUrl());
  }

  private String signIn(String password, MockHttpSession session) throws Exception {
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
