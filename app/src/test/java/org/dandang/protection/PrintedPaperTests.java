package org.dandang.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import jakarta.servlet.http.Cookie;
import java.io.ByteArrayInputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.dandang.DandangTest;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.procedure.Desk;
import org.dandang.platform.procedure.Done;
import org.dandang.platform.procedure.Layout;
import org.dandang.platform.procedure.Layouts;
import org.dandang.platform.procedure.Party;
import org.dandang.platform.procedure.Procedure;
import org.dandang.platform.procedure.Procedures;
import org.dandang.platform.procedure.Wanderer;
import org.dandang.protection.tolerance.ToleranceAnswers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** Papers as packs lay them out: the same words on the page and in the document, read back. */
@DandangTest
@AutoConfigureMockMvc
@Import(Desk.Surroundings.class)
class PrintedPaperTests {
  private static final LocalDate DAY = LocalDate.of(2026, 6, 1);
  private static final Set<String> ASKED_FOR =
      new TreeSet<>(
          List.of(
              "national/inquiry-letter inquiry",
              "beijing/statement-review request",
              "zhejiang/public-clarification text",
              "zhejiang/public-clarification advance",
              "national/sanctions decision",
              "inner-mongolia/false-accusation finding",
              "hebei/credit-register decision",
              "heilongjiang/five-nos decision",
              "guangxi/stepping-down decision"));

  @Autowired ApplicationContext context;
  @Autowired Procedures procedures;
  @Autowired Layouts layouts;
  @Autowired JdbcClient jdbc;
  @Autowired MockMvc mvc;

  private Desk desk;

  @BeforeEach
  void open() {
    desk = new Desk(context);
    desk.time.moveTo(DAY);
  }

  private XWPFDocument docx(SignedIn reader, long matter, long paper, String language)
      throws Exception {
    MockHttpServletResponse answer =
        mvc.perform(
                get("/matters/" + matter + "/papers/" + paper + ".docx")
                    .cookie(new Cookie("language", language))
                    .with(user(reader)))
            .andReturn()
            .getResponse();
    assertThat(answer.getStatus())
        .as("paper %d of %s for %s", paper, desk.procedure(matter).pack(), reader.signInName())
        .isEqualTo(200);
    return new XWPFDocument(new ByteArrayInputStream(answer.getContentAsByteArray()));
  }

  private String page(SignedIn reader, long matter, long paper, String language) throws Exception {
    return mvc.perform(
            get("/matters/" + matter + "/papers/" + paper)
                .cookie(new Cookie("language", language))
                .with(user(reader)))
        .andReturn()
        .getResponse()
        .getContentAsString(java.nio.charset.StandardCharsets.UTF_8)
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }

  private static String text(XWPFDocument document) {
    StringBuilder text = new StringBuilder();
    for (XWPFParagraph paragraph : document.getParagraphs()) {
      text.append(paragraph.getText()).append('\n');
    }
    document.getTables().forEach(table -> text.append(table.getText()).append('\n'));
    return text.toString();
  }

  private long paper(long matter, String form) {
    return jdbc.sql(
            "select max(id) from platform.matter_form where matter_id = ? and form = ? and hash is"
                + " not null")
        .params(matter, form)
        .query(Long.class)
        .single();
  }

  @Test
  void aDecisionOnAMeasureIsPrintedAsThePackLaysItOut() throws Exception {
    long county = desk.unit("pp-county", "county", null);
    long unit = desk.unit("pp-bureau", "county-department", county);
    desk.account("pp-discipline", Role.DISCIPLINE_OFFICER, county);
    desk.account("pp-head", Role.HEAD_OF_UNIT, county);
    long official = desk.official("pp-zhang", unit);
    desk.own("pp-zhang", official);
    Done done =
        desk.begin(
            "pp-discipline",
            "national/sanctions",
            unit,
            Party.official(official),
            Map.of("cause", "违规决策", "facts", "未经集体研究，擅自决定"),
            "evidence");
    done = desk.act("pp-zhang", done, "replied", "", Map.of("statement", "情况紧急"));
    done =
        desk.act(
            "pp-discipline",
            done,
            "propose",
            "",
            Map.of(
                "nature", "negligence",
                "motive", "public",
                "gravity", "ordinary",
                "proposed", "sanction-demerit",
                "on-the-reply", "紧急情况不成立"));
    done =
        desk.act(
            "pp-head",
            done,
            "impose",
            "事实清楚",
            Map.of(
                "measure", "sanction-demerit",
                "decided-on", "2026-06-01",
                "number", "清纪〔2026〕7号",
                "authority", "清河县监察委员会"));
    long decision = paper(done.matter(), "decision");
    try (XWPFDocument read = docx(desk.as("pp-zhang"), done.matter(), decision, "zh-CN")) {
      List<String> lines = read.getParagraphs().stream().map(XWPFParagraph::getText).toList();
      assertThat(lines).startsWith("处分（处理）决定书", "清纪〔2026〕7号", "某pp-zhang：");
      assertThat(lines)
          .contains("某pp-zhang同志的问题已经调查核实，并听取了本人的陈述和申辩。", "pp-bureau", "2026年6月1日", "（印章）")
          .anyMatch(line -> line.contains("1个月内申请复审"));
      assertThat(read.getTables()).hasSize(2);
      assertThat(read.getTables().get(0).getText()).contains("违规决策").contains("紧急情况不成立");
      assertThat(read.getTables().get(1).getText())
          .contains("记过")
          .contains("2026年6月1日")
          .contains("清河县监察委员会");
      assertThat(read.getFooterList())
          .as("the number of the page, and who took the document")
          .singleElement()
          .satisfies(foot -> assertThat(foot.getParagraphs()).hasSize(2));
    }
    try (XWPFDocument read = docx(desk.as("pp-discipline"), done.matter(), decision, "en")) {
      assertThat(text(read)).contains("Decision on a measure").contains("1 June 2026");
    }
    long reply = paper(done.matter(), "reply");
    try (XWPFDocument read = docx(desk.as("pp-zhang"), done.matter(), reply, "zh-CN")) {
      assertThat(read.getTables().getFirst().getText()).as("no layout of its own").contains("情况紧急");
      assertThat(read.getFooterList())
          .as("who took the document, and nothing of an official paper's")
          .singleElement()
          .satisfies(
              foot ->
                  assertThat(foot.getParagraphs())
                      .singleElement()
                      .matches(line -> line.getText().contains("pp-zhang")));
    }
  }

  @Test
  void aDeterminationOfToleranceTellsThePersonTheWholePlan() throws Exception {
    String pack = "guangdong/error-tolerance";
    long unit = desk.unit("pt-bureau", "county-department", null);
    desk.account("pt-officer", Role.PERSONNEL_OFFICER, unit);
    desk.account("pt-head", Role.HEAD_OF_UNIT, unit);
    long official = desk.official("pt-li", unit);
    desk.own("pt-li", official);
    Done done =
        desk.begin(
            "pt-li",
            pack,
            unit,
            Party.official(official),
            ToleranceAnswers.application(DAY.minusDays(6)));
    done = desk.act("pt-officer", done, "accept", "", ToleranceAnswers.ACCEPTANCE);
    done =
        desk.act(
            "pt-officer",
            done,
            "verified",
            "",
            ToleranceAnswers.verification(desk.procedure(done.matter()), Map.of()));
    done = desk.act("pt-li", done, "no-reply", "", Map.of());
    done =
        desk.act(
            "pt-officer",
            done,
            "planned",
            "",
            ToleranceAnswers.plan("pt-li", LocalDate.of(2026, 7, 31)));
    done =
        desk.act(
            "pt-head",
            done,
            "tolerate",
            "符合条件",
            Map.of(
                "conclusion", "符合容错条件",
                "effect", "考核、任用不受影响",
                "correction-deadline", "2026-08-31"));
    long paper = paper(done.matter(), "determination");
    try (XWPFDocument read = docx(desk.as("pt-li"), done.matter(), paper, "zh-CN")) {
      assertThat(read.getParagraphs().getFirst().getText()).isEqualTo("容错认定和纠错整改通知书");
      assertThat(read.getTables()).hasSize(2);
      assertThat(read.getTables().get(1).getText())
          .as("what officers wrote of it is told, as the paper is the person's")
          .contains("修订告知承诺核查办法")
          .contains("某pt-li")
          .contains("2026年7月31日")
          .contains("2026年8月31日");
      assertThat(read.getTables().get(1).getRows())
          .as("items three to six are left out")
          .hasSize(8);
    }
  }

  @Test
  void everyLayoutOfEveryPackIsPrintedWholeInEveryLanguageForWhoeverReadsIt() throws Exception {
    Wanderer wanderer = new Wanderer(context, new OnRecordForForms(context).makers());
    Set<String> printed = new TreeSet<>();
    // What one procedure enters another names: round and round, until each had its turn.
    for (int round = 0; round < 60 && !printed.containsAll(ASKED_FOR); round++) {
      for (Procedure procedure : procedures.on(DAY)) {
        List<String> forms =
            procedure.forms().keySet().stream()
                .filter(form -> layouts.find(procedure, form).isPresent())
                .toList();
        if (printed.containsAll(forms.stream().map(form -> procedure.pack() + " " + form).toList())
            && !procedure.pack().contains("lead-closing")
            && !procedure.pack().contains("false-accusation")) {
          continue;
        }
        Wanderer.Walked walked =
            wanderer.walk(procedure, new Random(31L * round + procedure.pack().hashCode()), 40);
        for (String form : forms) {
          Layout layout = layouts.find(procedure, form).orElseThrow();
          if (walked.matter() > 0 && isReady(walked.matter(), layout)) {
            printed(walked.matter(), layout);
            printed.add(procedure.pack() + " " + form);
          }
        }
      }
    }
    assertThat(printed).containsAll(ASKED_FOR);
  }

  /** An officer who reads the matter; whoever decided it does not read it for ever. */
  private SignedIn reader(long matter, long paper) throws Exception {
    for (String name :
        List.of("wa-personnel-officer1", "wa-discipline-officer1", "wa-personnel-officer2")) {
      int status =
          mvc.perform(get("/matters/" + matter + "/papers/" + paper).with(user(desk.as(name))))
              .andReturn()
              .getResponse()
              .getStatus();
      if (status == 200) {
        return desk.as(name);
      }
    }
    throw new AssertionError("nobody reads paper " + paper);
  }

  private boolean isReady(long matter, Layout layout) {
    return jdbc.sql(
            """
            select exists (select from platform.matter_form where matter_id = :matter and form = :form and hash is not null)
               and (cast(:after as text) is null
                    or exists (select from platform.matter_step
                                where matter_id = :matter and step = :after and state = 'done' and outcome = :agreed))
            """)
        .param("matter", matter)
        .param("form", layout.form())
        .param("after", layout.after(), java.sql.Types.VARCHAR)
        .param(
            "agreed",
            layout.after() == null
                ? null
                : desk.procedure(matter)
                    .flow()
                    .step(layout.after())
                    .orElseThrow()
                    .outcomes()
                    .getFirst(),
            java.sql.Types.VARCHAR)
        .query(Boolean.class)
        .single();
  }

  private void printed(long matter, Layout layout) throws Exception {
    long paper = paper(matter, layout.form());
    SignedIn reader = reader(matter, paper);
    for (String language : List.of("zh-CN", "zh-Hant", "en")) {
      String page = page(reader, matter, paper, language);
      try (XWPFDocument read = docx(reader, matter, paper, language)) {
        String what = layout.form() + " of matter " + matter + " in " + language;
        assertThat(read.getParagraphs().getFirst().getText())
            .as(what)
            .isEqualTo(layout.texts().in(language, layout.title()));
        String text = text(read);
        assertThat(text)
            .as(what)
            .doesNotContain("{")
            .doesNotContain("paper.")
            .doesNotContain("null");
        assertThat(text)
            .as(what)
            .containsPattern(
                language.equals("en")
                    ? "\\d{1,2} [A-Z][a-z]+ \\d{4}"
                    : "\\d{4}年\\d{1,2}月\\d{1,2}日");
        for (XWPFParagraph paragraph : read.getParagraphs()) {
          assertThat(page).as(what).contains(paragraph.getText().strip());
        }
      }
    }
  }
}
