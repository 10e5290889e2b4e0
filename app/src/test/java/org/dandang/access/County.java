package org.dandang.access;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Assignments;
import org.dandang.platform.access.Assignments.Wanted;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Two counties of a city with a few people, each of whom carries a word of the own in every field
 * of every register: where the word is found, the person was shown.
 *
 * <pre>
 * city ─┬─ county ─── bureau      inside, kin and officer serve in the bureau
 *       └─ other  ─── school      outside and managed serve in the school; the county manages
 *                                 posts of the level managed holds
 *         parent serves in the city itself
 * </pre>
 */
final class County {
  static final String PASSWORD = "gu8-Welle-Zaun-41";

  final Map<String, Long> units = new LinkedHashMap<>();
  final Map<String, Long> people = new LinkedHashMap<>();
  private final JdbcClient jdbc;
  private final Accounts accounts;
  private final Assignments assignments;

  County(JdbcClient jdbc, Accounts accounts, Assignments assignments) {
    this.jdbc = jdbc;
    this.accounts = accounts;
    this.assignments = assignments;
  }

  void settle() {
    unit("city", null);
    unit("county", "city");
    unit("bureau", "county");
    unit("other", "city");
    unit("school", "other");
    person("inside", "bureau", "150");
    person("own", "bureau", "150");
    person("officer", "bureau", "150");
    person("kin", "bureau", "150");
    person("managed", "school", "141");
    person("outside", "school", "150");
    person("parent", "city", "150");
    jdbc.sql(
            """
            insert into organisation.management_authority
                   (managing_unit_id, managed_unit_id, post_levels, starts_on, document_title, recorded_at, recorded_by)
            values (?, ?, array['141'], date '2010-01-01', '干部管理权限规定', now(), 'test')
            """)
        .params(units.get("county"), units.get("school"))
        .update();
    jdbc.sql(
            "insert into official.family_member (official_id, relation, name, recorded_at, recorded_by) values (?, '配偶', ?, now(), 'test')")
        .params(people.get("officer"), name("kin"))
        .update();
  }

  /** The word that only this person's record contains. */
  static String word(String person) {
    return "雀"
        + switch (person) {
          case "inside" -> "甲";
          case "own" -> "乙";
          case "officer" -> "丙";
          case "kin" -> "丁";
          case "managed" -> "戊";
          case "outside" -> "己";
          case "parent" -> "庚";
          default -> throw new IllegalArgumentException(person);
        }
        + "鸣";
  }

  /** Kin are named in the officer's own record, so their name is none of the words. */
  private static String name(String person) {
    return person.equals("kin") ? "雀丁某" : word(person);
  }

  SignedIn account(
      String name, @Nullable String official, @Nullable Role role, @Nullable String unit) {
    if (!accounts.exists(name)) {
      long id =
          accounts.open(
              name, name, PASSWORD, official == null ? null : people.get(official), "test");
      if (official != null) {
        assignments.give(Wanted.held(id, Role.OFFICIAL, null, assignments.today()), "test");
      }
      if (role != null) {
        assignments.give(
            Wanted.held(id, role, unit == null ? null : units.get(unit), assignments.today()),
            "test");
      }
    }
    return accounts.loadUserByUsername(name);
  }

  private void unit(String name, @Nullable String parent) {
    units.put(
        name,
        jdbc.sql(
                """
                insert into organisation.unit (source, code, name, kind, level, parent_id, recorded_at, recorded_by)
                values ('place', :code, :name, 'department', 'county', :parent, now(), 'test') returning id
                """)
            .param("code", "U-" + name)
            .param("name", name)
            .param("parent", parent == null ? null : units.get(parent), java.sql.Types.BIGINT)
            .query(Long.class)
            .single());
  }

  private void person(String name, String unit, String level) {
    String word = word(name);
    long id =
        jdbc.sql("insert into official.official (source, key) values ('place', ?) returning id")
            .param(word + "号")
            .query(Long.class)
            .single();
    people.put(name, id);
    jdbc.sql("insert into official.known_as (source, key, official_id) values ('place', ?, ?)")
        .params(word + "号", id)
        .update();
    run(
        """
        insert into official.identity (official_id, name, pinyin, initials, sex, ethnic_group, born, began_work, native_place, birthplace, health, technical_post, speciality, recorded_at, recorded_by)
        values (:id, :name, 'que', 'q', 1, :word, date '1980-03-02', date '2002-07-01', :word, :word, :word, :word, :word, now(), 'test')
        """,
        id,
        word);
    jdbc.sql(
            """
            insert into official.posting (official_id, unit_id, post, post_level, starts_on, recorded_at, recorded_by)
            values (:id, :unit, :word, :level, date '2015-01-01', now(), 'test')
            """)
        .param("id", id)
        .param("unit", units.get(unit))
        .param("word", word)
        .param("level", level)
        .update();
    for (String sql :
        List.of(
            "insert into official.rank_held (official_id, rank, since, recorded_at, recorded_by) values (:id, :word, date '2016-01-01', now(), 'test')",
            "insert into official.pay (official_id, year, grade, rank, amount, appointment, recorded_at, recorded_by) values (:id, 2024, :word, :word, 1, :word, now(), 'test')",
            "insert into official.award (official_id, kind, reference, outcome, granted_on, authority, recorded_at, recorded_by) values (:id, :word, :word, 'granted', date '2020-01-01', :word, now(), 'test')",
            "insert into official.annual_grade (official_id, year, grade, recorded_at, recorded_by) values (:id, 2024, 'competent', now(), :word)",
            "insert into official.education (official_id, kind, title, degree_title, school, major, recorded_at, recorded_by) values (:id, 'full-time', :word, :word, :word, :word, now(), 'test')",
            "insert into official.affiliation (official_id, affiliation, recorded_at, recorded_by) values (:id, '01', now(), :word)",
            "insert into official.penalty (official_id, kind, decided_on, authority, reason, recorded_at, recorded_by) values (:id, :word, date '2019-01-01', :word, :word, now(), 'test')",
            "insert into official.family_member (official_id, relation, name, employment, recorded_at, recorded_by) values (:id, '父亲', :word || '父', :word, now(), 'test')",
            "insert into official.timeline_flag (official_id, kind) values (:id, 'number-disagrees')")) {
      run(sql, id, word);
    }
  }

  private void run(String sql, long id, String word) {
    JdbcClient.StatementSpec statement =
        jdbc.sql(sql.replace(":name", word.equals(word("kin")) ? "'" + name("kin") + "'" : ":word"))
            .param("id", id);
    (sql.contains(":word") ? statement.param("word", word) : statement).update();
  }

  LocalDate today() {
    return assignments.today();
  }
}
