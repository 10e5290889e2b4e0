package org.dandang.official;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.dandang.DandangTest;
import org.dandang.official.form.Forms;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;

/** Registers and forms sent in on the page for files, to what became of each row. */
@DandangTest
@AutoConfigureMockMvc
@TestPropertySource(properties = "dandang.password.cost=4")
class SendingFilesTests {
  private static final Pattern OUTCOME = Pattern.compile("/imports/outcomes/([0-9a-f-]{36})");
  private static final String ROWS =
      """
      编号,姓名,性别,民族,出生年月,参加工作时间,状态
      S1,赵测,男,汉族,1980.02,2002-07-01,在职
      S2,钱测,雄,汉族,1981.02,2003-07-01,在职
      """;

  @Autowired MockMvc mvc;
  @Autowired JdbcClient jdbc;
  @Autowired Accounts accounts;
  private SignedIn sender;
  private SignedIn another;

  @BeforeEach
  void nobody() {
    jdbc.sql("truncate official.official, official.import, organisation.unit cascade").update();
    sender = officer("sender");
    another = officer("another");
  }

  private SignedIn officer(String name) {
    if (!accounts.exists(name)) {
      accounts.create(name, name, "a long password", Role.PERSONNEL_OFFICER, null, "test");
    }
    return accounts.loadUserByUsername(name);
  }

  /** The page where the work ended, once it has. */
  private String sent(String file, byte[] content, boolean dryRun) throws Exception {
    String job =
        mvc.perform(
                multipart("/imports")
                    .file(new MockMultipartFile("file", file, null, content))
                    .param("dryRun", Boolean.toString(dryRun))
                    .with(csrf())
                    .with(user(sender)))
            .andReturn()
            .getResponse()
            .getRedirectedUrl();
    assertThat(job).startsWith("/jobs/");
    assertThat(opened(job, another).getStatus()).isEqualTo(404);
    String page = opened(job + "/state", sender).getContentAsString(StandardCharsets.UTF_8);
    while (page.contains("hx-trigger")) {
      Thread.sleep(20);
      page = opened(job + "/state", sender).getContentAsString(StandardCharsets.UTF_8);
    }
    return page;
  }

  private MockHttpServletResponse opened(String path, SignedIn reader) throws Exception {
    return mvc.perform(get(path).header("Accept-Language", "en").with(user(reader)))
        .andReturn()
        .getResponse();
  }

  private static String outcome(String page) {
    Matcher found = OUTCOME.matcher(page);
    assertThat(found.find()).as(page).isTrue();
    return found.group();
  }

  private long officials() {
    return jdbc.sql("select count(*) from official.official").query(Long.class).single();
  }

  private static List<List<String>> rows(byte[] workbook) throws IOException {
    try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(workbook))) {
      return book.getFirstSheet().read().stream()
          .map(row -> row.stream().map(cell -> cell.getText()).toList())
          .toList();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aRegisterIsStoredAndItsRefusedRowsComeBackInTheirWorkbookToTheSenderAlone()
      throws Exception {
    String outcome = outcome(sent("officials.csv", bytes(ROWS), false));
    assertThat(officials()).isEqualTo(1);
    MockHttpServletResponse page = opened(outcome, sender);
    assertThat(page.getStatus()).isEqualTo(200);
    assertThat(page.getContentAsString(StandardCharsets.UTF_8))
        .contains("officials.csv", outcome + "/refused.xlsx", "/imports/");
    MockHttpServletResponse workbook = opened(outcome + "/refused.xlsx", sender);
    assertThat(workbook.getHeader("Content-Disposition")).contains("refused.xlsx");
    assertThat(rows(workbook.getContentAsByteArray()))
        .hasSize(2)
        .last()
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .contains("S2", "钱测", "雄", "officials.csv", "3");
    assertThat(opened(outcome, another).getStatus()).isEqualTo(404);
    assertThat(opened(outcome + "/refused.xlsx", another).getStatus()).isEqualTo(404);
  }

  @Test
  void theSameFileTwiceStoresNothingTwice() throws Exception {
    sent("officials.csv", bytes(ROWS), false);
    String outcome = outcome(sent("officials.csv", bytes(ROWS), false));
    assertThat(officials()).isEqualTo(1);
    assertThat(
            jdbc.sql(
                    "select stored, unchanged, refused from official.import order by id desc limit"
                        + " 1")
                .query()
                .singleRow())
        .containsEntry("stored", 0L)
        .containsEntry("unchanged", 1L)
        .containsEntry("refused", 1L);
    assertThat(opened(outcome, sender).getStatus()).isEqualTo(200);
  }

  @Test
  void aTrialStoresNothingAndSaysWhatItWouldHave() throws Exception {
    String outcome = outcome(sent("officials.csv", bytes(ROWS), true));
    assertThat(officials()).isZero();
    assertThat(opened(outcome, sender).getContentAsString(StandardCharsets.UTF_8))
        .contains("refused.xlsx");
  }

  @Test
  void aFileInTheOfficesOldEncodingIsRead() throws Exception {
    sent("officials.csv", ROWS.getBytes(Charset.forName("GB18030")), false);
    assertThat(jdbc.sql("select name from official.current_identity").query(String.class).single())
        .isEqualTo("赵测");
  }

  @Test
  void aFileWhoseColumnsFitNothingIsRefusedWithWordsAndNothingIsStored() throws Exception {
    String page = sent("x.csv", bytes("nothing,fits\n1,2\n"), false);
    assertThat(page).contains("alert-danger").doesNotContainPattern("[a-z]+\\.[a-z]+\\.[a-z]+\\(");
    assertThat(officials()).isZero();
    String cut = sent("cut.xlsx", new byte[] {'P', 'K', 3, 4, 0, 0}, false);
    assertThat(cut).contains("alert-danger", "cut.xlsx");
    assertThat(officials()).isZero();
  }

  @Test
  void anAppointmentFormIsStoredWithItsHolder() throws Exception {
    String outcome = outcome(sent("one.lrmx", Forms.usual().bytes(), false));
    assertThat(officials()).isEqualTo(1);
    assertThat(opened(outcome, sender).getStatus()).isEqualTo(200);
  }

  @Test
  void whoseFormHasLinesToSettleIsListedUntilTheyAre() throws Exception {
    byte[] form = Forms.usual().with("JianLi", "2001.03--2004.05 支教\n后来去了别处").bytes();
    assertThat(
            opened(outcome(sent("one.lrmx", form, false)), sender)
                .getContentAsString(StandardCharsets.UTF_8))
        .contains("/officials/unsettled");
    long holder = jdbc.sql("select id from official.official").query(Long.class).single();
    String link = "/officials/" + holder + "/unsettled";
    String list = opened("/officials/unsettled", sender).getContentAsString(StandardCharsets.UTF_8);
    assertThat(list).contains(link);
    assertThat(
            opened("/officials/unsettled?p=2", sender).getContentAsString(StandardCharsets.UTF_8))
        .doesNotContain(link);
    for (long line : jdbc.sql("select id from official.unsettled_line").query(Long.class).list()) {
      mvc.perform(post(link + "/" + line).with(csrf()).with(user(sender)))
          .andExpect(status().is3xxRedirection());
    }
    assertThat(opened("/officials/unsettled", sender).getContentAsString(StandardCharsets.UTF_8))
        .doesNotContain(link)
        .contains("没有待认定的内容。");
  }

  @Test
  void aTemplateHasTheColumnsTheFileIsReadBy() throws Exception {
    byte[] template =
        opened("/imports/templates/standard/officials.xlsx", sender).getContentAsByteArray();
    try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(template))) {
      List<Row> read = book.getFirstSheet().read();
      assertThat(read.getFirst().stream().map(cell -> cell.getText()).toList())
          .contains("编号", "姓名*", "性别");
    }
    assertThat(opened("/imports/templates/standard/nothing.xlsx", sender).getStatus())
        .isEqualTo(404);
  }
}
