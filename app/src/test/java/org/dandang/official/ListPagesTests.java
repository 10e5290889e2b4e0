package org.dandang.official;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.dandang.DandangTest;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.jobs.Progress;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;

/** The list of officials: conditions, kept filters, rosters and people side by side. */
@DandangTest
@AutoConfigureMockMvc
@TestPropertySource(properties = "dandang.test.database=lists")
class ListPagesTests {
  @Autowired MockMvc pages;
  @Autowired Accounts accounts;
  @Autowired RosterImport imports;
  @Autowired Mappings mappings;
  @Autowired JdbcClient jdbc;
  @TempDir Path folder;
  private SignedIn officer;
  private SignedIn colleague;

  @BeforeEach
  void aRegister() throws IOException {
    jdbc.sql(
            "truncate official.official, official.import, organisation.unit, official.kept_filter"
                + " cascade")
        .update();
    officer = account("list-officer");
    colleague = account("list-colleague");
    Path file = folder.resolve("rows.csv");
    Files.writeString(
        file,
        """
        key,name,sex,born,began work,unit,post,post since,rank,rank since
        A1,曾志明,男,1975-03,1997-07-01,测试镇,镇长,2020-01-01,四级调研员,2020-01-01
        A2,单雄,男,1980-05-06,2003-07-01,测试县,局长,2020-01-01,一级主任科员,2020-01-01
        A3,=欧阳,女,1985-07-08,2008-07-01,市财政局,科长,2020-01-01,二级主任科员,2020-01-01
        """);
    imports.take(
        ImportFile.at(file),
        mappings.named("standard/roster"),
        "tester",
        false,
        Progress.unwatched());
  }

  private SignedIn account(String name) {
    if (!accounts.exists(name)) {
      accounts.create(name, name, "a long password", Role.PERSONNEL_OFFICER, null, "en");
    }
    return accounts.loadUserByUsername(name);
  }

  private MvcResult asked(SignedIn who, String address) throws Exception {
    return pages
        .perform(get(URI.create(address)).with(user(who)).header("Accept-Language", "en"))
        .andReturn();
  }

  private String shown(SignedIn who, String address) throws Exception {
    MvcResult result = asked(who, address);
    assertThat(result.getResponse().getStatus()).as(address).isEqualTo(200);
    return result.getResponse().getContentAsString();
  }

  private long id(String key) {
    return jdbc.sql("select id from official.official where key = ?")
        .param(key)
        .query(Long.class)
        .single();
  }

  @Test
  void aConditionIsPutTogetherStepByStep() throws Exception {
    assertThat(shown(officer, "/officials?fact=age")).contains("name=\"op\"");
    assertThat(shown(officer, "/officials?fact=age&op=between&value=40&value=50"))
        .contains("value=\"age:between:40|50\"", "单雄", "欧阳")
        .doesNotContain("曾志明");
    assertThat(shown(officer, "/officials?fact=age&op=ge&value=old"))
        .contains("old", "不是该事实可用的数字")
        .contains("曾志明");
    assertThat(shown(officer, "/officials?fact=rank"))
        .contains("<option value=\"四级调研员\"", "multiple");
  }

  @Test
  void aFilterIsKeptSharedRemovedAndPutBack() throws Exception {
    String c = "sex:is:male";
    pages
        .perform(
            post("/officials/filters")
                .param("name", "men")
                .param("c", c)
                .with(user(officer))
                .with(csrf()))
        .andReturn();
    assertThat(shown(officer, "/officials")).contains(">men</a>");
    assertThat(shown(colleague, "/officials")).doesNotContain(">men</a>");
    pages
        .perform(
            post("/officials/filters")
                .param("name", "men")
                .param("shared", "true")
                .param("c", c)
                .with(user(officer))
                .with(csrf()))
        .andReturn();
    assertThat(shown(colleague, "/officials")).contains(">men</a>");
    long id =
        jdbc.sql("select id from official.kept_filter where removed_at is null")
            .query(Long.class)
            .single();
    assertThat(
            pages
                .perform(
                    post("/officials/filters/" + id + "/remove").with(user(colleague)).with(csrf()))
                .andReturn()
                .getResponse()
                .getStatus())
        .isEqualTo(404);
    pages
        .perform(post("/officials/filters/" + id + "/remove").with(user(officer)).with(csrf()))
        .andReturn();
    assertThat(shown(officer, "/officials")).doesNotContain(">men</a>");
    pages
        .perform(post("/officials/filters/" + id + "/put-back").with(user(officer)).with(csrf()))
        .andReturn();
    assertThat(shown(officer, "/officials")).contains(">men</a>");
  }

  @Test
  void aRosterHasTheChosenColumnsInTheirOrder() throws Exception {
    MvcResult csv =
        asked(
            officer,
            "/officials/roster.csv?column=name&column=fact.age&column=born&sort=age&falling=true");
    // Quotation marks that may be left out carry the hidden mark of who took the file.
    assertThat(
            csv.getResponse().getContentAsString(StandardCharsets.UTF_8).replace("\"", "").lines())
        .hasSize(4)
        .satisfies(
            lines -> {
              assertThat(lines.get(1)).startsWith("曾志明,5").endsWith(",1975-03,");
              assertThat(lines.get(3)).startsWith("'=欧阳,");
            });
    MvcResult xlsx = asked(officer, "/officials/roster.xlsx?column=key&c=sex:is:female");
    try (ReadableWorkbook book =
        new ReadableWorkbook(
            new ByteArrayInputStream(xlsx.getResponse().getContentAsByteArray()))) {
      List<Row> rows = book.getFirstSheet().read();
      assertThat(rows).hasSize(2);
      assertThat(rows.get(1).getCellText(0)).isEqualTo("A3");
    }
    assertThat(
            jdbc.sql(
                    "select count(*) from platform.ledger_entry where action ="
                        + " 'officials-exported'")
                .query(Long.class)
                .single())
        .isPositive();
  }

  @Test
  void peopleStandSideBySideWithTheirDifferencesMarked() throws Exception {
    String page = shown(officer, "/officials/compare?id=%d&id=%d".formatted(id("A1"), id("A2")));
    assertThat(page).contains("曾志明", "单雄", "四级调研员", "class=\"differs\"");
    String only =
        shown(
            officer,
            "/officials/compare?id=%d&id=%d&differences=true".formatted(id("A1"), id("A2")));
    assertThat(only.split("<tr", -1).length).isLessThan(page.split("<tr", -1).length);
    assertThat(shown(officer, "/officials/compare")).contains("勾选二至六人");
    assertThat(asked(officer, "/officials/compare?id=999999999").getResponse().getStatus())
        .isEqualTo(404);
    assertThat(
            Objects.requireNonNull(
                asked(officer, "/officials/compare.xlsx?id=%d&id=%d".formatted(id("A1"), id("A2")))
                    .getResponse()
                    .getContentType()))
        .contains("spreadsheet");
  }
}
