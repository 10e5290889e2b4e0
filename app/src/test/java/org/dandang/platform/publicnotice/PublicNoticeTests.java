package org.dandang.platform.publicnotice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.dandang.DandangTest;
import org.dandang.MovedClock;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.jobs.Recurring;
import org.dandang.platform.notice.Notices;
import org.dandang.platform.publicnotice.PublicNotice.Result;
import org.dandang.platform.web.Refused;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.RequestBuilder;

/** Public notices from draft to result, under a clock that the tests move. */
@DandangTest
@AutoConfigureMockMvc
@Import(PublicNoticeTests.Surroundings.class)
@TestPropertySource(properties = "dandang.public.per-hour=4")
class PublicNoticeTests {
  private static final LocalDate BEFORE_THE_HOLIDAYS = LocalDate.of(2026, 9, 29);
  private static final String NAME = "钱匿名甲";
  private static final String WORDS = "拟任人选的学历材料与事实不符";
  private static final String BROWSER = "Canary-Browser/7";

  @Autowired PublicNotices notices;
  @Autowired Objections objections;
  @Autowired Notices told;
  @Autowired OfficeCalendar office;
  @Autowired Accounts accounts;
  @Autowired List<Recurring> clockwork;
  @Autowired MovedClock clock;
  @Autowired JdbcClient jdbc;
  @Autowired MockMvc mvc;

  @TestConfiguration(proxyBeanMethods = false)
  static class Surroundings {
    @Bean
    @Primary
    MovedClock movedClock() {
      return MovedClock.standing(LocalDate.of(2026, 6, 1));
    }
  }

  @BeforeEach
  void begin() {
    clock.moveTo(BEFORE_THE_HOLIDAYS);
    for (String name : List.of("officer", "other")) {
      if (!accounts.exists(name)) {
        accounts.create(name, name, "a long password", Role.PERSONNEL_OFFICER, null, "test");
      }
    }
  }

  @Test
  void aPeriodShorterThanTheRuleIsRefusedWithItsClause() {
    PublicNotice draft = notices.draft(wanted(4), "officer");
    assertThatThrownBy(() -> notices.publish(draft.id(), officer()))
        .isInstanceOfSatisfying(
            Refused.class,
            refused ->
                assertThat(refused.text(Locale.forLanguageTag("zh-CN")))
                    .contains("不少于 5 个工作日")
                    .contains("党政领导干部选拔任用工作条例"));
    PublicNotice unknown =
        notices.draft(
            new NewPublicNotice("no-such-kind", null, "t", "b", "i", "c", 5, false), "officer");
    assertThatThrownBy(() -> notices.publish(unknown.id(), officer())).isInstanceOf(Refused.class);
    assertThat(notices.one(draft.id()).state()).isEqualTo(PublicNotice.State.DRAFT);
  }

  @Test
  void theCountRunsByWorkingDaysOverTheHolidays() {
    PublicNotice notice = published(5);
    assertThat(notice.due()).isEqualTo("2026-10-12");
    assertThat(day(notice, "2026-09-29")).isZero();
    assertThat(day(notice, "2026-09-30")).isEqualTo(1);
    assertThat(day(notice, "2026-10-05")).isEqualTo(1);
    assertThat(day(notice, "2026-10-10")).isEqualTo(4);
    assertThat(day(notice, "2026-10-12")).isEqualTo(5);
    assertThat(notice.isTakingObjections(LocalDate.of(2026, 10, 12))).isTrue();
    assertThat(notice.isWaitingForResult(LocalDate.of(2026, 10, 13))).isTrue();
  }

  @Test
  void noResultBeforeThePeriodIsOverAndThenByAPersonAsTheFindingsSay() throws Exception {
    PublicNotice notice = published(5);
    String receipt = object(notice, UUID.randomUUID());
    clock.moveTo(LocalDate.of(2026, 10, 12));
    assertThatThrownBy(() -> notices.conclude(notice.id(), Result.UPHELD, "w", "officer"))
        .isInstanceOfSatisfying(
            Refused.class,
            refused ->
                assertThat(refused.text(Locale.ENGLISH))
                    .contains("2026-10-12")
                    .contains("at least five working days"));
    clock.moveTo(LocalDate.of(2026, 10, 13));
    for (Recurring work : clockwork) {
      work.run();
    }
    assertThat(told.receipts("public-notice:" + notice.id() + ":over:2026-10-12")).hasSize(1);
    refused("unanswered", () -> notices.conclude(notice.id(), Result.UPHELD, "w", "officer"));
    long objection = objections.read(notice.id(), officer()).getFirst().id();
    objections.answer(notice.id(), objection, Result.UNFOUNDED, "经核实材料属实", officer());
    refused(
        "result.unfounded",
        () -> notices.conclude(notice.id(), Result.NO_OBJECTION, "w", "officer"));
    PublicNotice concluded =
        notices.conclude(notice.id(), Result.UNFOUNDED, "经核查，反映的问题不成立。", "officer");
    assertThat(concluded.concludedBy()).isEqualTo("officer");
    assertThat(objections.state(receipt))
        .hasValueSatisfying(state -> assertThat(state.finding()).isEqualTo(Result.UNFOUNDED));
    refused("not-open", () -> notices.takeDown(notice.id(), "r", "officer"));
  }

  @Test
  void whoObjectedIsSeenOnlyByWhoHandlesItAndNothingOfTheWayIsKept() throws Exception {
    PublicNotice notice = published(5);
    MockHttpServletResponse answer =
        answer(
            multipart("/public/notices/" + notice.id() + "/objections")
                .file(
                    new MockMultipartFile(
                        "file", "证据.txt", "text/plain", WORDS.getBytes(StandardCharsets.UTF_8)))
                .param("command", UUID.randomUUID().toString())
                .param("name", NAME)
                .param("contact", "13900001234")
                .param("text", WORDS)
                .header("User-Agent", BROWSER)
                .with(csrf())
                .with(
                    request -> {
                      request.setRemoteAddr("203.0.113.77");
                      return request;
                    }));
    assertThat(answer.getRedirectedUrl()).isEqualTo("/public/notices/" + notice.id());
    assertThat(holding(NAME)).isEmpty();
    assertThat(holding("13900001234")).isEmpty();
    assertThat(holding(WORDS)).isEmpty();
    assertThat(holding("证据.txt")).isEmpty();
    assertThat(holding("203.0.113.77")).isEmpty();
    assertThat(holding(BROWSER)).isEmpty();
    assertThat(holding("关于拟任职人选的公示")).as("the search finds what is there").isNotEmpty();

    Objection read = objections.read(notice.id(), officer()).getFirst();
    assertThat(read.name()).isEqualTo(NAME);
    assertThat(
            new String(
                objections.file(notice.id(), read.id(), officer()).orElseThrow().content(),
                StandardCharsets.UTF_8))
        .isEqualTo(WORDS);
    refused("not-handler", () -> objections.read(notice.id(), other()));
    String path = "/public-notices/" + notice.id() + "/objections";
    assertThat(answer(get(path).with(user(other()))).getStatus()).isEqualTo(404);
    assertThat(answer(get(path + "/" + read.id() + "/file").with(user(other()))).getStatus())
        .isEqualTo(404);
    assertThat(answer(get(path).with(user(officer()))).getContentAsString()).contains(NAME);
    assertThat(
            jdbc.sql(
                    "select count(*) from platform.ledger_entry where action = 'objections-read'"
                        + " and subject_id = ?")
                .param(Long.toString(notice.id()))
                .query(Integer.class)
                .single())
        .isEqualTo(2);
    notices.addHandler(notice.id(), "other", officer());
    assertThat(objections.read(notice.id(), other())).hasSize(1);
  }

  @Test
  void theSameFormSentTwiceIsOneObjection() throws Exception {
    PublicNotice notice = published(5);
    UUID command = UUID.randomUUID();
    assertThat(object(notice, command)).isEqualTo(object(notice, command));
    assertThat(objections.count(notice.id())).isEqualTo(1);
    assertThat(told.receipts("objection:" + object(notice, command))).hasSize(1);
  }

  @Test
  void whoSendsTooOftenIsAskedToWaitAndWhatWasEnteredStays() throws Exception {
    PublicNotice notice = published(5);
    String last = "";
    for (int i = 0; i < 5; i++) {
      last =
          answer(
                  multipart("/public/notices/" + notice.id() + "/objections")
                      .param("command", UUID.randomUUID().toString())
                      .param("text", "第 " + i + " 次")
                      .with(csrf())
                      .with(
                          request -> {
                            request.setRemoteAddr("198.51.100.9");
                            return request;
                          }))
              .getContentAsString();
    }
    assertThat(last).contains("太频繁").contains("第 4 次");
    assertThat(objections.count(notice.id())).isEqualTo(4);
  }

  @Test
  void thePublicSeesWhatIsPostedAndNothingElse() throws Exception {
    PublicNotice draft = notices.draft(wanted(5), "officer");
    assertThat(answer(get("/public/notices/" + draft.id())).getStatus()).isEqualTo(404);
    PublicNotice notice = notices.publish(draft.id(), officer());
    assertThat(answer(get("/public/notices")).getContentAsString()).contains(notice.title());
    assertThat(answer(get("/public/notices/" + notice.id())).getContentAsString())
        .contains("张某某，现任某县副县长")
        .contains("name=\"command\"");
    assertThat(answer(get("/public-notices/" + notice.id())).getRedirectedUrl())
        .endsWith("/sign-in");
    notices.takeDown(notice.id(), "人选情况有变化", "officer");
    assertThat(answer(get("/public/notices/" + notice.id())).getContentAsString())
        .contains("人选情况有变化")
        .doesNotContain("张某某");
    refused("over", () -> object(notices.one(notice.id()), UUID.randomUUID()));
    clock.moveTo(BEFORE_THE_HOLIDAYS.plusDays(31));
    assertThat(answer(get("/public/notices/" + notice.id())).getStatus()).isEqualTo(404);
  }

  @Test
  void aPeriodIsExtendedOnceAndTheDraftOfAnotherIsNotOverwritten() {
    PublicNotice notice = published(5);
    PublicNotice longer = notices.extend(notice.id(), 3, "节日期间群众不便反映", "officer");
    assertThat(longer.due()).isEqualTo("2026-10-15");
    assertThat(longer.wholeDays(office.current())).isEqualTo(8);
    assertThatThrownBy(() -> notices.extend(notice.id(), 1, "r", "officer"))
        .isInstanceOf(Refused.class);
    PublicNotice draft = notices.draft(wanted(5), "officer");
    notices.change(draft.id(), draft.edition(), wanted(6), "officer");
    refused("changed", () -> notices.change(draft.id(), draft.edition(), wanted(7), "other"));
    assertThat(notices.one(draft.id()).days()).isEqualTo(6);
  }

  @Test
  void theDocumentHasEachParagraphAndPageNumbers() throws Exception {
    PublicNotice notice = published(5);
    byte[] bytes =
        answer(get("/public-notices/" + notice.id() + ".docx").with(user(officer())))
            .getContentAsByteArray();
    try (XWPFDocument document = new XWPFDocument(new ByteArrayInputStream(bytes))) {
      assertThat(document.getParagraphs().stream().map(XWPFParagraph::getText).toList())
          .contains("关于拟任职人选的公示", "张某某，现任某县副县长，拟任某县县委常委。", "某市委组织部", "2026年9月29日")
          .noneMatch(text -> text.contains("{{"));
      assertThat(document.getFooterList()).hasSize(1);
      assertThat(document.getFooterList().getFirst()._getHdrFtr().xmlText()).contains("PAGE");
    }
  }

  private int day(PublicNotice notice, String day) {
    return notice.day(LocalDate.parse(day), office.current());
  }

  private String object(PublicNotice notice, UUID command) {
    try {
      return objections.object(notice.id(), command, "", "", WORDS, null);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private PublicNotice published(int days) {
    return notices.publish(notices.draft(wanted(days), "officer").id(), officer());
  }

  private static NewPublicNotice wanted(int days) {
    return new NewPublicNotice(
        "selection",
        null,
        "关于拟任职人选的公示",
        "按照有关规定，现将拟任职人选公示如下。\n张某某，现任某县副县长，拟任某县县委常委。",
        "某市委组织部",
        "某市某路 1 号，电话 12380",
        days,
        false);
  }

  /** Columns of any table in which a text stands. */
  private List<String> holding(String text) {
    List<String> found = new ArrayList<>();
    jdbc.sql(
            """
            select format('%I.%I', table_schema, table_name) as name, column_name
              from information_schema.columns
             where table_schema in ('platform', 'policy', 'official', 'organisation', 'selection')
               and data_type in ('text', 'jsonb', 'bytea', 'ARRAY', 'character varying')
            """)
        .query((row, number) -> List.of(row.getString(1), row.getString(2)))
        .list()
        .forEach(
            column -> {
              long rows =
                  jdbc.sql(
                          "select count(*) from "
                              + column.getFirst()
                              + " where position(:text in \""
                              + column.getLast()
                              + "\"::text) > 0 or position(:hex in \""
                              + column.getLast()
                              + "\"::text) > 0")
                      .param("text", text)
                      .param(
                          "hex",
                          java.util.HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)))
                      .query(Long.class)
                      .single();
              if (rows > 0) {
                found.add(column.toString());
              }
            });
    return found;
  }

  private static void refused(String key, Runnable what) {
    assertThatThrownBy(what::run)
        .isInstanceOfSatisfying(
            Refused.class, e -> assertThat(e.key()).isEqualTo("public-notice.problem." + key));
  }

  private SignedIn officer() {
    return accounts.loadUserByUsername("officer");
  }

  private SignedIn other() {
    return accounts.loadUserByUsername("other");
  }

  private MockHttpServletResponse answer(RequestBuilder request) throws Exception {
    return Objects.requireNonNull(mvc.perform(request).andReturn().getResponse());
  }
}
