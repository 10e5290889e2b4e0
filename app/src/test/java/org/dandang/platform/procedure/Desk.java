package org.dandang.platform.procedure;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.dandang.MovedClock;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Assignments;
import org.dandang.platform.access.Readers;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.jobs.Recurring;
import org.dandang.platform.storage.Sights;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Works on matters as people do, for tests of the modules that register what comes of them: units,
 * officials and accounts, drafts with files, steps, and a clock that is moved.
 */
public final class Desk {
  private static final String PASSWORD = "a password of tests";
  private static final byte[] FILE = "材料".getBytes(StandardCharsets.UTF_8);

  public final JdbcClient jdbc;
  public final Cases cases;
  public final MovedClock time;
  private final Filling filling;
  private final Matters matters;
  private final Accounts accounts;
  private final Assignments assignments;
  private final Readers readers;
  private final List<Recurring> recurring;

  public Desk(ApplicationContext context) {
    this.jdbc = context.getBean(JdbcClient.class);
    this.cases = context.getBean(Cases.class);
    this.time = context.getBean(MovedClock.class);
    this.filling = context.getBean(Filling.class);
    this.matters = context.getBean(Matters.class);
    this.accounts = context.getBean(Accounts.class);
    this.assignments = context.getBean(Assignments.class);
    this.readers = context.getBean(Readers.class);
    this.recurring = List.copyOf(context.getBeansOfType(Recurring.class).values());
  }

  /** The number of a unit, which is made where it is not there. */
  public long unit(String code, String level, Long parent) {
    return jdbc.sql("select id from organisation.unit where code = ?")
        .param(code)
        .query(Long.class)
        .optional()
        .orElseGet(
            () ->
                jdbc.sql(
                        """
                        insert into organisation.unit (source, code, name, kind, level, parent_id, recorded_at, recorded_by)
                        values ('test', ?, ?, 'department', ?, ?, now(), 'test') returning id
                        """)
                    .params(code, code, level, parent)
                    .query(Long.class)
                    .single());
  }

  /** The number of an official with a post in a unit, who is made where there is none. */
  public long official(String key, long unit) {
    return jdbc.sql("select id from official.official where source = 'test' and key = ?")
        .param(key)
        .query(Long.class)
        .optional()
        .orElseGet(
            () -> {
              long id =
                  jdbc.sql(
                          "insert into official.official (source, key) values ('test', ?) returning"
                              + " id")
                      .param(key)
                      .query(Long.class)
                      .single();
              jdbc.sql(
                      "insert into official.known_as (source, key, official_id) values ('test', ?,"
                          + " ?)")
                  .params(key, id)
                  .update();
              jdbc.sql(
                      """
                      insert into official.identity (official_id, name, pinyin, initials, sex, born, began_work, recorded_at, recorded_by)
                      values (?, ?, 'x', 'x', 1, date '1980-03-02', date '2002-07-01', now(), 'test')
                      """)
                  .params(id, "某" + key)
                  .update();
              jdbc.sql(
                      """
                      insert into official.posting (official_id, unit_id, post, post_level, starts_on, recorded_at, recorded_by)
                      values (?, ?, '科员', '150', date '2010-01-01', now(), 'test')
                      """)
                  .params(id, unit)
                  .update();
              return id;
            });
  }

  /** An account with a role over a unit; opened where it is not there. */
  public void account(String name, Role role, Long unit) {
    if (!accounts.exists(name)) {
      long id = accounts.open(name, name, PASSWORD, null, "test");
      assignments.give(Assignments.Wanted.held(id, role, unit, LocalDate.of(2000, 1, 1)), "test");
    }
  }

  /** The account of an official's own record; opened where it is not there. */
  public void own(String name, long official) {
    if (!accounts.exists(name)) {
      accounts.create(name, name, PASSWORD, Role.OFFICIAL, official, "test");
    }
  }

  public SignedIn as(String name) {
    return accounts.loadUserByUsername(name);
  }

  public Command by(String name) {
    return new Command(UUID.randomUUID(), as(name));
  }

  /** Begins a matter, with one file in each of some fields. */
  public Done begin(
      String who,
      String pack,
      long unit,
      Party party,
      Map<String, String> answers,
      String... files) {
    Command command = by(who);
    Done draft =
        asReader(
            who, () -> cases.draft(command, new Beginning(pack, unit, List.of(party), answers)));
    Matter matter = matters.find(draft.matter()).orElseThrow();
    String form = matter.procedure().flow().start().form();
    return asReader(
        who,
        () -> {
          attach(matter, null, form, command.by(), files);
          return cases.begin(by(who), draft.matter(), answers);
        });
  }

  /** What a page does for somebody is done with what that one sees, as a request has it. */
  public <T> T asReader(String who, Supplier<T> work) {
    return Sights.as(readers.sightOf(as(who)), work);
  }

  /** Does the step at which a matter stands, with one file in each of some fields. */
  public Done act(
      String who,
      Done at,
      String outcome,
      String reasons,
      Map<String, String> answers,
      String... files) {
    Matter matter = matters.find(at.matter()).orElseThrow();
    OpenStep open = matters.openStep(matter).orElseThrow();
    return asReader(
        who,
        () -> {
          attach(matter, open.id(), open.node().form(), as(who), files);
          return cases.act(
              by(who), new Acting(open.id(), matter.edition(), outcome, reasons, answers));
        });
  }

  /** As the other, where only the matter is known. */
  public Done act(
      String who, long matter, String outcome, String reasons, Map<String, String> answers) {
    Matter found = matters.find(matter).orElseThrow();
    return act(who, new Done(matter, 0, found.edition(), false), outcome, reasons, answers);
  }

  private void attach(Matter matter, Long step, String form, SignedIn by, String... fields) {
    for (String field : fields) {
      filling.attach(
          matter, step, matter.procedure().forms().get(form), field, field + ".txt", FILE, by);
    }
  }

  /** The step at which a matter stands; null when it is over. */
  public String at(long matter) {
    return matters
        .openStep(matters.find(matter).orElseThrow())
        .map(o -> o.node().id())
        .orElse(null);
  }

  /** The end a matter came to; null while it is open. */
  public String result(long matter) {
    return matters.find(matter).orElseThrow().result();
  }

  /** The procedure a matter goes by. */
  public Procedure procedure(long matter) {
    return matters.find(matter).orElseThrow().procedure();
  }

  /** Everything that the clock does is done for the moment at which it stands. */
  public void theClockRuns() throws InterruptedException {
    for (Recurring work : recurring) {
      work.run();
    }
  }

  /** What an account, or an official on paper, was told, newest first. */
  public List<String> notices(long official) {
    return jdbc.sql(
            """
            select n.subject ->> 'zh-CN' from platform.notice n left join platform.account a on a.id = n.account_id
             where n.official_id = :official or a.official_id = :official order by n.id desc
            """)
        .param("official", official)
        .query(String.class)
        .list();
  }

  /** The clock of these tests. */
  @TestConfiguration(proxyBeanMethods = false)
  public static class Surroundings {
    @Bean
    @Primary
    MovedClock time() {
      return MovedClock.standing(LocalDate.of(2026, 6, 1));
    }
  }
}
