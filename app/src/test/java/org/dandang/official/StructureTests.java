package org.dandang.official;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dandang.DandangTest;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Role;
import org.dandang.platform.jobs.Progress;
import org.dandang.policy.fact.Facts;
import org.dandang.policy.pack.Models;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.Packs;
import org.dandang.policy.pack.PolicyVersion;
import org.dandang.policy.run.Explaining;
import org.dandang.policy.run.PolicyRuns;
import org.dandang.policy.run.RunSummary;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;

/** The structure of a leading team, its rules, and which posts fall vacant when. */
@DandangTest
@AutoConfigureMockMvc
@TestPropertySource(properties = {"dandang.test.database=structure", "dandang.password.cost=4"})
class StructureTests {
  private static final LocalDate DAY = LocalDate.of(2026, 6, 30);

  @Autowired MockMvc mvc;
  @Autowired Accounts accounts;
  @Autowired JdbcClient jdbc;
  @Autowired Facts facts;
  @Autowired Packs packs;
  @Autowired Models models;
  @Autowired Explaining explaining;
  @Autowired PolicyRuns runs;
  private long county;
  private long bureau;

  @BeforeEach
  void aCountyWithATeam() {
    jdbc.sql(
            "truncate official.official, official.import, organisation.unit,"
                + " organisation.unit_description, organisation.reorganisation cascade")
        .update();
    county = unit("C", "清溪县", "county", null);
    bureau = unit("B", "教育局", "county-department", county);
    // born, sex, ethnic group, level, since, education level, affiliation
    member("书记", county, "131", "2015-05-01", "1966-08-15", 1, "汉族", "21", "法学", "01");
    member("县长", county, "131", "2021-07-01", "1976-01-10", 1, "苗族", "14", "经济学", "01");
    member("副县长", county, "132", "2024-03-01", "1988-02-01", 2, "汉族", "21", "法学", "07");
    member("科员", county, "150", "2024-03-01", "1998-02-01", 2, "汉族", "31", "会计", "03");
    member("局长", bureau, "141", "2020-03-01", "1970-02-01", 2, "汉族", "31", "会计", "01");
    for (String[] post : new String[][] {{"131", "2"}, {"132", "3"}}) {
      jdbc.sql(
              "insert into organisation.establishment (unit_id, post_level, headcount, starts_on,"
                  + " document_title, recorded_at, recorded_by) values (?, ?, ?, date '2010-01-01',"
                  + " '三定', now(), 'test')")
          .params(county, post[0], Integer.parseInt(post[1]))
          .update();
    }
    if (!accounts.exists("officer")) {
      accounts.create(
          "officer", "officer", "a long password", Role.PERSONNEL_OFFICER, null, "test");
    }
  }

  private long unit(String code, String name, String level, Long parent) {
    return jdbc.sql(
            "insert into organisation.unit (source, code, name, kind, level, parent_id,"
                + " hardship_class, recorded_at, recorded_by) values ('place', :code, :name, :kind,"
                + " :level, :parent, :hardship, now(), 'test') returning id")
        .param("code", code)
        .param("name", name)
        .param("kind", parent == null ? "county" : "department")
        .param("level", level)
        .param("parent", parent, java.sql.Types.BIGINT)
        .param("hardship", parent == null ? 2 : null, java.sql.Types.SMALLINT)
        .query(Long.class)
        .single();
  }

  private long member(
      String name,
      long unit,
      String level,
      String since,
      String born,
      int sex,
      String ethnic,
      String education,
      String major,
      String affiliation) {
    long id =
        jdbc.sql("insert into official.official (source, key) values ('place', ?) returning id")
            .param(name)
            .query(Long.class)
            .single();
    jdbc.sql(
            "insert into official.identity (official_id, name, sex, ethnic_group, born,"
                + " recorded_at, recorded_by) values (?, ?, ?, ?, ?::date, now(), 'test')")
        .params(id, name, sex, ethnic, born)
        .update();
    jdbc.sql(
            "insert into official.posting (official_id, unit_id, post, post_level, starts_on,"
                + " recorded_at, recorded_by) values (?, ?, ?, ?, ?::date, now(), 'test')")
        .params(id, unit, name, level, since)
        .update();
    jdbc.sql(
            "insert into official.education (official_id, kind, level, major, recorded_at,"
                + " recorded_by) values (?, 'full-time', ?, ?, now(), 'test')")
        .params(id, education, major)
        .update();
    jdbc.sql(
            "insert into official.affiliation (official_id, affiliation, recorded_at, recorded_by)"
                + " values (?, ?, now(), 'test')")
        .params(id, affiliation)
        .update();
    return id;
  }

  private MockHttpServletResponse open(String path) throws Exception {
    return mvc.perform(get(path).with(user(accounts.loadUserByUsername("officer"))))
        .andReturn()
        .getResponse();
  }

  private Map<String, Object> team(String... ids) {
    return facts.of("unit", county, List.of(ids), DAY, null);
  }

  @Test
  void theFactsCountTheTeamOfTheUnitItselfOnTheDay() {
    assertThat(
            team(
                "team-size",
                "team-women",
                "team-under-40",
                "team-under-45",
                "team-minority",
                "team-with-full-time-degree",
                "team-non-party",
                "team-longest-months-in-post",
                "unit-hardship-class"))
        .containsValues(new BigDecimal(3))
        .containsEntry("team-women", BigDecimal.ONE)
        .containsEntry("team-under-40", BigDecimal.ONE)
        .containsEntry("team-under-45", BigDecimal.ONE)
        .containsEntry("team-minority", BigDecimal.ONE)
        .containsEntry("team-with-full-time-degree", new BigDecimal(3))
        .containsEntry("team-non-party", BigDecimal.ONE)
        .containsEntry("team-longest-months-in-post", new BigDecimal(133))
        .containsEntry("unit-hardship-class", new BigDecimal(2));
    assertThat(facts.of("unit", bureau, List.of("unit-hardship-class"), DAY, null))
        .containsEntry("unit-hardship-class", new BigDecimal(2));
    assertThat(facts.of("unit", county, List.of("team-size"), LocalDate.of(2023, 1, 1), null))
        .containsEntry("team-size", new BigDecimal(2));
  }

  @Test
  void aCountIsMissingWhereAMembersTraitIsNotOnRecord() {
    jdbc.sql("update official.identity set sex = 0 where name = '县长'").update();
    jdbc.sql(
            "delete from official.affiliation where official_id = (select id from official.official"
                + " where key = '县长')")
        .update();
    assertThat(team("team-women", "team-non-party", "team-under-45"))
        .containsEntry("team-women", null)
        .containsEntry("team-non-party", null)
        .containsEntry("team-under-45", BigDecimal.ONE);
  }

  @Test
  void onePageSaysWhatEachRequirementFindsWithItsClause() throws Exception {
    String page = open("/units/" + county + "/structure?on=" + DAY).getContentAsString();
    assertThat(page)
        .contains("领导班子女干部配备", "女干部的比例不低于规定比例")
        .contains("33.3%")
        .contains("/why/national/women-in-teams/" + county + "?asOf=2026-06-30")
        .contains("有成员任现职已满规定年限")
        .contains("person-decides");
    assertThat(page).contains("共 3 人").doesNotContain("会计");
    assertThat(open("/units/" + county + "/structure?scope=unit&on=" + DAY).getContentAsString())
        .contains("共 4 人", "会计");
    assertThat(open("/units/" + county + "/structure?scope=subtree&on=" + DAY).getContentAsString())
        .contains("共 5 人");
    assertThat(open("/units/" + bureau + "/structure?on=" + DAY).getContentAsString())
        .contains("领导班子女干部配备")
        .doesNotContain("领导班子党外干部配备");
    assertThat(open("/units/" + bureau + "/structure?on=2000-01-01").getContentAsString())
        .contains("没有领导班子成员");
    assertThat(open("/units/999999/structure").getStatus()).isEqualTo(404);
  }

  @Test
  void everyNumberOpensThoseItCounts() throws Exception {
    String base = "/units/" + county + "/structure/officials?on=" + DAY;
    assertThat(open(base + "&by=sex&group=female").getContentAsString())
        .contains("共 1 人", "副县长")
        .doesNotContain(">科员<");
    assertThat(open(base + "&scope=subtree&by=sex&group=female").getContentAsString())
        .contains("共 3 人");
    assertThat(open(base + "&by=specialism&group=法学").getContentAsString()).contains("共 2 人", "书记");
    assertThat(open(base + "&by=leaving&group=1&level=131").getContentAsString())
        .contains("共 1 人", "书记")
        .doesNotContain(">县长<");
    assertThat(open(base + "&by=no-such&group=x").getContentAsString()).contains("没有人员");
  }

  @Test
  void postsFallVacantByAgeAndByTheLongestTimeInAPost() throws Exception {
    // Quotation marks that may be left out carry the hidden mark of who took the file.
    String csv =
        open("/units/" + county + "/structure.csv?on=" + DAY)
            .getContentAsString()
            .replace("\"", "");
    // Two posts of 131, both held; the secretary has passed ten years: one expected from now on.
    assertThat(csv).contains("2,2,0,1,1,1");
    // Three posts of 132, one held: two vacant now.
    assertThat(csv).contains("3,1,2,2,2,2");
    // The mayor began in July 2021: the term of five years ends the day after the day asked.
    assertThat(csv).contains("2,2,0,1,1,1,1,1,1");
    try (ReadableWorkbook workbook =
        new ReadableWorkbook(
            new ByteArrayInputStream(
                open("/units/" + county + "/structure.xlsx?on=" + DAY).getContentAsByteArray()))) {
      assertThat(workbook.getFirstSheet().read().getFirst().getCellText(0)).isEqualTo("项目");
    }
  }

  @Test
  void aPersonByConcurrentPostIsCountedOnce() {
    jdbc.sql(
            "insert into official.posting (official_id, unit_id, post, post_level, kind, starts_on,"
                + " recorded_at, recorded_by) select id, ?, '兼任主任', '131', 'concurrent', date"
                + " '2022-01-01', now(), 'test' from official.official where key = '县长'")
        .param(county)
        .update();
    assertThat(team("team-size")).containsEntry("team-size", new BigDecimal(3));
  }

  @Test
  void thePackAndTheFunctionGiveTheSameRetirementAgeForEveryMonthOfBirth() {
    Pack pack = packs.find("national/retirement-age").orElseThrow();
    PolicyVersion version = PolicyVersion.of(pack, DAY);
    for (String sex : List.of("male", "female")) {
      for (int month = 1955 * 12; month < 1990 * 12; month++) {
        Map<String, Object> inputs = new HashMap<>();
        inputs.put("sex", sex);
        inputs.put("birth-month", BigDecimal.valueOf(month));
        inputs.put("month-asked", BigDecimal.valueOf(2026 * 12));
        BigDecimal age =
            (BigDecimal)
                explaining
                    .decide(version, models.of(version), inputs)
                    .figures()
                    .get("retirement-age-months");
        LocalDate born = LocalDate.of(month / 12, month % 12 + 1, 1);
        int earlier = sex.equals("male") ? 720 : 660;
        assertThat(
                jdbc.sql("select official.retires_on(?::date, ?, ?, 24300, 4)")
                    .params(born.toString(), earlier, earlier + 36)
                    .query(LocalDate.class)
                    .single())
            .as(sex + " " + born)
            .isEqualTo(born.plusMonths(age.intValueExact()));
      }
    }
  }

  @Test
  void theRetirementAgeOfTheDecisionOf2024() {
    assertThat(retires("1964-12-31", 720)).isEqualTo("2024-12-31");
    assertThat(retires("1965-01-01", 720)).isEqualTo("2025-02-01");
    assertThat(retires("1965-04-30", 720)).isEqualTo("2025-05-30");
    assertThat(retires("1965-05-01", 720)).isEqualTo("2025-07-01");
    assertThat(retires("1976-08-01", 720)).isEqualTo("2039-07-01");
    assertThat(retires("1976-09-01", 720)).isEqualTo("2039-09-01");
    assertThat(retires("1985-09-01", 720)).isEqualTo("2048-09-01");
    assertThat(retires("1970-01-15", 660)).isEqualTo("2025-02-15");
    assertThat(retires("1981-09-15", 660)).isEqualTo("2039-09-15");
  }

  private String retires(String born, int earlier) {
    return jdbc.sql("select official.retires_on(?::date, ?, ?, 24300, 4)")
        .params(born, earlier, earlier + 36)
        .query(LocalDate.class)
        .single()
        .toString();
  }

  @Test
  void theSameRulesRunOverEveryUnit() {
    List<String> rules =
        packs.ids().stream()
            .filter(id -> id.endsWith("-in-teams") || id.equals("national/retirement-age"))
            .toList();
    assertThat(rules).hasSize(7);
    for (String pack : rules) {
      RunSummary run = runs.run(pack, DAY, null, "tester", Progress.unwatched(), null);
      assertThat(run.subjects())
          .as(pack)
          .isEqualTo(
              switch (pack) {
                case "national/retirement-age" -> 5L;
                case "national/non-party-in-teams" -> 1L;
                default -> 2L;
              });
      assertThat(run.how()).as(pack).isEqualTo(RunSummary.How.COMPILED);
      assertThat(run.hits()).allMatch(hits -> hits.rule() != null);
    }
  }
}
