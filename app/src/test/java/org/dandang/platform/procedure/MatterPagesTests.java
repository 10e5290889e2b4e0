package org.dandang.platform.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.dandang.DandangTest;
import org.dandang.MovedClock;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Assignments;
import org.dandang.platform.export.Exports;
import org.dandang.platform.export.MarkedFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** The pages of matters as their readers see and use them. */
@DandangTest
@AutoConfigureMockMvc
@Import(Office.Surroundings.class)
class MatterPagesTests {
  private static final String PACK = "national/inquiry-letter";

  @Autowired Exports exports;
  @Autowired MockMvc mvc;
  @Autowired Cases cases;
  @Autowired Papers papers;
  @Autowired Accounts accounts;
  @Autowired Assignments assignments;
  @Autowired JdbcClient jdbc;
  @Autowired MovedClock clock;

  private Office office;

  @BeforeEach
  void open() {
    clock.moveTo(LocalDate.of(2026, 6, 1));
    office = new Office(accounts, assignments, jdbc);
  }

  @Test
  void theInboxShowsWhatCouldBeTakenOnAndWhatIsOnesOwn() throws Exception {
    Done done = cases.begin(office.by("drafter"), office.inquiry(PACK));
    String path = "/matters/" + done.matter();
    assertThat(page("head", "/inbox?tab=unit")).contains(path).contains("审批函询");
    assertThat(page("drafter", "/inbox?tab=unit")).doesNotContain(path + "\"");
    assertThat(page("elsewhere", "/inbox?tab=unit")).doesNotContain(path + "\"");
    cases.claim(office.by("head"), done.step(), done.edition());
    assertThat(page("head", "/inbox")).contains(path);
    assertThat(page("head-above", "/inbox?tab=unit")).doesNotContain(path + "\"");
  }

  @Test
  void aDraftIsKeptCheckedOnLeavingAFieldAndBegun() throws Exception {
    Done draft =
        cases.draft(
            office.by("drafter"),
            new Beginning(PACK, office.unit, List.of(Office.PARTY), Map.of()));
    String path = "/matters/" + draft.matter();
    assertThat(
            answer(
                    "drafter",
                    post(path + "/draft")
                        .param("field", "source")
                        .param("f.source", "rumour")
                        .param("f.matter", "反映的事项"))
                .getContentAsString())
        .contains("请从列表中选择");
    assertThat(page("drafter", path)).contains("反映的事项");
    assertThat(answer("head", get(path)).getStatus()).isEqualTo(404);
    MockHttpServletResponse wrong =
        answer(
            "drafter",
            post(path + "/begin")
                .param("client", UUID.randomUUID().toString())
                .param("f.matter", "反映的事项二"));
    assertThat(wrong.getContentAsString()).contains("href=\"#f-source\"").contains("反映的事项二");
    MockMultipartFile file =
        new MockMultipartFile(
            "file", "../../材料.pdf", "application/pdf", "content".getBytes(StandardCharsets.UTF_8));
    answer("drafter", multipart(path + "/documents").file(file).param("field", "material"));
    MockHttpServletRequestBuilder begin =
        post(path + "/begin").param("client", UUID.randomUUID().toString());
    Office.LETTER.forEach((field, value) -> begin.param("f." + field, value));
    assertThat(answer("drafter", begin).getRedirectedUrl()).isEqualTo(path);
    Paper paper = papers.of(draft.matter()).getFirst();
    assertThat(paper.isSigned()).isTrue();
    assertThat(paper.documents()).extracting(Attached::name).containsExactly("材料.pdf");
    MockHttpServletResponse document =
        answer("drafter", get(path + "/documents/" + paper.documents().getFirst().id()));
    assertThat(document.getContentAsByteArray())
        .isEqualTo("content".getBytes(StandardCharsets.UTF_8));
    assertThat(
            jdbc.sql("select content from platform.matter_document where id = ?")
                .param(paper.documents().getFirst().id())
                .query(byte[].class)
                .single())
        .as("sealed")
        .isNotEqualTo("content".getBytes(StandardCharsets.UTF_8));
    MockHttpServletResponse docx = answer("drafter", get(path + "/papers/" + paper.id() + ".docx"));
    MarkedFile.of(docx, office.as("drafter").signInName(), exports);
    try (XWPFDocument read =
        new XWPFDocument(new ByteArrayInputStream(docx.getContentAsByteArray()))) {
      assertThat(read.getTables().getFirst().getText()).contains(Office.LETTER.get("questions"));
    }
    assertThat(page("drafter", path + "/papers/" + paper.id())).contains(paper.hash());
  }

  @Test
  void whatIsDoneIsListedWithWhoDidIt() throws Exception {
    Done done = cases.begin(office.by("drafter"), office.inquiry(PACK));
    String path = "/matters/" + done.matter();
    answer("head", doing(path + "/steps/" + done.step() + "/do", done, "approve"));
    assertThat(page("head", "/inbox?tab=done")).contains(path).doesNotContain("尚无人认领");
  }

  @Test
  void aDraftThatIsRefusedSaysWhy() throws Exception {
    Done draft =
        cases.draft(
            office.by("drafter"),
            new Beginning(PACK, office.unit, List.of(Office.PARTY), Map.of()));
    MockHttpServletResponse answer =
        answer(
            "drafter",
            post("/matters/" + draft.matter() + "/draft")
                .param("field", "matter")
                .param("f.matter", "多".repeat(200_001)));
    assertThat(answer.getStatus()).isEqualTo(422);
    assertThat(answer.getContentAsString()).contains("未能办理").contains("表单内容过长，无法保存");
  }

  @Test
  void whoActsOnAnOldPageIsShownWhoChangedWhat() throws Exception {
    Done done = cases.begin(office.by("drafter"), office.inquiry(PACK));
    String path = "/matters/" + done.matter() + "/steps/" + done.step() + "/do";
    assertThat(answer("head", doing(path, done, "approve")).getStatus()).isEqualTo(302);
    MockHttpServletResponse late = answer("head-above", doing(path, done, "refuse"));
    assertThat(late.getStatus()).isEqualTo(409);
    assertThat(late.getContentAsString()).contains("head").contains("/matters/" + done.matter());
  }

  @Test
  void thePartySeesTheLetterAndWhatCanBeAnsweredButNotWhatOfficialsWroteToEachOther()
      throws Exception {
    Done done = cases.begin(office.by("drafter"), office.inquiry(PACK));
    String path = "/matters/" + done.matter();
    assertThat(answer("party", get(path)).getStatus()).isEqualTo(404);
    cases.act(
        office.by("head"), new Acting(done.step(), done.edition(), "approve", "内部意见", Map.of()));
    String page = page("party", path);
    assertThat(page)
        .contains(Office.LETTER.get("questions"))
        .contains("2026-06-23")
        .contains("提交回复");
    assertThat(page).doesNotContain("内部意见").doesNotContain("drafter2");
    assertThat(answer("somebody", get(path)).getStatus()).isEqualTo(404);
    assertThat(answer("elsewhere", get(path)).getStatus()).isEqualTo(404);
    assertThat(page("drafter2", path)).contains("内部意见");
    assertThat(answer("party", get(path + "/drawing.bpmn")).getContentAsString())
        .contains("BPMNShape");
  }

  @Test
  void onlyWhoMayBeginIsOfferedTheProcedure() throws Exception {
    assertThat(page("drafter", "/matters/new")).contains(PACK);
    assertThat(page("head", "/matters/new")).doesNotContain(PACK);
  }

  private static MockHttpServletRequestBuilder doing(String path, Done done, String outcome) {
    return post(path)
        .param("client", UUID.randomUUID().toString())
        .param("edition", Integer.toString(done.edition()))
        .param("outcome", outcome)
        .param("reasons", "理由");
  }

  private String page(String who, String path) throws Exception {
    MockHttpServletResponse answer = answer(who, get(path));
    assertThat(answer.getStatus()).as(path).isEqualTo(200);
    return answer.getContentAsString();
  }

  private MockHttpServletResponse answer(
      String who,
      org.springframework.test.web.servlet.request.AbstractMockHttpServletRequestBuilder<?> request)
      throws Exception {
    return mvc.perform(
            request
                .with(user(office.as(who)))
                .with(csrf())
                .locale(java.util.Locale.forLanguageTag("zh-CN")))
        .andReturn()
        .getResponse();
  }
}
