package org.dandang.platform.procedure;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.dandang.MovedClock;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Assignments;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A small office: a unit in a department, with those who work on its matters. */
final class Office {
  static final Party PARTY = Party.official(900001);
  private static final String PASSWORD = "a password of tests";

  static final Map<String, String> LETTER =
      Map.of(
          "source", "report",
          "matter", "反映在项目招标中为他人提供便利",
          "less-intrusive", "statement-not-enough",
          "why-letter", "书面说明与档案不一致",
          "questions", "请说明招标的经过");
  static final Map<String, String> REPLY = Map.of("facts", "经过如下：…");
  static final Map<String, String> ASSESSMENT =
      Map.of("clear", "partly", "view", "说明不完整", "spot-checked", "checked");
  static final Map<String, String> OBJECTION = Map.of("grounds", "事实有出入");

  final Accounts accounts;
  final Assignments assignments;
  final JdbcClient jdbc;
  final long department;
  final long unit;

  Office(Accounts accounts, Assignments assignments, JdbcClient jdbc) {
    this.accounts = accounts;
    this.assignments = assignments;
    this.jdbc = jdbc;
    this.department = unit("t-department", null);
    this.unit = unit("t-unit", department);
    person("drafter", Role.PERSONNEL_OFFICER, unit);
    person("drafter2", Role.PERSONNEL_OFFICER, unit);
    person("head", Role.HEAD_OF_UNIT, unit);
    person("head-above", Role.HEAD_OF_UNIT, department);
    person("elsewhere", Role.HEAD_OF_UNIT, unit("t-other", null));
    official("party", PARTY.subject());
    official("somebody", 900002);
  }

  private void official(String name, long number) {
    if (!accounts.exists(name)) {
      accounts.create(name, name, PASSWORD, Role.OFFICIAL, number, "test");
    }
  }

  private long unit(String code, Long parent) {
    return jdbc.sql("select id from organisation.unit where code = ?")
        .param(code)
        .query(Long.class)
        .optional()
        .orElseGet(
            () ->
                jdbc.sql(
                        """
                        insert into organisation.unit (source, code, name, kind, level, parent_id, recorded_at, recorded_by)
                        values ('test', ?, ?, 'department', 'county', ?, now(), 'test') returning id
                        """)
                    .params(code, code, parent)
                    .query(Long.class)
                    .single());
  }

  long person(String name, Role role, Long over) {
    if (accounts.exists(name)) {
      return as(name).account();
    }
    long account = accounts.open(name, name, PASSWORD, null, "test");
    also(account, role, over);
    return account;
  }

  void also(long account, Role role, Long over) {
    assignments.give(
        Assignments.Wanted.held(account, role, over, LocalDate.of(2020, 1, 1)), "test");
  }

  SignedIn as(String name) {
    return accounts.loadUserByUsername(name);
  }

  Command by(String name) {
    return new Command(UUID.randomUUID(), as(name));
  }

  Beginning inquiry(String pack) {
    return new Beginning(pack, unit, List.of(PARTY), LETTER);
  }

  /** The clock of these tests. */
  @TestConfiguration(proxyBeanMethods = false)
  static class Surroundings {
    @Bean
    @Primary
    MovedClock movedClock() {
      return MovedClock.standing(LocalDate.of(2026, 6, 1));
    }
  }
}
