package org.dandang.platform.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.dandang.DandangTest;
import org.dandang.MovedClock;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Assignments;
import org.dandang.platform.access.Assignments.Wanted;
import org.dandang.platform.access.Role;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** What the security administrator does to other people's accounts, and what becomes of them. */
@DandangTest
@AutoConfigureMockMvc
@TestPropertySource(
    properties = {
      "dandang.password.cost=4",
      "dandang.limits.sign-in=off",
      "dandang.limits.name=off",
      "dandang.second-factor.required="
    })
@Import(SecondFactorTests.Moved.class)
class LostFactorTests {
  private static final String PASSWORD = "a long password";

  @Autowired MockMvc mvc;
  @Autowired Accounts accounts;
  @Autowired Assignments assignments;
  @Autowired RecoveryCodes codes;
  @Autowired JdbcClient jdbc;
  @Autowired MovedClock clock;

  private long holder;
  private long administrator;
  private String names = "";

  @BeforeEach
  void openAccounts() {
    names = "lost" + System.nanoTime() % 1_000_000_000;
    holder = accounts.create(names, "某同志", PASSWORD, Role.PERSONNEL_OFFICER, null, "test");
    administrator =
        accounts.create(names + "-sec", "保密员", PASSWORD, Role.SECURITY_ADMINISTRATOR, null, "test");
    jdbc.sql(
            "insert into platform.authenticator (account_id, secret, confirmed_at, last_step)"
                + " values (?, cast('x' as bytea), now(), 0)")
        .param(holder)
        .update();
    codes.renew(holder, names);
  }

  private MockHttpServletResponse answer(MockHttpServletRequestBuilder asked) throws Exception {
    return mvc.perform(asked.with(csrf())).andReturn().getResponse();
  }

  private MockHttpSession signedIn(String name) throws Exception {
    MockHttpSession session = new MockHttpSession();
    answer(post("/sign-in").session(session).param("name", name).param("password", PASSWORD));
    return session;
  }

  private MockHttpServletResponse remove(MockHttpSession session, long account, String reason)
      throws Exception {
    return answer(
        post("/accounts/" + account + "/second-factor").session(session).param("reason", reason));
  }

  private long factors(long account) {
    return jdbc.sql(
            """
            select (select count(*) from platform.authenticator where account_id = :id)
                 + (select count(*) from platform.recovery_code where account_id = :id)
            """)
        .param("id", account)
        .query(Long.class)
        .single();
  }

  @Test
  void removesWhatWasLostTellsTheHolderAndWritesItDown() throws Exception {
    MockHttpSession security = signedIn(names + "-sec");
    remove(security, holder, " ");
    assertThat(factors(holder)).as("without a reason").isEqualTo(11);
    assertThat(remove(security, holder, "本人持工作证到场核实").getRedirectedUrl())
        .isEqualTo("/accounts/" + holder);
    assertThat(factors(holder)).isZero();
    assertThat(
            jdbc.sql(
                    "select actor || ' ' || cast(detail as text) from platform.ledger_entry where"
                        + " action = 'second-factor-removed' and subject_id = ?")
                .param(Long.toString(holder))
                .query(String.class)
                .list())
        .singleElement()
        .asString()
        .startsWith(names + "-sec ")
        .contains("本人持工作证到场核实");
    MockHttpSession again = signedIn(names);
    assertThat(answer(get("/notices").session(again)).getContentAsString())
        .contains("您的第二登录因素已被解除");
    remove(security, holder, "再次");
    assertThat(
            jdbc.sql(
                    "select count(*) from platform.ledger_entry where action ="
                        + " 'second-factor-removed' and subject_id = ?")
                .param(Long.toString(holder))
                .query(Long.class)
                .single())
        .as("there is nothing left to remove")
        .isEqualTo(1);
  }

  @Test
  void nobodyRemovesTheOwn() throws Exception {
    MockHttpSession security = signedIn(names + "-sec");
    codes.renew(administrator, names);
    remove(security, administrator, "自己");
    assertThat(factors(administrator)).isEqualTo(10);
  }

  @Test
  void asksForAFreshProofBeforeAnyOfIt() throws Exception {
    MockHttpSession security = signedIn(names + "-sec");
    clock.move(Duration.ofMinutes(25));
    answer(get("/accounts").session(security));
    long assignment =
        jdbc.sql("select id from platform.role_assignment where account_id = ?")
            .param(holder)
            .query(Long.class)
            .single();
    String account = "/accounts/" + holder;
    for (MockHttpServletRequestBuilder change :
        List.of(
            post(account + "/second-factor").param("reason", "遗失"),
            post(account + "/password"),
            post(account + "/closing").param("closed", "true").param("reason", "离职"),
            post(account + "/roles/" + assignment + "/end"),
            post(account + "/roles")
                .param("role", "training-officer")
                .param("unit", "")
                .param("standsInFor", "")
                .param("reason", ""))) {
      assertThat(answer(change.session(security)).getRedirectedUrl()).isEqualTo("/account/confirm");
    }
    assertThat(factors(holder)).isEqualTo(11);
    assertThat(
            jdbc.sql(
                    "select count(*) from platform.role_assignment where account_id = ? and ends_on"
                        + " is null")
                .param(holder)
                .query(Long.class)
                .single())
        .isEqualTo(1);
    // The control: right after a proof the same goes through.
    MockHttpSession fresh = signedIn(names + "-sec");
    assertThat(
            answer(post(account + "/second-factor").param("reason", "遗失").session(fresh))
                .getRedirectedUrl())
        .isEqualTo(account);
    assertThat(factors(holder)).isZero();
  }

  private boolean isIn(MockHttpSession session) throws Exception {
    return !session.isInvalid() && answer(get("/account").session(session)).getStatus() == 200;
  }

  @Test
  void sessionsEndWhenRolesChangeAndWhenAnAccountIsClosed() throws Exception {
    jdbc.sql("delete from platform.authenticator where account_id = ?").param(holder).update();
    MockHttpSession first = signedIn(names);
    assertThat(isIn(first)).isTrue();
    clock.move(Duration.ofSeconds(1));
    long given =
        assignments.give(
            Wanted.held(holder, Role.TRAINING_OFFICER, null, assignments.today()), "test");
    assertThat(isIn(first)).as("a role was given").isFalse();
    MockHttpSession second = signedIn(names);
    assertThat(isIn(second)).isTrue();
    assignments.give(
        Wanted.held(holder, Role.FINANCE_OFFICER, null, assignments.today().plusDays(9)), "test");
    assertThat(isIn(second)).as("a role that begins later changes nothing yet").isTrue();
    clock.move(Duration.ofSeconds(1));
    assignments.end(given, assignments.today(), "test");
    assertThat(isIn(second)).as("a role was ended").isFalse();
    MockHttpSession third = signedIn(names);
    MockHttpSession security = signedIn(names + "-sec");
    answer(
        post("/accounts/" + holder + "/closing")
            .session(security)
            .param("closed", "true")
            .param("reason", "离职"));
    assertThat(isIn(third)).as("the account was closed").isFalse();
    assertThat(isIn(security)).as("somebody else's session goes on").isTrue();
    assertThat(Objects.requireNonNullElse(signedIn(names).getAttribute("none"), "")).isEqualTo("");
  }
}
