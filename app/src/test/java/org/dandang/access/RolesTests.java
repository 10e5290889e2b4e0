package org.dandang.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import org.dandang.DandangTest;
import org.dandang.platform.access.Access;
import org.dandang.platform.access.AccountBook;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.AssignmentRefused;
import org.dandang.platform.access.Assignments;
import org.dandang.platform.access.Assignments.Kind;
import org.dandang.platform.access.Assignments.Wanted;
import org.dandang.platform.access.Delegations;
import org.dandang.platform.access.Grants;
import org.dandang.platform.access.Recusals;
import org.dandang.platform.access.Recusals.Ground;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.Ruling;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.access.Subject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;

/** Roles, who gives and passes them on, and what they allow. */
@DandangTest
@AutoConfigureMockMvc
@TestPropertySource(properties = {"dandang.password.cost=4", "dandang.test.database=roles"})
class RolesTests {
  @Autowired MockMvc pages;
  @Autowired JdbcClient jdbc;
  @Autowired Accounts accounts;
  @Autowired AccountBook book;
  @Autowired Assignments assignments;
  @Autowired Delegations delegations;
  @Autowired Access access;
  @Autowired Grants grants;
  @Autowired Recusals recusals;

  private static County county;
  private static int count;

  @BeforeEach
  void twoCounties() {
    if (county == null) {
      county = new County(jdbc, accounts, assignments);
      county.settle();
    }
    count++;
  }

  private SignedIn account(String name, Role role, String unit) {
    return county.account(name + "-" + count, null, role, unit);
  }

  private SignedIn now(SignedIn account) {
    return accounts.loadUserByUsername(account.signInName());
  }

  private long unit(String name) {
    return Objects.requireNonNull(county.units.get(name));
  }

  private Subject person(String name) {
    return Subject.official(Objects.requireNonNull(county.people.get(name)));
  }

  private LocalDate today() {
    return assignments.today();
  }

  @Test
  void administratorsHoldNoOtherRoleByCodeAndByTheDatabase() {
    SignedIn security = account("sec", Role.SECURITY_ADMINISTRATOR, null);
    for (Role other : Role.values()) {
      if (other != Role.SECURITY_ADMINISTRATOR) {
        assertThatThrownBy(
                () ->
                    assignments.give(Wanted.held(security.account(), other, null, today()), "test"))
            .as(other.word())
            .isInstanceOf(AssignmentRefused.class);
        assertThatThrownBy(
                () ->
                    jdbc.sql(
                            "insert into platform.role_assignment (account_id, role, starts_on, given_at, given_by) values (?, ?, ?, now(), 'x')")
                        .params(security.account(), other.word(), today())
                        .update())
            .as(other.word())
            .isInstanceOf(DataIntegrityViolationException.class);
      }
    }
    SignedIn officer = account("off", Role.PERSONNEL_OFFICER, "county");
    assertThatThrownBy(
            () ->
                jdbc.sql(
                        "insert into platform.role_assignment (account_id, role, starts_on, given_at, given_by) values (?, 'audit-administrator', ?, now(), 'x')")
                    .params(officer.account(), today())
                    .update())
        .isInstanceOf(DataIntegrityViolationException.class);
    assertThatThrownBy(
            () ->
                jdbc.sql("update platform.account set official_id = 1 where id = ?")
                    .param(security.account())
                    .update())
        .isInstanceOf(DataIntegrityViolationException.class);
  }

  @Test
  void aRoleHoldsOverTheUnitAndWhatLiesWithinFromItsDayUntilItsEnd() {
    SignedIn officer = account("over", Role.PERSONNEL_OFFICER, "county");
    assertThat(access.holds(officer, Role.PERSONNEL_OFFICER, unit("bureau"))).isTrue();
    assertThat(access.holds(officer, Role.PERSONNEL_OFFICER, unit("county"))).isTrue();
    assertThat(access.holds(officer, Role.PERSONNEL_OFFICER, unit("city"))).isFalse();
    assertThat(access.holds(officer, Role.PERSONNEL_OFFICER, unit("school"))).isFalse();
    assertThat(access.holds(officer, Role.PERSONNEL_OFFICER, null)).isFalse();
    assertThat(access.holds(officer, Role.FINANCE_OFFICER, unit("county"))).isFalse();

    SignedIn later = account("later", null, null);
    assignments.give(
        Wanted.held(later.account(), Role.FINANCE_OFFICER, unit("county"), today().plusDays(1)),
        "test");
    assertThat(now(later).today()).isEmpty();
    long ending = now(officer).today().getFirst().id();
    assertThat(assignments.end(ending, today(), "test")).isTrue();
    assertThat(now(officer).today()).isEmpty();
    assertThat(assignments.end(ending, today(), "test")).isFalse();
  }

  @Test
  void holdersAreFoundNearestFirst() {
    SignedIn all = account("near-all", Role.DISCIPLINE_OFFICER, null);
    SignedIn city = account("near-city", Role.DISCIPLINE_OFFICER, "city");
    SignedIn bureau = account("near-bureau", Role.DISCIPLINE_OFFICER, "bureau");
    SignedIn other = account("near-other", Role.DISCIPLINE_OFFICER, "other");
    assertThat(access.holders(Role.DISCIPLINE_OFFICER, unit("bureau")))
        .containsSubsequence(bureau.account(), city.account(), all.account())
        .doesNotContain(other.account());
    book.close(city.account(), true, "left", "test");
    assertThat(access.holders(Role.DISCIPLINE_OFFICER, unit("bureau")))
        .doesNotContain(city.account());
  }

  @Test
  void nobodyPassesOnMoreThanTheOwn() {
    SignedIn giver = account("giver", Role.PERSONNEL_OFFICER, "county");
    SignedIn taker = account("taker", null, null);
    long own = giver.today().getFirst().id();
    LocalDate until = today().plusDays(10);
    for (Runnable wrong :
        new Runnable[] {
          () -> pass(giver, own, unit("other"), taker, until, "leave"),
          () -> pass(giver, own, unit("city"), taker, until, "leave"),
          () -> pass(giver, own, null, taker, null, "leave"),
          () -> pass(giver, own, null, taker, until, " "),
          () -> pass(giver, own, null, giver, until, "leave"),
          () -> pass(taker, own, null, giver, until, "leave"),
        }) {
      assertThatThrownBy(wrong::run).isInstanceOf(AssignmentRefused.class);
    }
    pass(giver, own, unit("bureau"), taker, until, "leave");
    SignedIn acting = now(taker);
    assertThat(access.holds(acting, Role.PERSONNEL_OFFICER, unit("bureau"))).isTrue();
    assertThat(access.holds(acting, Role.PERSONNEL_OFFICER, unit("county"))).isFalse();
    assertThat(delegations.own(acting)).isEmpty();
    assertThat(access.may(acting, Action.CHANGE, person("inside")))
        .isEqualTo(new Ruling.Allowed(giver.signInName()));
    assignments.end(own, today(), "test");
    assertThat(now(taker).today()).as("ends with the giver's own").isEmpty();
  }

  private void pass(
      SignedIn from, long own, Long unit, SignedIn to, LocalDate until, String reason) {
    delegations.delegate(from, own, unit, to.signInName(), today(), until, reason);
  }

  @Test
  void whatIsDoneForAnotherIsWrittenDownSo() throws Exception {
    SignedIn giver = account("for", Role.PERSONNEL_OFFICER, "county");
    SignedIn taker = account("by", null, null);
    pass(giver, giver.today().getFirst().id(), null, taker, today().plusDays(3), "leave");
    pages
        .perform(
            post("/officials/%d/registers/education/new".formatted(county.people.get("inside")))
                .param("kind", "full-time")
                .param("title", "大学")
                .param("reason", "补录")
                .with(user(now(taker)))
                .with(csrf()))
        .andReturn();
    Map<String, Object> entry =
        jdbc.sql(
                "select actor, detail->>'for' as whose from platform.ledger_entry where actor = ? and subject_kind = 'official' order by id desc limit 1")
            .param(taker.signInName())
            .query()
            .singleRow();
    assertThat(entry).containsEntry("whose", giver.signInName());
  }

  @Test
  void standInsNeedAnEndAndAReasonAndAreNeverAdministrators() {
    SignedIn absent = account("absent", Role.PERSONNEL_OFFICER, "county");
    SignedIn other = account("instead", null, null);
    LocalDate until = today().plusDays(5);
    for (Wanted wrong :
        new Wanted[] {
          standIn(other, absent, Role.PERSONNEL_OFFICER, null, "leave"),
          standIn(other, absent, Role.PERSONNEL_OFFICER, until, null),
          standIn(other, absent, Role.AUDIT_ADMINISTRATOR, until, "leave"),
          standIn(other, absent, Role.PERSONNEL_OFFICER, today(), "leave"),
        }) {
      assertThatThrownBy(() -> assignments.give(wrong, "test"))
          .isInstanceOf(AssignmentRefused.class);
    }
    assignments.give(standIn(other, absent, Role.PERSONNEL_OFFICER, until, "leave"), "test");
    assertThat(now(other).today().getFirst().forName()).isEqualTo(absent.signInName());
  }

  private Wanted standIn(
      SignedIn other, SignedIn absent, Role role, LocalDate until, String reason) {
    return new Wanted(
        other.account(),
        role,
        unit("county"),
        today(),
        until,
        Kind.STAND_IN,
        absent.account(),
        reason);
  }

  @Test
  void aTaskGivesSightOfOneRecordForAsLongAsItAsks() throws Exception {
    SignedIn petition = account("task", Role.PETITION_OFFICER, "county");
    Subject outside = person("outside");
    assertThat(access.may(petition, Action.READ, outside).allowed()).isFalse();
    grants.give(petition.account(), outside.kind(), outside.id(), "task 1", null);
    grants.give(petition.account(), outside.kind(), outside.id(), "task 1", null);
    assertThat(access.may(petition, Action.READ, outside).allowed()).isTrue();
    assertThat(access.may(petition, Action.CHANGE, outside).allowed()).isFalse();
    assertThat(access.may(petition, Action.READ, person("parent")).allowed()).isFalse();
    grants.end(petition.account(), outside.kind(), outside.id(), "task 1");
    assertThat(access.may(petition, Action.READ, outside).allowed()).isFalse();
  }

  @Test
  void whoDeclaresKeepsAwayUntilAnotherLiftsIt() throws Exception {
    SignedIn officer = account("away", Role.PERSONNEL_OFFICER, "county");
    String page = "/officials/" + county.people.get("inside");
    assertThat(status(page, officer)).isEqualTo(200);
    pages
        .perform(
            post("/account/roles/recusals")
                .param("kind", "official")
                .param("id", person("inside").id())
                .param("ground", "other")
                .param("reason", "同学关系")
                .with(user(officer))
                .with(csrf()))
        .andReturn();
    assertThat(status(page, officer)).isEqualTo(403);
    assertThat(access.may(officer, Action.READ, person("inside")))
        .isEqualTo(new Ruling.Refused(Ruling.Reason.RECUSED));
    recusals.lift(recusals.of(officer.account()).getFirst().id(), "已核实");
    assertThat(status(page, officer)).isEqualTo(200);
    assertThat(Ground.values()).hasSize(4);
  }

  private int status(String page, SignedIn account) throws Exception {
    return pages.perform(get(page).with(user(account))).andReturn().getResponse().getStatus();
  }

  @Test
  void theSecurityAdministratorOpensGivesAndEnds() throws Exception {
    SignedIn security = account("keeper", Role.SECURITY_ADMINISTRATOR, null);
    String name = "new-one-" + count;
    String to =
        pages
            .perform(
                post("/accounts")
                    .param("name", name)
                    .param("shown", "新来的")
                    .with(user(security))
                    .with(csrf()))
            .andReturn()
            .getResponse()
            .getRedirectedUrl();
    assertThat(to).startsWith("/accounts/");
    pages
        .perform(
            post(to + "/roles")
                .param("role", "personnel-officer")
                .param("unit", "U-county")
                .param("standsInFor", "")
                .param("reason", "")
                .with(user(security))
                .with(csrf()))
        .andReturn();
    SignedIn opened = accounts.loadUserByUsername(name);
    assertThat(opened.today()).singleElement().matches(held -> held.unit() == unit("county"));
    assertThat(
            pages
                .perform(
                    post(to + "/roles")
                        .param("role", "audit-administrator")
                        .param("unit", "")
                        .param("standsInFor", "")
                        .param("reason", "")
                        .with(user(security))
                        .with(csrf()))
                .andReturn()
                .getResponse()
                .getStatus())
        .isEqualTo(422);
    assertThat(status(to, security)).isEqualTo(200);
    pages
        .perform(
            post(to + "/roles/" + opened.today().getFirst().id() + "/end")
                .with(user(security))
                .with(csrf()))
        .andReturn();
    assertThat(now(opened).today()).isEmpty();
    assertThat(status("/officials", security)).isEqualTo(403);
    assertThat(status("/accounts?q=new&role=personnel-officer", security)).isEqualTo(200);
  }

  /** A role that ends while somebody is signed in does not last until the signing out. */
  @Test
  void aSessionGoesOnWithTheRolesOfTheMoment() throws Exception {
    SignedIn officer = account("session", Role.PERSONNEL_OFFICER, "county");
    assertThat(status("/officials", officer)).isEqualTo(200);
    assignments.end(officer.today().getFirst().id(), today(), "test");
    assertThat(status("/officials", officer)).isEqualTo(403);
  }
}
