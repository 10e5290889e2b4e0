package org.dandang.protection;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.dandang.MovedClock;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Assignments;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.procedure.Acting;
import org.dandang.platform.procedure.Beginning;
import org.dandang.platform.procedure.Cases;
import org.dandang.platform.procedure.Command;
import org.dandang.platform.procedure.Done;
import org.dandang.platform.procedure.Party;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A bureau with officers, a head and officials, for scenarios of protection. */
public final class Bureau {
  private static final String PASSWORD = "a password of tests";

  public final long unit;
  public final JdbcClient jdbc;
  private final Accounts accounts;
  private final Assignments assignments;
  private final Cases cases;

  public Bureau(Accounts accounts, Assignments assignments, JdbcClient jdbc, Cases cases) {
    this.accounts = accounts;
    this.assignments = assignments;
    this.jdbc = jdbc;
    this.cases = cases;
    this.unit = unit("t-bureau", "清河县发展和改革局");
    person("officer", Role.PERSONNEL_OFFICER);
    person("officer2", Role.PERSONNEL_OFFICER);
    person("head", Role.HEAD_OF_UNIT);
    person("head2", Role.HEAD_OF_UNIT);
  }

  private long unit(String code, String name) {
    return jdbc.sql("select id from organisation.unit where code = ?")
        .param(code)
        .query(Long.class)
        .optional()
        .orElseGet(
            () ->
                jdbc.sql(
                        """
                        insert into organisation.unit (source, code, name, kind, level, recorded_at, recorded_by)
                        values ('test', ?, ?, 'department', 'county', now(), 'test') returning id
                        """)
                    .params(code, name)
                    .query(Long.class)
                    .single());
  }

  private void person(String name, Role role) {
    if (!accounts.exists(name)) {
      long account = accounts.open(name, name, PASSWORD, null, "test");
      assignments.give(
          Assignments.Wanted.held(account, role, unit, LocalDate.of(2010, 1, 1)), "test");
    }
  }

  /** An official who serves in the bureau. */
  public long official(String name) {
    long id =
        jdbc.sql("insert into official.official (source, key) values ('test', ?) returning id")
            .param("K-" + UUID.randomUUID())
            .query(Long.class)
            .single();
    jdbc.sql(
            """
            insert into official.identity (official_id, name, pinyin, initials, sex, born, began_work, recorded_at, recorded_by)
            values (?, ?, 'x', 'x', 1, date '1980-03-02', date '2002-07-01', now(), 'test')
            """)
        .params(id, name)
        .update();
    jdbc.sql(
            """
            insert into official.posting (official_id, unit_id, post, post_level, starts_on, recorded_at, recorded_by)
            values (?, ?, '科长', '150', date '2015-01-01', now(), 'test')
            """)
        .params(id, unit)
        .update();
    return id;
  }

  /** The account of an official's own record. */
  public SignedIn account(long official) {
    String name = "own-" + official;
    if (!accounts.exists(name)) {
      long account = accounts.open(name, name, PASSWORD, official, "test");
      assignments.give(
          Assignments.Wanted.held(account, Role.OFFICIAL, null, LocalDate.of(2010, 1, 1)), "test");
    }
    return accounts.loadUserByUsername(name);
  }

  public SignedIn as(String name) {
    return accounts.loadUserByUsername(name);
  }

  public Done begin(SignedIn by, String pack, long official, Map<String, String> answers) {
    return cases.begin(
        new Command(UUID.randomUUID(), by),
        new Beginning(pack, unit, List.of(Party.official(official)), answers));
  }

  public Done act(
      SignedIn by, Done seen, String outcome, String reasons, Map<String, String> answers) {
    return cases.act(
        new Command(UUID.randomUUID(), by),
        new Acting(seen.step(), seen.edition(), outcome, reasons, answers));
  }

  public Done act(
      String by, Done seen, String outcome, String reasons, Map<String, String> answers) {
    return act(as(by), seen, outcome, reasons, answers);
  }

  /** The step or the end at which a matter stands. */
  public String at(long matter) {
    return jdbc.sql(
            """
            select coalesce((select step from platform.matter_step where matter_id = m.id and state = 'open'), m.result)
              from platform.matter m where id = ?
            """)
        .param(matter)
        .query(String.class)
        .single();
  }

  /** The key of an official in the register, as forms name them. */
  public String key(long official) {
    return jdbc.sql("select key from official.subject where subject = ?")
        .param(official)
        .query(String.class)
        .single();
  }

  public int notices(String cause) {
    return jdbc.sql("select count(*) from platform.notice where cause like ?")
        .param(cause)
        .query(Integer.class)
        .single();
  }

  /** The clock of these tests. */
  @TestConfiguration(proxyBeanMethods = false)
  public static class Surroundings {
    @Bean
    @Primary
    MovedClock movedClock() {
      return MovedClock.standing(LocalDate.of(2024, 6, 3));
    }
  }
}
