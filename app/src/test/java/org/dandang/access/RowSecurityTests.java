package org.dandang.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
      List.of("platform.account", "platform.notice", "official.touched");

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

  /** A new table is either under row-level security, forced, or says here why not. */
  @Test
  void everyTableIsUnderRowSecurityOrSaysWhyNot() throws IOException {
    Map<String, String> reasons = new TreeMap<>();
    for (String line :
        Files.readAllLines(
            Path.of("src", "test", "resources", "tables-without-row-security.txt"))) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] parts = line.strip().split("\\s{2,}", 2);
        assertThat(parts).as(line).hasSize(2);
        reasons.put(parts[0], parts[1]);
      }
    }
    Set<String> without =
        new TreeSet<>(
            jdbc.sql(
                    """
                    select n.nspname || '.' || c.relname
                      from pg_class c join pg_namespace n on n.oid = c.relnamespace
                     where c.relkind in ('r', 'p') and c.relpersistence <> 't'
                       and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg_%'
                       and not (c.relrowsecurity and c.relforcerowsecurity)
                    """)
                .query(String.class)
                .list());
    assertThat(without).hasSizeGreaterThan(40);
    Set<String> unexplained = new TreeSet<>();
    Set<String> unused = new TreeSet<>(reasons.keySet());
    for (String table : without) {
      List<String> names =
          List.of(table, table.replaceAll("\\..*", ".*"), table.replaceAll("^[^.]*\\.", "*."));
      if (names.stream().noneMatch(reasons::containsKey)) {
        unexplained.add(table);
      }
      names.forEach(unused::remove);
    }
    assertThat(unexplained).as("neither row-level security nor a reason").isEmpty();
    assertThat(unused).as("reasons for tables that are under it, or gone").isEmpty();
  }

  /** What the database itself shows of matters, notices, electorates and ballots. */
  @Test
  void mattersNoticesAndVotesAreShownToThoseOnlyWhoseTheyAre() {
    SignedIn officer =
        county.account("rs-county-officer", "officer", Role.PERSONNEL_OFFICER, "county");
    SignedIn all = county.account("rs-over-all", null, Role.PERSONNEL_OFFICER, null);
    SignedIn own = county.account("rs-own", "own", null, null);
    SignedIn head = county.account("rs-head", null, Role.HEAD_OF_UNIT, "bureau");
    SignedIn panel = county.account("rs-panel", null, Role.PANEL_MEMBER, "county");
    Map<String, Long> matters = new TreeMap<>();
    for (String person : List.of("inside", "own", "officer", "outside", "parent", "kin")) {
      matters.put(person, matterAbout(person, all.account()));
    }
    assertThat(mattersOf(officer)).isEqualTo(some(matters, "inside", "own"));
    assertThat(mattersOf(own)).isEmpty();
    assertThat(mattersOf(head)).isEmpty();
    long step = step(matters.get("own"), "'{}'", true);
    step(matters.get("kin"), "'{head-of-unit}'", false);
    step(matters.get("outside"), "'{head-of-unit}'", false);
    assertThat(mattersOf(own)).isEqualTo(some(matters, "own"));
    assertThat(mattersOf(head)).isEqualTo(some(matters, "kin"));
    assertThat(mattersOf(panel)).isEmpty();
    assertThat(mattersOf(all)).containsAll(matters.values());
    for (String table : List.of("matter_party", "matter_step")) {
      Set<Long> seen =
          seenBy(
              officer,
              "select matter_id from platform." + table + " where matter_id = any (?)",
              (Object) matters.values().toArray(Long[]::new));
      assertThat(some(matters, "inside", "own")).as(table).containsAll(seen);
    }
    assertThat(seenBy(panel, "select id from platform.matter_step where id = ?", step)).isEmpty();
    long told = notice(own.account(), null);
    long paper = notice(null, county.people.get("inside"));
    long elsewhere = notice(null, county.people.get("outside"));
    String notices = "select id from platform.notice where id >= ?";
    assertThat(seenBy(own, notices, told)).containsExactly(told);
    assertThat(seenBy(officer, notices, told)).containsExactly(paper);
    assertThat(seenBy(head, notices, told)).isEmpty();
    assertThat(Sights.everything(() -> seenNow(notices, told)))
        .containsExactlyInAnyOrder(told, paper, elsewhere);
    Map<String, Long> votes = new TreeMap<>();
    for (String unit : List.of("county", "other")) {
      long vote =
          jdbc.sql(
                  """
                  insert into survey.survey (pack, title, unit_id, secret, created_at, created_by)
                  values ('p', 't', ?, false, now(), 'test') returning id
                  """)
              .param(county.units.get(unit))
              .query(Long.class)
              .single();
      votes.put(unit, vote);
      for (String person : List.of("own", "outside")) {
        jdbc.sql(
                "insert into survey.voter (survey_id, official_id, name, origin) values (?, ?, ?,"
                    + " 'test')")
            .params(vote, county.people.get(person), person)
            .update();
        jdbc.sql(
                "insert into survey.named_ballot (survey_id, official_id, answers, cast_at) values"
                    + " (?, ?, '{}', now())")
            .params(vote, county.people.get(person))
            .update();
      }
    }
    for (String table : List.of("survey.voter", "survey.named_ballot")) {
      String lines =
          "select survey_id * 100000 + official_id from " + table + " where survey_id >= ?";
      long first = votes.get("county");
      assertThat(seenBy(officer, lines, first)).hasSize(2);
      assertThat(seenBy(all, lines, first)).hasSize(4);
      assertThat(seenBy(own, lines, first)).hasSize(2);
      assertThat(seenBy(head, lines, first)).isEmpty();
      assertThat(Sights.as(new Sight.Nothing(), () -> seenNow(lines, first))).isEmpty();
    }
  }

  private long matterAbout(String person, long by) {
    long unit =
        county.units.get(
            person.equals("outside") ? "school" : person.equals("parent") ? "city" : "bureau");
    long version =
        jdbc.sql(
                """
                insert into platform.procedure_version (pack, begins_on, hash, bpmn, forms, texts, engine_key, recorded_at)
                values (?, date '2026-01-01', 'h', '', '{}', '{}', 'k', now()) returning id
                """)
            .param("test/" + person)
            .query(Long.class)
            .single();
    long matter =
        jdbc.sql(
                """
                insert into platform.matter (version_id, pack, state, unit_id, above, begun_by, drafted_at, begun_at, begun_on, figures)
                select ?, 'test', 'open', l.unit_id, l.line, ?, now(), now(), date '2026-01-01', '{}'
                  from organisation.unit_line l where l.unit_id = ? returning id
                """)
            .params(version, by, unit)
            .query(Long.class)
            .single();
    jdbc.sql(
            "insert into platform.matter_party (matter_id, kind, subject) values (?, 'official',"
                + " ?)")
        .params(matter, county.people.get(person))
        .update();
    return matter;
  }

  private long step(long matter, String roles, boolean party) {
    return jdbc.sql(
            """
            insert into platform.matter_step (matter_id, place, step, state, opened_at, party, roles, beginner, not_by, engine_id)
            values (?, 1, 's', 'open', now(), ?, %s, false, '{}', ?) returning id
            """
                .formatted(roles))
        .params(matter, party, "test-" + matter)
        .query(Long.class)
        .single();
  }

  private long notice(Long account, Long official) {
    return jdbc.sql(
            """
            insert into platform.notice (cause, account_id, official_id, subject, sent_at, sent_by)
            values (gen_random_uuid()::text, :account, :official, '{}', now(), 'test') returning id
            """)
        .param("account", account, java.sql.Types.BIGINT)
        .param("official", official, java.sql.Types.BIGINT)
        .query(Long.class)
        .single();
  }

  private Set<Long> mattersOf(SignedIn account) {
    return seenBy(account, "select id from platform.matter where pack = ?", "test");
  }

  private Set<Long> seenBy(SignedIn account, String sql, Object value) {
    return Sights.as(readers.sightOf(account), () -> seenNow(sql, value));
  }

  private Set<Long> seenNow(String sql, Object value) {
    return Set.copyOf(jdbc.sql(sql).params(List.of(value)).query(Long.class).list());
  }

  private static Set<Long> some(Map<String, Long> matters, String... people) {
    return Set.of(people).stream()
        .map(person -> Objects.requireNonNull(matters.get(person)))
        .collect(java.util.stream.Collectors.toSet());
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
