package org.dandang.organisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
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

/** Choosing one unit among very many. */
@DandangTest
@AutoConfigureMockMvc
@TestPropertySource(properties = {"dandang.test.database=unit-search", "dandang.password.cost=4"})
class UnitSearchTests {
  @Autowired MockMvc mvc;
  @Autowired Accounts accounts;
  @Autowired UnitSearch search;
  @Autowired Reorganising reorganising;
  @Autowired JdbcClient jdbc;

  @BeforeEach
  void someCounties() {
    jdbc.sql(
            "truncate organisation.unit, organisation.unit_description, organisation.unit_name, organisation.reorganisation, official.official restart identity cascade")
        .update();
    if (!accounts.exists("officer")) {
      accounts.create(
          "officer", "officer", "a long password", Role.PERSONNEL_OFFICER, null, "test");
    }
    unit("place", "53", "云南省", null);
    unit("place", "5306", "昭通市", "53");
    unit("place", "530627", "镇雄县", "5306");
    unit("place", "530628", "彝良县", "5306");
    unit("place", "530627101", "城关镇", "530627");
    unit("place", "530628101", "城关镇", "530628");
    unit("place", "50", "重庆市", null);
    unit("other", "50", "Fire Brigade", null);
  }

  private void unit(String source, String code, String name, String above) {
    jdbc.sql(
            """
            insert into organisation.unit (source, code, name, kind, level, parent_id, recorded_at, recorded_by)
            values (:source, :code, :name, 'county', 'county',
                    (select id from organisation.unit where source = 'place' and code = :above), now(), 'test')
            """)
        .param("source", source)
        .param("code", code)
        .param("name", name)
        .param("above", above, java.sql.Types.VARCHAR)
        .update();
  }

  private long id(String code) {
    return jdbc.sql("select id from organisation.unit where source = 'place' and code = ?")
        .param(code)
        .query(Long.class)
        .single();
  }

  private List<String> names(String written) {
    return search.suggest(written, null).stream().map(UnitSuggestion::name).toList();
  }

  @Test
  void aUnitIsFoundByAPartOfItsNameByPinyinInitialsAndCode() {
    assertThat(names("雄")).containsExactly("镇雄县");
    assertThat(names("zhenxiong")).containsExactly("镇雄县");
    assertThat(names("ZXX")).containsExactly("镇雄县");
    assertThat(names("chongqing")).containsExactly("重庆市");
    assertThat(names("fire")).containsExactly("Fire Brigade");
    assertThat(names("530628")).containsExactly("彝良县", "城关镇");
    assertThat(names("没有")).isEmpty();
    assertThat(names("%")).isEmpty();
    assertThat(names("  ")).isEmpty();
    assertThat(names("'; drop table organisation.unit; --\u0000")).isEmpty();
  }

  @Test
  void unitsOfOneNameAreToldApartByWhatLiesAboveThem() {
    assertThat(search.suggest("城关", null))
        .extracting(UnitSuggestion::above, UnitSuggestion::written)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("云南省 / 昭通市 / 镇雄县", "城关镇 · 530627101"),
            org.assertj.core.groups.Tuple.tuple("云南省 / 昭通市 / 彝良县", "城关镇 · 530628101"));
  }

  @Test
  void whatIsSuggestedIsUnderstoodWhenItComesBack() {
    for (String written : List.of("城", "50", "yn", "b")) {
      for (UnitSuggestion unit : search.suggest(written, null)) {
        assertThat(search.chosen(unit.written(), null)).isEqualTo(unit.id());
      }
    }
    assertThat(search.suggest("重", null).getFirst().written()).isEqualTo("重庆市 · place:50");
  }

  @Test
  void aCodeOrAnExactNameIsEnoughAndWhatIsNotClearIsRefused() {
    assertThat(search.chosen(" 530627 ", null)).isEqualTo(id("530627"));
    assertThat(search.chosen("镇雄县", null)).isEqualTo(id("530627"));
    assertThatThrownBy(() -> search.chosen("城关镇", null))
        .isInstanceOfSatisfying(
            OrganisationProblem.class,
            problem ->
                assertThat(problem.text(Locale.SIMPLIFIED_CHINESE))
                    .contains("2 个机构", "城关镇 · 530627101", "城关镇 · 530628101"));
    assertThatThrownBy(() -> search.chosen("镇雄", null)).hasMessageContaining("no-such-unit");
    assertThatThrownBy(() -> search.chosen("彝良县 · 530627", null))
        .hasMessageContaining("no-such-unit");
    assertThatThrownBy(() -> search.chosen("50", null)).hasMessageContaining("several-units");
  }

  @Test
  void aFormerNameFindsTheUnitAndTheDaySaysWhichOfTwoIsMeant() {
    Order order = new Order(LocalDate.of(2020, 1, 1), new Document("改名", "", null), "tester");
    reorganising.rename(id("530627101"), "乌峰镇", order);
    UnitSuggestion former =
        search.suggest("城关", null).stream()
            .filter(unit -> unit.id() == id("530627101"))
            .findFirst()
            .orElseThrow();
    assertThat(former.nameNow()).isEqualTo("乌峰镇");
    assertThat(search.suggest("城关", LocalDate.of(2021, 1, 1))).hasSize(1);
    assertThat(search.suggest("城关", LocalDate.of(2019, 1, 1))).hasSize(2);
    assertThat(search.chosen("城关镇", null)).isEqualTo(id("530628101"));
    assertThat(names("wufeng")).containsExactly("乌峰镇");
  }

  @Test
  void amongFortyFiveThousandUnitsAFewAreOfferedAndWhatIsWrittenInFullComesFirst() {
    jdbc.sql(
            """
            insert into organisation.unit (source, code, name, kind, level, parent_id, recorded_at, recorded_by)
            select 'place', '9' || lpad(n::text, 8, '0'),
                   case when n % 10 = 0 then '城关镇'
                        else chr(19968 + n % 3000) || chr(20500 + n / 7 % 2500) || (array['镇', '乡', '街道', '村'])[1 + n % 4] end,
                   'township', 'township', (select id from organisation.unit where code = '530627'), now(), 'test'
              from generate_series(1, 45000) n
            """)
        .update();
    search.suggest("镇", null);
    jdbc.sql("analyze organisation.unit").update();
    jdbc.sql("analyze organisation.unit_description").update();
    jdbc.sql("analyze organisation.unit_name").update();
    for (String written : List.of("城关镇", "镇", "z", "zhen", "9000", "街道", "没有这样的", "一")) {
      assertThat(search.suggest(written, LocalDate.of(2026, 1, 1)))
          .as(written)
          .hasSizeLessThanOrEqualTo(30);
    }
    assertThat(search.suggest("没有这样的", LocalDate.of(2026, 1, 1))).isEmpty();
    assertThat(search.suggest("9000", LocalDate.of(2026, 1, 1))).isNotEmpty();
    assertThat(search.suggest("城关镇", LocalDate.of(2026, 1, 1)).getFirst().name()).isEqualTo("城关镇");
  }

  @Test
  void thePageOffersWhatFitsAndSaysWhenNothingDoes() throws Exception {
    assertThat(page("/units/suggest?q=zxx"))
        .contains("role=\"option\"", "data-written=\"镇雄县 · 530627\"", "云南省 / 昭通市");
    assertThat(page("/units/suggest?q=nothing")).contains("没有符合的机构").doesNotContain("data-written");
    assertThat(page("/units/suggest?q=%3Cscript%3E")).doesNotContain("<script>");
  }

  @Test
  void theTreeLeadsToAUnitThatIsNamedAndSaysWhatIsNotClear() throws Exception {
    MockHttpServletResponse found = answer("/units?named=zhenxiong");
    assertThat(found.getContentAsString()).contains("没有机构“zhenxiong”");
    assertThat(answer("/units?named=镇雄县").getRedirectedUrl()).isEqualTo("/units/" + id("530627"));
    assertThat(answer("/units?named=城关镇").getContentAsString())
        .contains("role=\"alert\"", "城关镇 · 530628101");
  }

  @Test
  void theListOfOfficialsIsNarrowedByAUnitThatIsWritten() throws Exception {
    long person = person();
    posting(person, id("530627101"));
    assertThat(page("/officials?within=镇雄县")).contains("张三").contains("镇雄县 · 530627");
    assertThat(page("/officials?unit=" + id("530628")))
        .doesNotContain("张三")
        .contains("彝良县 · 530628");
    assertThat(page("/officials?within=城关镇"))
        .doesNotContain("张三")
        .contains("role=\"alert\"", "value=\"城关镇\"");
    assertThat(page("/officials?within=")).contains("张三");
  }

  @Test
  void aPostingIsRecordedWithAUnitThatIsWrittenAndRefusedWhereItIsNotClear() throws Exception {
    long person = person();
    String refused = sent(person, "城关镇", 422).getContentAsString();
    assertThat(refused).contains("城关镇 · 530627101", "value=\"城关镇\"");
    assertThat(count("official.posting")).isZero();
    // What would be a unit's number is no code.
    sent(person, Long.toString(id("530628")), 422);
    assertThat(count("official.posting")).isZero();
    assertThat(count("official.document")).isZero();
    sent(person, "城关镇 · 530628101", 302);
    assertThat(jdbc.sql("select unit_id from official.posting").query(Long.class).single())
        .isEqualTo(id("530628101"));
    long row = jdbc.sql("select id from official.posting").query(Long.class).single();
    assertThat(page("/officials/" + person + "/registers/posting/" + row))
        .contains("value=\"城关镇 · 530628101\"", "data-units=\"/units/suggest\"");
  }

  private MockHttpServletResponse sent(long person, String unit, int status) throws Exception {
    MockHttpServletResponse answer =
        mvc.perform(
                multipart("/officials/" + person + "/registers/posting/new")
                    .file(
                        new org.springframework.mock.web.MockMultipartFile(
                            "document", "order.pdf", "application/pdf", new byte[] {1, 2, 3}))
                    .param("unit-id", unit)
                    .param("post", "镇长")
                    .param("kind", "regular")
                    .param("starts-on", "2021-05")
                    .param("reason", "任免文件")
                    .with(user(officer()))
                    .with(csrf()))
            .andReturn()
            .getResponse();
    assertThat(answer.getStatus()).isEqualTo(status);
    return answer;
  }

  private long person() {
    long id =
        jdbc.sql("insert into official.official (source, key) values ('test', 'P1') returning id")
            .query(Long.class)
            .single();
    jdbc.sql(
            """
            insert into official.identity (official_id, name, pinyin, initials, sex, status, recorded_at, recorded_by)
            values (?, '张三', 'zhangsan', 'zs', 1, 'serving', now(), 'test')
            """)
        .param(id)
        .update();
    return id;
  }

  private void posting(long person, long unit) {
    jdbc.sql(
            """
            insert into official.posting (official_id, unit_id, post, kind, starts_on, starts_on_precision, recorded_at, recorded_by)
            values (?, ?, '镇长', 'regular', '2020-01-01', 'D', now(), 'test')
            """)
        .params(person, unit)
        .update();
  }

  private long count(String from) {
    return jdbc.sql("select count(*) from " + from).query(Long.class).single();
  }

  private MockHttpServletResponse answer(String path) throws Exception {
    return mvc.perform(get(path).with(user(officer()))).andReturn().getResponse();
  }

  private String page(String path) throws Exception {
    MockHttpServletResponse answer = answer(path);
    assertThat(answer.getStatus()).as(path).isEqualTo(200);
    return Objects.requireNonNull(answer.getContentAsString());
  }

  private SignedIn officer() {
    return accounts.loadUserByUsername("officer");
  }
}
