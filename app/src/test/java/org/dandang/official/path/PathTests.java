package org.dandang.official.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.time.LocalDate;
import org.dandang.DandangTest;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Role;
import org.dandang.policy.fact.Evidence;
import org.dandang.policy.pack.OutcomeKind;
import org.dandang.policy.step.ConditionStanding;
import org.dandang.policy.step.Since;
import org.dandang.policy.step.StepStanding;
import org.dandang.policy.step.Steps;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;

/** What the next steps ask, what is on record, and since when. */
@DandangTest
@AutoConfigureMockMvc
@TestPropertySource(properties = "dandang.password.cost=4")
class PathTests {
  private static final LocalDate DAY = LocalDate.of(2026, 1, 20);

  @Autowired Steps steps;
  @Autowired JdbcClient jdbc;
  @Autowired MockMvc mvc;
  @Autowired Accounts accounts;

  private long unit;
  private long official;

  @BeforeEach
  void aClerkOfACounty() {
    jdbc.sql("truncate organisation.unit, official.official, official.import cascade").update();
    unit =
        jdbc.sql(
                "insert into organisation.unit (source, code, name, kind, level, recorded_at, recorded_by) values ('test', 'X', '清溪县', 'county', 'county', now(), 'test') returning id")
            .query(Long.class)
            .single();
    official = person("a");
    rank("二级主任科员", "2024-05-10");
    grade(2024, "competent");
    grade(2025, "competent");
  }

  @Test
  void theDayATimeIsServedIsTheDayItComes() {
    ConditionStanding time = condition(rank(), "time-in-rank");
    assertThat(time.status()).isEqualTo(OutcomeKind.NOT_MET);
    assertThat(time.asked()).hasToString("24");
    assertThat(time.has()).hasToString("20");
    assertThat(time.since()).isEqualTo(new Since.Coming(LocalDate.of(2026, 5, 10)));
    assertThat(time.clause()).isNotNull();
    assertThat(rank().allMetOn()).isEqualTo(LocalDate.of(2026, 5, 10));
    assertThat(rank().outcome()).isEqualTo("not-yet");
    assertThat(rank().to()).isEqualTo("一级主任科员");
  }

  @Test
  void anOutstandingYearCutsHalfAYearFromTheDayItCounts() {
    jdbc.sql("update official.annual_grade set grade = 'outstanding' where year = 2024").update();
    assertThat(condition(rank(), "time-in-rank").since())
        .isEqualTo(new Since.Met(LocalDate.of(2025, 11, 10), false));
  }

  @Test
  void theGradeOfAYearCountsFromTheNextYearOn() {
    jdbc.sql("update official.annual_grade set grade = 'outstanding' where year = 2025").update();
    assertThat(condition(rank(), "time-in-rank").since())
        .isEqualTo(new Since.Met(LocalDate.of(2026, 1, 1), false));
  }

  @Test
  void aYearBelowCompetentIsServedAgainAndTimeAloneDoesNotMendAGrade() {
    jdbc.sql("update official.annual_grade set grade = 'basically-competent' where year = 2025")
        .update();
    assertThat(condition(rank(), "time-in-rank").since())
        .isEqualTo(new Since.Coming(LocalDate.of(2027, 5, 10)));
    ConditionStanding grade = condition(rank(), "last-year-grade");
    assertThat(grade.status()).isEqualTo(OutcomeKind.NOT_MET);
    assertThat(grade.since()).isEqualTo(new Since.NotByTimeAlone());
    assertThat(rank().allMetOn()).isNull();
  }

  @Test
  void thePostThatCountsAsWellIsCounted() {
    posting("141", "2023-03-15", null);
    ConditionStanding time = condition(rank(), "time-in-rank");
    assertThat(time.has()).hasToString("34");
    assertThat(time.since()).isEqualTo(new Since.Met(LocalDate.of(2025, 3, 15), false));
  }

  @Test
  void anImpactPeriodEndsByItselfAndNamesItsRow() {
    penalty("诫勉", "2025-12-01");
    ConditionStanding measure = condition(rank(), "no-measure-running");
    assertThat(measure.status()).isEqualTo(OutcomeKind.NOT_MET);
    assertThat(measure.since()).isEqualTo(new Since.Coming(LocalDate.of(2026, 6, 1)));
    assertThat(
            measure.facts().stream()
                .filter(seen -> seen.fact().id().equals("months-since-admonition"))
                .flatMap(seen -> seen.rows().stream()))
        .extracting(Evidence::register)
        .containsExactly("official.penalty");
  }

  @Test
  void ofSeveralMeasuresTheOneThatEndsLastCounts() {
    penalty("党内严重警告", "2025-06-10");
    penalty("政务警告", "2025-10-10");
    assertThat(condition(rank(), "no-measure-running").since())
        .isEqualTo(new Since.Coming(LocalDate.of(2026, 12, 10)));
  }

  @Test
  void twoSanctionsInFourYearsAreLeftToPeople() {
    penalty("记过", "2024-06-10");
    penalty("警告", "2025-10-10");
    assertThat(condition(rank(), "no-measure-running").status())
        .isEqualTo(OutcomeKind.PERSON_DECIDES);
  }

  @Test
  void aConditionMetBeforeTheStepBeganIsMetSinceTheStepBegan() {
    posting("141", "2023-03-15", null);
    StepStanding post = post();
    assertThat(post.to()).isEqualTo("132");
    assertThat(condition(post, "years-of-work").since())
        .isEqualTo(new Since.Met(LocalDate.of(2023, 3, 15), false));
    assertThat(condition(post, "time-at-level").since())
        .isEqualTo(new Since.Coming(LocalDate.of(2026, 3, 15)));
    assertThat(condition(post, "grass-roots-work").since())
        .isEqualTo(new Since.Met(LocalDate.of(2025, 3, 15), false));
    assertThat(condition(post, "posts-below").since()).isEqualTo(new Since.NotByTimeAlone());
    assertThat(condition(post, "education-asked").status()).isEqualTo(OutcomeKind.PERSON_DECIDES);
  }

  @Test
  void aConditionTheStepDoesNotAskIsNotShown() {
    posting("142", "2023-03-15", null);
    assertThat(post().conditions())
        .extracting(ConditionStanding::id)
        .containsExactly("time-at-level", "last-year-grade", "no-measure-running");
  }

  @Test
  void nothingIsAskedOfOneAtTheTop() {
    rank("一级巡视员", "2025-01-10");
    StepStanding standing = rank();
    assertThat(standing.outcome()).isEqualTo("nothing-further");
    assertThat(standing.conditions()).isEmpty();
    assertThat(standing.allMetOn()).isNull();
  }

  @Test
  void aDayOnWhichAPostEndsIsAsFarAsIsLooked() {
    posting("141", "2023-03-15", "2026-03-01");
    assertThat(condition(post(), "time-at-level").since()).isEqualTo(new Since.NotByTimeAlone());
  }

  @Test
  void theDayFoundIsTheFirstOnWhichTheSameQuestionIsAnsweredOtherwise() {
    for (LocalDate start = LocalDate.of(2023, 1, 1);
        start.isBefore(LocalDate.of(2024, 3, 5));
        start = start.plusDays(47)) {
      jdbc.sql("update official.rank_held set since = ?").param(start).update();
      Since since = condition(rank(), "time-in-rank").since();
      LocalDate found = since instanceof Since.Met met ? met.day() : ((Since.Coming) since).day();
      assertThat(condition(step("rank", found), "time-in-rank").met()).as("%s", start).isTrue();
      assertThat(condition(step("rank", found.minusDays(1)), "time-in-rank").met())
          .as("%s", start)
          .isFalse();
    }
  }

  @Test
  void anOfficialSeesTheOwnPathAndNobodyElses() throws Exception {
    if (!accounts.exists("path-officer")) {
      accounts.create("path-officer", "o", "a long password", Role.PERSONNEL_OFFICER, null, "test");
    }
    long other = person("b");
    String name = "path-own-" + official;
    accounts.create(name, "x", "a long password", Role.OFFICIAL, official, "test");
    String own = page("/me/path?on=" + DAY, name);
    assertThat(own)
        .contains("我的路径", "一级主任科员", "2026-05-10", "由组织按程序决定")
        .doesNotContain("将会晋升", "您将晋升");
    assertThat(own).contains("/me/why/national/rank-advance/" + official);
    assertThat(page("/me/path/summary", name)).contains("/me/path");
    assertThat(
            mvc.perform(
                    get("/officials/" + other + "/path")
                        .with(user(accounts.loadUserByUsername(name))))
                .andReturn()
                .getResponse()
                .getStatus())
        .isEqualTo(403);
    assertThat(page("/officials/" + official + "/path?on=" + DAY, "path-officer"))
        .contains("下一职级", "一级主任科员", "由组织按程序决定", "href=\"/why/national/rank-advance/")
        .doesNotContain("/me/");
  }

  private String page(String path, String account) throws Exception {
    return mvc.perform(get(path).with(user(accounts.loadUserByUsername(account))))
        .andReturn()
        .getResponse()
        .getContentAsString();
  }

  private StepStanding rank() {
    return step("rank", DAY);
  }

  private StepStanding post() {
    return step("post-level", DAY);
  }

  private StepStanding step(String ladder, LocalDate day) {
    return steps.of(official, day).stream()
        .filter(
            standing -> {
              var step = standing.pack().step();
              return step != null && step.ladder().equals(ladder);
            })
        .findFirst()
        .orElseThrow();
  }

  private static ConditionStanding condition(StepStanding standing, String id) {
    return standing.conditions().stream()
        .filter(condition -> condition.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private long person(String key) {
    long id =
        jdbc.sql("insert into official.official (source, key) values ('test', ?) returning id")
            .param(key)
            .query(Long.class)
            .single();
    jdbc.sql(
            "insert into official.identity (official_id, name, began_work, status, recorded_at, recorded_by) values (?, '单小明', '2005-07-01', 'serving', now(), 'test')")
        .param(id)
        .update();
    return id;
  }

  private void rank(String rank, String since) {
    jdbc.sql(
            "insert into official.rank_held (official_id, rank, since, recorded_at, recorded_by) values (?, ?, cast(? as date), now(), 'test')")
        .params(official, rank, since)
        .update();
  }

  private void grade(int year, String grade) {
    jdbc.sql(
            "insert into official.annual_grade (official_id, year, grade, recorded_at, recorded_by) values (?, ?, ?, now(), 'test')")
        .params(official, year, grade)
        .update();
  }

  private void penalty(String kind, String on) {
    jdbc.sql(
            "insert into official.penalty (official_id, kind, decided_on, recorded_at, recorded_by) values (?, ?, cast(? as date), now(), 'test')")
        .params(official, kind, on)
        .update();
  }

  private void posting(String level, String from, String to) {
    jdbc.sql(
            "insert into official.posting (official_id, unit_id, post, post_level, kind, starts_on, ends_on, recorded_at, recorded_by) values (:official, :unit, '局长', :level, 'regular', cast(:from as date), cast(:to as date), now(), 'test')")
        .param("official", official)
        .param("unit", unit)
        .param("level", level)
        .param("from", from)
        .param("to", to, java.sql.Types.VARCHAR)
        .update();
  }
}
