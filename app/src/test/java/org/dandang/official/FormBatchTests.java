package org.dandang.official;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.dandang.DandangTest;
import org.dandang.official.form.Forms;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.export.Exports;
import org.dandang.platform.export.MarkedFile;
import org.dandang.platform.jobs.Job;
import org.dandang.platform.jobs.Jobs;
import org.dandang.platform.jobs.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;

/** Forms of one and of many, as documents and on paper. */
@DandangTest
@AutoConfigureMockMvc
@TestPropertySource(properties = {"dandang.test.database=form-batches", "dandang.password.cost=4"})
class FormBatchTests {
  @TempDir static Path templates;

  @Autowired MockMvc mvc;
  @Autowired Accounts accounts;
  @Autowired FormImport forms;
  @Autowired FormExport export;
  @Autowired Exports exports;
  @Autowired Jobs jobs;
  @Autowired JdbcClient jdbc;
  @TempDir Path folder;
  private long zeng;
  private long li;

  @DynamicPropertySource
  static void templates(DynamicPropertyRegistry registry) {
    registry.add("dandang.forms", () -> templates.toString());
  }

  @BeforeEach
  void threePeople() throws IOException {
    jdbc.sql(
            "truncate official.official, official.import, organisation.unit,"
                + " organisation.unit_description cascade")
        .update();
    zeng = take(Forms.usual());
    li = take(Forms.usual().with("XingMing", "李四").without("ShenFenZheng"));
    take(Forms.usual().with("XingMing", "王五").with("XingBie", "女").without("ShenFenZheng"));
    for (String name : List.of("officer", "other")) {
      if (!accounts.exists(name)) {
        accounts.create(name, name, "a long password", Role.PERSONNEL_OFFICER, null, "test");
      }
    }
    if (!accounts.exists("zeng")) {
      accounts.create("zeng", "zeng", "a long password", Role.OFFICIAL, zeng, "test");
    }
    jdbc.sql("update platform.account set official_id = ? where sign_in_name = 'zeng'")
        .param(zeng)
        .update();
    Files.deleteIfExists(templates.resolve("appointment.docx"));
  }

  private long take(Forms form) throws IOException {
    Path file = folder.resolve("one.lrmx");
    Files.write(file, form.bytes());
    forms.take(file, "one.lrmx", "tester", false, Progress.unwatched());
    return jdbc.sql("select max(id) from official.official").query(Long.class).single();
  }

  private MockHttpServletResponse page(String path, String who) throws Exception {
    return mvc.perform(get(path).with(user(account(who)))).andReturn().getResponse();
  }

  private SignedIn account(String who) {
    return accounts.loadUserByUsername(who);
  }

  private String begin(String query, String... parameters) throws Exception {
    var request = post("/officials/forms" + query).with(user(account("officer"))).with(csrf());
    for (int i = 0; i < parameters.length; i += 2) {
      request.param(parameters[i], parameters[i + 1]);
    }
    return Objects.requireNonNull(
        mvc.perform(request).andReturn().getResponse().getRedirectedUrl());
  }

  private Job ended(String path) throws InterruptedException {
    Job job = jobs.find(path.replace("/jobs/", "")).orElseThrow();
    for (int i = 0; i < 600 && job.state() == Job.State.RUNNING; i++) {
      Thread.sleep(50);
    }
    return job;
  }

  private List<String> names(String result, String who) throws Exception {
    List<String> names = new ArrayList<>();
    MarkedFile.of(page(result + ".zip", who), who, exports);
    try (ZipInputStream zip =
        new ZipInputStream(
            new ByteArrayInputStream(page(result + ".zip", who).getContentAsByteArray()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        names.add(entry.getName());
        if (entry.getName().endsWith(".docx")) {
          try (XWPFDocument document =
              new XWPFDocument(new ByteArrayInputStream(zip.readAllBytes()))) {
            assertThat(document.getTables()).hasSize(2);
          }
        }
      }
    }
    return names;
  }

  @Test
  void anOfficerAndTheOfficialGetTheDocumentAndItStandsInTheLedger() throws Exception {
    MockHttpServletResponse file = page("/officials/" + zeng + "/form.docx", "officer");
    assertThat(file.getContentType()).startsWith("application/vnd.openxmlformats");
    assertThat(file.getHeader("Content-Disposition"))
        .containsPattern("-" + zeng + "-[0-9a-f]{8}[.]docx");
    MarkedFile.of(file, "officer", exports);
    try (XWPFDocument document =
        new XWPFDocument(new ByteArrayInputStream(file.getContentAsByteArray()))) {
      assertThat(document.getTables().getFirst().getText()).contains("曾 武", "布依族");
    }
    assertThat(page("/me/form.docx", "zeng").getStatus()).isEqualTo(200);
    assertThat(page("/officials/999999/form.docx", "officer").getStatus()).isEqualTo(404);
    assertThat(
            jdbc.sql(
                    "select count(*) from platform.ledger_entry where action = 'forms-exported' and"
                        + " detail ->> 'form' = 'docx' and subject_id = :id")
                .param("id", Long.toString(zeng))
                .query(Integer.class)
                .single())
        .isEqualTo(2);
  }

  @Test
  void thoseChosenAreWrittenIntoOneZipThatOnlyTheirWriterGets() throws Exception {
    Job job = ended(begin("", "as", "docx", "id", "" + zeng, "id", "" + li));
    assertThat(job.state()).isEqualTo(Job.State.DONE);
    String result = Objects.requireNonNull(job.result());
    assertThat(names(result, "officer"))
        .containsExactlyInAnyOrder("曾武-" + zeng + ".docx", "李四-" + li + ".docx");
    assertThat(page(result, "officer").getContentAsString()).contains(result + ".zip");
    assertThat(page(result, "other").getStatus()).isEqualTo(404);
    assertThat(page(result + ".zip", "other").getStatus()).isEqualTo(404);
  }

  @Test
  void withNobodyChosenTheListsFilterDecides() throws Exception {
    Job job = ended(begin("?sex=2", "as", "lrmx"));
    assertThat(names(Objects.requireNonNull(job.result()), "officer"))
        .singleElement()
        .asString()
        .startsWith("王五-")
        .endsWith(".lrmx");
  }

  @Test
  void allChosenArePrintedOnOnePageEachOnItsOwnSheets() throws Exception {
    String print = begin("?sex=1", "as", "print", "id", "" + zeng, "id", "" + li);
    assertThat(print).startsWith("/officials/forms/print?").contains("sex=1", "id=" + zeng);
    String page = page(print, "officer").getContentAsString();
    assertThat(page.split("class=\"paper-set\"", -1)).hasSize(3);
    assertThat(page).contains("曾 武", "李四").doesNotContain("王五", "110105198003077");
    assertThat(page("/officials/forms/print?q=nobody-at-all", "officer").getContentAsString())
        .contains("没有符合条件的人员");
  }

  @Test
  void stoppingLeavesNothingBehind() {
    AtomicInteger asked = new AtomicInteger();
    Progress stopped =
        new Progress() {
          @Override
          public void at(String step, long done, long total) {}

          @Override
          public boolean cancelled() {
            return asked.incrementAndGet() > 1;
          }
        };
    Path zip = folder.resolve("all.zip");
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> export.write(List.of(), FormFormat.DOCX, zip, "tester", stopped))
        .isInstanceOf(ImportCancelled.class);
    assertThat(folder).isDirectoryNotContaining("glob:**.{zip,part}");
  }

  @Test
  void anOfficesOwnTemplateIsUsedAndOneThatCannotBeIsToldOf() throws Exception {
    Files.write(templates.resolve("appointment.docx"), new byte[] {1, 2, 3});
    MockHttpServletResponse refused = page("/officials/" + zeng + "/form.docx", "officer");
    assertThat(refused.getStatus()).isEqualTo(500);
    assertThat(refused.getContentAsString()).contains("appointment.docx", "role=\"alert\"");
    Job job = ended(begin("", "as", "docx"));
    assertThat(job.state()).isEqualTo(Job.State.FAILED);
    assertThat(page("/jobs/" + job.id(), "officer").getContentAsString())
        .contains("appointment.docx");
  }
}
