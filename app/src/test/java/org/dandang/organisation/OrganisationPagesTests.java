package org.dandang.organisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.Objects;
import org.dandang.DandangTest;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;

/** What a personnel officer sees and records of units. */
@DandangTest
@AutoConfigureMockMvc
@TestPropertySource(properties = "dandang.password.cost=4")
class OrganisationPagesTests {
  @Autowired MockMvc mvc;
  @Autowired Accounts accounts;
  @Autowired Units units;
  @Autowired JdbcClient jdbc;

  @BeforeEach
  void aCounty() throws Exception {
    jdbc.sql(
            "truncate organisation.unit, organisation.unit_description, organisation.reorganisation restart identity cascade")
        .update();
    if (!accounts.exists("officer")) {
      accounts.create(
          "officer", "officer", "a long password", Role.PERSONNEL_OFFICER, null, "test");
    }
    send(
        "/units",
        "source",
        "place",
        "newUnits",
        "C1 永宁县",
        "unitKind",
        "county",
        "unitLevel",
        "county",
        "on",
        "2001-01-01");
    for (String township : new String[] {"C11 东乡", "C12 西乡"}) {
      send(
          at("C1") + "/reorganisations",
          "kind",
          "founded",
          "newUnits",
          township,
          "unitKind",
          "township",
          "unitLevel",
          "township",
          "on",
          "2002-01-01");
    }
  }

  @Test
  void theTreeOfADayIsShown() throws Exception {
    send(at("C11") + "/reorganisations", "kind", "renamed", "name", "东镇", "on", "2020-01-01");
    assertThat(page("/units")).contains("东镇", "西乡").doesNotContain("东乡");
    assertThat(page("/units?on=2019-12-31")).contains("东乡", "2019-12-31").doesNotContain("东镇");
    assertThat(page("/units?on=2001-06-01")).contains("永宁县").doesNotContain("西乡");
    assertThat(page("/units?on=1999-01-01")).contains("这一天登记库中没有机构");
    assertThat(page(at("C1") + "/children?on=2019-12-31")).contains("东乡");
  }

  @Test
  void aUnitShowsItsHistoryWithDocumentsAndWhereItWent() throws Exception {
    String east = at("C11");
    send(
        east + "/reorganisations",
        "kind",
        "merged",
        "others",
        "C12",
        "newUnits",
        "C14 新镇",
        "unitKind",
        "township",
        "unitLevel",
        "township",
        "on",
        "2020-06-01");
    assertThat(page(east))
        .contains("撤乡并镇的批复", "〔2020〕7号", "2020-06-01", "合并", "href=\"" + at("C14") + "\"");
    assertThat(page(at("C14"))).contains("href=\"" + east + "\"", "东乡", "西乡");
    assertThat(page("/units")).contains("新镇").doesNotContain("东乡");
  }

  @Test
  void whatCannotBeIsRefusedOnThePageWithItsReasonAndWhatWasEnteredStays() throws Exception {
    String county = at("C1");
    MvcResult refused = result(county + "/reorganisations", "kind", "closed", "on", "2020-01-01");
    assertThat(refused.getResponse().getRedirectedUrl()).isEqualTo(county);
    assertThat(String.valueOf(refused.getFlashMap().get("problem"))).contains("东乡、西乡");
    MockHttpServletResponse shown =
        mvc.perform(
                get(county)
                    .with(user(officer()))
                    .flashAttr("problem", refused.getFlashMap().get("problem"))
                    .flashAttr("entered", refused.getFlashMap().get("entered")))
            .andReturn()
            .getResponse();
    assertThat(shown.getContentAsString())
        .contains("role=\"alert\"", "东乡、西乡", "value=\"2020-01-01\"");
  }

  @Test
  void theLastChangeIsUndoneOnThePage() throws Exception {
    String east = at("C11");
    send(east + "/reorganisations", "kind", "renamed", "name", "东镇", "on", "2020-01-01");
    long change =
        jdbc.sql("select max(id) from organisation.reorganisation").query(Long.class).single();
    send(east + "/reorganisations/" + change + "/undo");
    assertThat(page(east)).contains("<h1>东乡</h1>", "已撤回");
  }

  @Test
  void splittingAndMovingAndClosingAreRecorded() throws Exception {
    String county = at("C1");
    send(
        county + "/reorganisations",
        "kind",
        "split",
        "newUnits",
        "C2 甲县\nC3 乙县",
        "unitKind",
        "county",
        "unitLevel",
        "county",
        "below",
        "C11 C2\nC12 C3",
        "on",
        "2020-01-01");
    assertThat(page("/units")).contains("甲县", "乙县").doesNotContain("永宁县");
    send(at("C12") + "/reorganisations", "kind", "moved", "other", "C2", "on", "2021-01-01");
    assertThat(page(at("C2"))).contains("西乡");
    send(at("C3") + "/reorganisations", "kind", "closed", "on", "2022-01-01");
    assertThat(page("/units")).doesNotContain("乙县");
    assertThat(page(at("C3"))).contains("撤销日期", "2022-01-01");
  }

  @Test
  void postsAndAuthorityAreRecordedShownAndEnded() throws Exception {
    String county = at("C1");
    send(county + "/posts", "level", "131", "headcount", "7", "on", "2020-01-01");
    MvcResult twice =
        result(county + "/posts", "level", "131", "headcount", "8", "on", "2021-01-01");
    assertThat(twice.getFlashMap().get("problem")).isNotNull();
    send(
        county + "/authorities",
        "managed",
        "C11",
        "levels",
        "141",
        "levels",
        "142",
        "on",
        "2020-01-01");
    assertThat(page(county)).contains("县处级正职", ">7<", "乡科级正职", "东乡");
    assertThat(page(at("C11"))).contains("乡科级副职", "永宁县");
    assertThat(
            jdbc.sql("select count(*) from organisation.managed_post").query(Long.class).single())
        .isEqualTo(2);
    send(county + "/posts/" + lastId("establishment") + "/end", "on", "2022-01-01");
    send(county + "/authorities/" + lastId("management_authority") + "/end", "on", "2022-01-01");
    assertThat(page(county)).contains("2022-01-01");
    assertThat(
            jdbc.sql("select ends_on::text from organisation.post_establishment")
                .query(String.class)
                .list())
        .containsExactly("2022-01-01");
  }

  private long lastId(String table) {
    return jdbc.sql("select max(id) from organisation." + table).query(Long.class).single();
  }

  private String at(String code) {
    return "/units/" + units.find("place", code).orElseThrow().id();
  }

  private void send(String path, String... fields) throws Exception {
    MvcResult result = result(path, fields);
    assertThat(result.getResponse().getStatus()).as(path).isEqualTo(302);
    assertThat(result.getFlashMap().get("problem")).as(path).isNull();
  }

  private MvcResult result(String path, String... fields) throws Exception {
    var request =
        post(path)
            .contentType("application/x-www-form-urlencoded")
            .with(user(officer()))
            .with(csrf())
            .param("title", "撤乡并镇的批复")
            .param("number", "〔2020〕7号")
            .param("dated", "2019-12-01");
    for (int i = 0; i < fields.length; i += 2) {
      request.param(fields[i], fields[i + 1]);
    }
    return mvc.perform(request).andReturn();
  }

  private String page(String path) throws Exception {
    MockHttpServletResponse answer =
        mvc.perform(get(path).with(user(officer()))).andReturn().getResponse();
    assertThat(answer.getStatus()).as(path).isEqualTo(200);
    return Objects.requireNonNull(answer.getContentAsString());
  }

  private SignedIn officer() {
    return accounts.loadUserByUsername("officer");
  }
}
