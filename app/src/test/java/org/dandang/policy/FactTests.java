package org.dandang.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.dandang.DandangTest;
import org.dandang.policy.fact.Evidence;
import org.dandang.policy.fact.Fact;
import org.dandang.policy.fact.Facts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@DandangTest
class FactTests {
  private static final LocalDate DAY = LocalDate.of(2020, 6, 30);

  @Autowired Facts facts;
  @Autowired JdbcClient jdbc;

  private long county;
  private long township;
  private long official;

  @BeforeEach
  void aCountyAndOneOfficial() {
    jdbc.sql(
            "truncate organisation.unit, official.official, official.import restart identity cascade")
        .update();
    county = unit("X", "county", "county", null, null);
    township = unit("X1", "township", "township", county, 4);
    official =
        jdbc.sql("insert into official.official (source, key) values ('test', 'a') returning id")
            .query(Long.class)
            .single();
    jdbc.sql(
            "insert into official.identity (official_id, name, began_work, status, recorded_at, recorded_by) values (?, '单小明', '2005-07-01', 'serving', now(), 'test')")
        .param(official)
        .update();
  }

  @Test
  void frontLineServiceIsCountedInFullMonthsAndOverlapsOnce() {
    posting(township, "regular", "150", "2015-01-01", "2016-01-01");
    posting(county, "first-secretary", null, "2015-07-01", "2016-07-01");

    assertThat(of("front-line-months")).hasToString("18");
  }

  @Test
  void frontLineServiceIsMissingForOneWhoNeverServedThere() {
    posting(county, "regular", "150", "2015-01-01", null);

    assertThat(of("front-line-months")).isNull();
    assertThat(of("on-front-line-now")).isEqualTo(false);
  }

  @Test
  void serviceAfterTheDateAskedDoesNotCount() {
    posting(township, "regular", "150", "2019-06-30", null);

    assertThat(of("front-line-months")).hasToString("12");
    assertThat(of("on-front-line-now")).isEqualTo(true);
  }

  @Test
  void aPostingThatEndsBeforeItStartsCountsForNothing() {
    posting(township, "regular", "150", "2019-06-30", "2018-01-01");

    assertThat(of("front-line-months")).isNull();
  }

  @Test
  void gradesThatContradictEachOtherAreMissing() {
    grade(2019, "competent");
    assertThat(of("last-annual-grade")).isEqualTo("competent");
    grade(2019, "outstanding");
    assertThat(of("last-annual-grade")).isNull();
  }

  @Test
  void timeAtTheLevelAddsUpEveryPostOfThatLevel() {
    posting(county, "regular", "150", "2010-01-01", "2015-01-01");
    posting(county, "regular", "142", "2015-01-01", "2017-01-01");
    posting(township, "regular", "142", "2018-01-01", null);

    assertThat(of("post-level")).isEqualTo("142");
    assertThat(of("months-at-post-level")).hasToString("53");
    assertThat(of("hardship-class")).hasToString("4");
  }

  @Test
  void serviceInHardPlacesIsCountedByTheNearestPlaceWithAClass() {
    jdbc.sql("update organisation.unit set hardship_class = 2, altitude_zone = 1 where id = ?")
        .param(county)
        .update();
    long bureau = unit("X2", "department", "county-department", county, null);
    posting(bureau, "regular", "150", "2010-01-01", "2015-01-01");
    posting(township, "regular", "150", "2015-01-01", "2017-01-01");
    posting(township, "first-secretary", null, "2016-01-01", "2018-01-01");
    posting(bureau, "regular", "142", "2018-01-01", null);

    assertThat(of("hardship-class")).hasToString("2");
    assertThat(of("altitude-zone")).hasToString("1");
    assertThat(of("hardship-class-served")).hasToString("4");
    assertThat(of("hardship-months")).hasToString("125");
    assertThat(of("months-at-highest-hardship")).hasToString("36");
    assertThat(of("altitude-zone-served")).hasToString("1");
    assertThat(of("altitude-months")).hasToString("125");
    assertThat(of("months-at-highest-altitude")).hasToString("125");
  }

  @Test
  void whoNeverServedInAHardPlaceHasNoMonthsThere() {
    long city = unit("Y", "prefecture", "city", null, 0);
    posting(city, "regular", "150", "2010-01-01", null);

    assertThat(of("hardship-class-served")).hasToString("0");
    assertThat(of("hardship-months")).isNull();
    assertThat(of("months-at-highest-hardship")).isNull();
    assertThat(of("altitude-zone-served")).isNull();
  }

  @Test
  void theKindsOfUnitAndTheTaskForcesOfACareerAreFacts() {
    long enterprise = unit("Z", "enterprise", "none", null, null);
    posting(township, "regular", "150", "2010-01-01", "2015-01-01");
    posting(enterprise, "regular", "142", "2015-01-01", null);
    posting(county, "task-force", null, "2017-01-01", "2017-06-01");

    assertThat(of("unit-kind-of-post")).isEqualTo("enterprise");
    assertThat(of("kinds-of-unit-served")).hasToString("3");
    assertThat(of("task-forces-served")).hasToString("1");
  }

  @Test
  void aRankWithoutADateIsHeldFromTheDayItWasRecorded() {
    rank("三级主任科员", "2015-01-01", "2019-01-01");
    rank("二级主任科员", null, "2020-01-01");
    assertThat(of("rank")).isEqualTo("二级主任科员");
    assertThat(of("months-in-rank")).isNull();
    rank("一级主任科员", null, "2021-01-01");
    assertThat(of("rank")).isEqualTo("二级主任科员");
    rank("二级主任科员", "2018-06-30", "2021-01-01");
    assertThat(of("rank")).isEqualTo("二级主任科员");
    assertThat(of("months-in-rank")).hasToString("24");
  }

  private void rank(String rank, String since, String recorded) {
    jdbc.sql(
            "insert into official.rank_held (official_id, rank, since, recorded_at, recorded_by) values (?, ?, cast(? as date), cast(? as timestamptz), 'test')")
        .params(official, rank, since, recorded)
        .update();
  }

  @Test
  void everyFactGivesTheSameForOneAsForAll() {
    posting(township, "regular", "150", "2015-01-01", "2018-03-04");
    posting(county, "regular", "142", "2018-03-04", null);
    grade(2019, "competent");
    List<String> ids =
        facts.catalogue().all().stream()
            .filter(fact -> fact.subject().equals("official"))
            .map(Fact::id)
            .toList();
    Map<String, Object> one = facts.of("official", official, ids, DAY, null);

    ByteArrayOutputStream all = new ByteArrayOutputStream();
    facts.write("official", ids, Map.of(), DAY, null, all);

    StringBuilder expected = new StringBuilder(Long.toString(official));
    for (String id : ids) {
      Object value = one.get(id);
      expected.append(',').append(value == null ? "\\N" : shortened(value));
    }
    assertThat(all.toString(StandardCharsets.UTF_8)).isEqualTo(expected + "\n");
  }

  @Test
  void everyFactNamesTheRowsItRestsOn() {
    posting(township, "regular", "150", "2015-01-01", "2016-01-01");
    posting(county, "regular", "142", "2016-01-01", null);

    List<Evidence> rows = facts.evidence("front-line-months", official, DAY, null);

    assertThat(rows).hasSize(1);
    assertThat(rows.getFirst().words()).contains("X1").contains("150");
    assertThat(rows.getFirst().since()).isEqualTo(LocalDate.of(2015, 1, 1));
  }

  @Test
  void aPromotionCountsForTheUnitAndAllItLiesIn() {
    posting(township, "regular", "150", "2015-01-01", "2020-02-01");
    posting(township, "regular", "142", "2020-02-01", null);

    assertThat(of("unit", county, "promoted-count")).hasToString("1");
    assertThat(of("unit", township, "promoted-count")).hasToString("1");
    assertThat(of("unit", county, "promoted-with-front-line-count")).hasToString("1");
  }

  @Test
  void aSlateIsLaidOverTheRegistersOnlyForWhoAsks() {
    posting(county, "regular", "150", "2015-01-01", null);
    jdbc.sql(
            "insert into official.proposed_posting (slate_id, official_id, unit_id, post_level, starts_on, recorded_at, recorded_by) values (7, ?, ?, '142', '2020-06-01', now(), 'test')")
        .params(official, county)
        .update();

    assertThat(of("unit", county, "promoted-count")).hasToString("0");
    assertThat(facts.of("unit", county, List.of("promoted-count"), DAY, 7L).get("promoted-count"))
        .hasToString("1");
    assertThat(facts.evidence("promoted-count", county, DAY, 7L)).hasSize(1);
  }

  private static String shortened(Object value) {
    return switch (value) {
      case Boolean bool -> bool ? "t" : "f";
      default -> value.toString();
    };
  }

  private Object of(String fact) {
    return of("official", official, fact);
  }

  private Object of(String subject, long id, String fact) {
    return facts.of(subject, id, List.of(fact), DAY, null).get(fact);
  }

  private long unit(String code, String kind, String level, Long parent, Integer hardship) {
    return jdbc.sql(
            "insert into organisation.unit (source, code, name, kind, level, parent_id, hardship_class, recorded_at, recorded_by) values ('test', ?, ?, ?, ?, ?, ?, now(), 'test') returning id")
        .params(code, code, kind, level, parent, hardship)
        .query(Long.class)
        .single();
  }

  private void posting(long unit, String kind, String level, String from, String to) {
    jdbc.sql(
            "insert into official.posting (official_id, unit_id, post_level, kind, starts_on, ends_on, recorded_at, recorded_by) values (?, ?, ?, ?, cast(? as date), cast(? as date), now(), 'test')")
        .params(official, unit, level, kind, from, to)
        .update();
  }

  private void grade(int year, String grade) {
    jdbc.sql(
            "insert into official.annual_grade (official_id, year, grade, recorded_at, recorded_by) values (?, ?, ?, now(), 'test')")
        .params(official, year, grade)
        .update();
  }
}
