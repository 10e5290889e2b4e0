package org.dandang.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.dandang.DandangTest;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Assignments;
import org.dandang.platform.access.Readers;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.storage.Sight;
import org.dandang.platform.storage.Sights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/** What the database itself shows to the application, whatever the application asks. */
@DandangTest
@TestPropertySource(
    properties = {"dandang.test.as-application=true", "dandang.test.database=row-security"})
class RowSecurityTests {
  @Autowired JdbcClient jdbc;
  @Autowired DataSource source;
  @Autowired Accounts accounts;
  @Autowired Assignments assignments;
  @Autowired Readers readers;
  @Autowired TransactionTemplate transaction;

  /** Tables that name officials and are looked after otherwise: docs/decisions/0018-access.md. */
  private static final List<String> OTHERWISE =
      List.of(
          "platform.account",
          "platform.notice",
          "official.touched",
          "survey.voter",
          "survey.named_ballot");

  private static County county;

  @BeforeEach
  void twoCounties() {
    if (county == null) {
      county = new County(jdbc, accounts, assignments);
      county.settle();
    }
  }

  /** Tables with people's records: whatever names an official. */
  private List<String> tables() {
    return jdbc.sql(
            """
            select a.attrelid::regclass::text from pg_attribute a
              join pg_class c on c.oid = a.attrelid and c.relkind = 'r'
             where a.attname = 'official_id' and not a.attisdropped and c.relnamespace <> 'pg_catalog'::regnamespace
               and c.relpersistence = 'p' and c.oid <> all (cast(:others as text[])::regclass[])
             order by 1
            """)
        .param("others", OTHERWISE.toArray(String[]::new))
        .query(String.class)
        .list();
  }

  private Map<String, Set<Long>> seen(Sight sight) {
    Map<String, Set<Long>> seen = new TreeMap<>();
    for (String table : tables()) {
      for (Sight each : List.of(sight, widely(sight))) {
        Set<Long> people =
            Sights.as(
                each,
                () ->
                    Set.copyOf(
                        jdbc.sql("select distinct official_id from " + table)
                            .query(Long.class)
                            .list()));
        Set<Long> before = seen.put(table, people);
        assertThat(before == null ? people : before).as("widely or one by one").isEqualTo(people);
      }
    }
    return seen;
  }

  private static Sight widely(Sight sight) {
    return Sights.as(sight, () -> Sights.wide(Sights::now));
  }

  private Set<Long> people(String... names) {
    return Set.of(names).stream()
        .map(name -> Objects.requireNonNull(county.people.get(name)))
        .collect(java.util.stream.Collectors.toSet());
  }

  @Test
  void theApplicationOwnsNothingAndIsHeldToTheRules() {
    Map<String, Object> role =
        jdbc.sql(
                "select rolname, rolsuper, rolbypassrls from pg_roles where rolname = current_user")
            .query()
            .singleRow();
    assertThat(role)
        .containsEntry("rolname", "dandang_application")
        .containsEntry("rolsuper", false)
        .containsEntry("rolbypassrls", false);
    assertThat(
            jdbc.sql(
                    "select count(*) from pg_class where relowner = current_user::regrole and"
                        + " relpersistence = 'p'")
                .query(Long.class)
                .single())
        .isZero();
    for (String forbidden :
        List.of(
            "alter table official.identity disable row level security",
            "drop policy in_sight on official.identity",
            "set role dandang_owner",
            "truncate official.identity",
            "delete from platform.ledger_entry",
            "update platform.ledger_entry set actor = 'somebody'")) {
      assertThatThrownBy(() -> jdbc.sql(forbidden).update())
          .as(forbidden)
          .isInstanceOf(DataAccessException.class);
    }
  }

  @Test
  void everyTableAboutPeopleIsUnderRowSecurityTheOwnerIncluded() {
    assertThat(tables()).hasSizeGreaterThan(14);
    assertThat(
            jdbc.sql(
                    """
                    select c.oid::regclass::text from pg_class c
                     where c.oid = any (select t::regclass::oid from unnest(cast(:tables as text[])) t)
                       and not (c.relrowsecurity and c.relforcerowsecurity)
                    """)
                .param("tables", tables().toArray(String[]::new))
                .query(String.class)
                .list())
        .isEmpty();
    assertThat(
            jdbc.sql(
                    """
                    select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
                     where c.relkind = 'v' and n.nspname in (select schemaname from pg_tables where tablename = 'flyway_schema_history')
                       and not coalesce(c.reloptions @> array['security_invoker=true'], false)
                    """)
                .query(String.class)
                .list())
        .as("views that would read as their owner")
        .isEmpty();
  }

  @Test
  void withoutASightNothingIsSeen() {
    assertThat(seen(new Sight.Nothing()).values()).allMatch(Set::isEmpty);
    assertThat(seen(new Sight.Everything()).get("official.identity")).hasSize(7);
  }

  @Test
  void anOfficerSeesThoseOfTheOwnUnitsAndThoseTheUnitManages() {
    SignedIn officer = county.account("rs-county", null, Role.PERSONNEL_OFFICER, "county");
    Map<String, Set<Long>> seen = seen(readers.sightOf(officer));
    Set<Long> expected = people("inside", "own", "officer", "kin", "managed");
    assertThat(seen.get("official.identity")).isEqualTo(expected);
    seen.forEach((table, some) -> assertThat(expected).as(table).containsAll(some));
    assertThat(seen.get("official.family_member")).isEqualTo(expected);
    Sights.as(
        readers.sightOf(officer),
        () -> {
          assertThat(
                  jdbc.sql("select count(*) from official.current_identity where name like ?")
                      .param("%" + County.word("outside") + "%")
                      .query(Long.class)
                      .single())
              .isZero();
          assertThat(
                  jdbc.sql("update official.identity set health = 'x' where official_id = ?")
                      .param(county.people.get("outside"))
                      .update())
              .isZero();
          return null;
        });
  }

  @Test
  void whoHasLeftCountsWhereTheLastPostWas() {
    long left = Objects.requireNonNull(county.people.get("inside"));
    jdbc.sql("update official.posting set ends_on = date '2020-01-01' where official_id = ?")
        .param(left)
        .update();
    try {
      SignedIn officer = county.account("rs-county", null, Role.PERSONNEL_OFFICER, "county");
      assertThat(seen(readers.sightOf(officer)).get("official.identity")).contains(left);
    } finally {
      jdbc.sql("update official.posting set ends_on = null where official_id = ?")
          .param(left)
          .update();
    }
  }

  @Test
  void anOfficialSeesTheOwnRecordOnly() {
    SignedIn official = county.account("rs-own", "own", null, null);
    seen(readers.sightOf(official))
        .forEach((table, some) -> assertThat(people("own")).as(table).containsAll(some));
  }

  @Test
  void kinAreHiddenFromWhoeverIsOverEverything() {
    SignedIn officer = county.account("rs-all", "officer", Role.PERSONNEL_OFFICER, null);
    assertThat(seen(readers.sightOf(officer)).get("official.identity"))
        .isEqualTo(people("inside", "own", "officer", "managed", "outside", "parent"));
  }

  @Test
  void administratorsSeeNobody() {
    for (Role role :
        List.of(
            Role.SYSTEM_ADMINISTRATOR,
            Role.SECURITY_ADMINISTRATOR,
            Role.AUDIT_ADMINISTRATOR,
            Role.DISCIPLINE_OFFICER)) {
      SignedIn account = county.account("rs-" + role.word(), null, role, null);
      assertThat(seen(readers.sightOf(account)).values()).as(role.word()).allMatch(Set::isEmpty);
    }
  }

  @Test
  void aRolledBackTransactionLeavesNoSightOnItsConnection() throws SQLException {
    Sight county = readers.sightOf(RowSecurityTests.county.account("rs-own", "own", null, null));
    for (int i = 0; i < 20; i++) {
      Sights.everything(
          () ->
              transaction.execute(
                  status -> {
                    assertThat(visible()).isEqualTo(7);
                    Sights.as(county, () -> assertThat(visible()).isEqualTo(1));
                    status.setRollbackOnly();
                    return null;
                  }));
      Sights.as(county, () -> assertThat(visible()).isEqualTo(1));
      Sights.as(
          county,
          () ->
              transaction.execute(
                  status -> {
                    assertThat(visible()).isEqualTo(1);
                    assertThat(Sights.everything(this::visible)).isEqualTo(7);
                    assertThat(visible()).isEqualTo(1);
                    status.setRollbackOnly();
                    return null;
                  }));
      Sights.as(new Sight.Nothing(), () -> assertThat(visible()).isZero());
    }
  }

  /** The control: with a policy taken away, what the tests above ask is answered otherwise. */
  @Test
  void withTheRulesSwitchedOffTheSameQuestionShowsEverybody() throws SQLException {
    SignedIn official = county.account("rs-own", "own", null, null);
    Sights.as(readers.sightOf(official), () -> assertThat(visible()).isEqualTo(1));
    assertThat(Sights.everything(this::visible)).isEqualTo(7);
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("set dandang.sight = '*'");
      try (var row = statement.executeQuery("select count(*) from official.identity")) {
        row.next();
        assertThat(row.getLong(1)).isEqualTo(7);
      }
    }
  }

  private long visible() {
    return jdbc.sql("select count(*) from official.identity").query(Long.class).single();
  }
}
