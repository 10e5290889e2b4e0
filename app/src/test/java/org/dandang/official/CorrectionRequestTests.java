package org.dandang.official;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.dandang.DandangTest;
import org.dandang.official.form.Forms;
import org.dandang.official.register.Field;
import org.dandang.official.register.Register;
import org.dandang.official.register.RegisterRow;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.jobs.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** What officials ask to have corrected, and what the office makes of it. */
@DandangTest
@AutoConfigureMockMvc
@TestPropertySource(properties = "dandang.password.cost=4")
class CorrectionRequestTests {
  private static final CorrectionRequests.Keeping NO_DOCUMENT = () -> null;
  private static int accountsMade;

  @Autowired FormImport forms;
  @Autowired Registers registers;
  @Autowired Correcting correcting;
  @Autowired CorrectionRequests requests;
  @Autowired Accounts accounts;
  @Autowired JdbcClient jdbc;
  @Autowired MockMvc mvc;
  @TempDir Path folder;
  private long official;
  private SignedIn own;
  private SignedIn officer;

  @BeforeEach
  void aPersonFromAFormWithAnAccount() throws IOException {
    jdbc.sql("truncate official.official, official.import, organisation.unit cascade").update();
    Path file = folder.resolve("one.lrmx");
    Files.write(file, Forms.usual().bytes());
    forms.take(file, "one.lrmx", "tester", false, Progress.unwatched());
    official = jdbc.sql("select id from official.official").query(Long.class).single();
    String name = "asks-" + ++accountsMade;
    accounts.create(name, "x", "a long password", Role.OFFICIAL, official, "test");
    own = accounts.loadUserByUsername(name);
    if (!accounts.exists("decides")) {
      accounts.create("decides", "审定人", "a long password", Role.PERSONNEL_OFFICER, null, "test");
    }
    officer = accounts.loadUserByUsername("decides");
  }

  @Test
  void askingChangesNothingAndAnAcceptanceSupersedesTheRow() {
    RegisterRow award = award();
    long id = ask(award, Map.of(Field.AWARD_KIND, "二等功"));
    assertThat(award().text(Field.AWARD_KIND)).isEqualTo(award.text(Field.AWARD_KIND));

    assertThat(accept(id, Map.of(Field.AWARD_KIND, "二等功"), true))
        .isInstanceOf(CorrectionRequests.Deciding.Decided.class);

    assertThat(award().text(Field.AWARD_KIND)).isEqualTo("二等功");
    CorrectionRequest request = requests.find(id).orElseThrow();
    assertThat(request.state()).isEqualTo(CorrectionRequest.State.ACCEPTED);
    assertThat(request.recorded()).isEqualTo(award().id());
    assertThat(registers.rows(official, Register.AWARD, new Registers.Known(true, null)))
        .extracting(RegisterRow::id)
        .contains(award.id());
    assertThat(ledger("correction-asked")).isEqualTo(1);
    assertThat(ledger("correction-accepted")).isEqualTo(1);
    assertThat(ledger("fact-corrected")).isEqualTo(1);
  }

  @Test
  void ofTwoOfficersWhoDecideAtOnceOneIsTold() throws Exception {
    for (int round = 0; round < 8; round++) {
      long id = ask(award(), Map.of(Field.AWARD_KIND, "奖励" + round));
      int number = round;
      CyclicBarrier together = new CyclicBarrier(2);
      try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
        Future<CorrectionRequests.Deciding> yes =
            pool.submit(
                () -> {
                  together.await();
                  return accept(id, Map.of(Field.AWARD_KIND, "奖励" + number), true);
                });
        Future<CorrectionRequests.Deciding> no =
            pool.submit(
                () -> {
                  together.await();
                  return requests.decline(id, "not proven", "other", null);
                });
        assertThat(List.of(yes.get().getClass(), no.get().getClass()))
            .containsExactlyInAnyOrder(
                CorrectionRequests.Deciding.Decided.class,
                CorrectionRequests.Deciding.TooLate.class);
      }
      boolean accepted =
          requests.find(id).orElseThrow().state() == CorrectionRequest.State.ACCEPTED;
      assertThat(award().text(Field.AWARD_KIND).equals("奖励" + round)).isEqualTo(accepted);
    }
  }

  @Test
  void aRowCorrectedMeanwhileIsNotCorrectedAgain() {
    RegisterRow award = award();
    long id = ask(award, Map.of(Field.AWARD_KIND, "二等功"));
    correcting.record(
        official, Register.AWARD, award.id(), Map.of(Field.AWARD_KIND, "嘉奖"), null, "r", "o");
    assertThat(accept(id, Map.of(Field.AWARD_KIND, "二等功"), true))
        .isInstanceOf(CorrectionRequests.Deciding.RowGone.class);
    assertThat(award().text(Field.AWARD_KIND)).isEqualTo("嘉奖");
    assertThat(requests.find(id).orElseThrow().open()).isTrue();
    assertThat(requests.decline(id, "corrected already", "o", null))
        .isInstanceOf(CorrectionRequests.Deciding.Decided.class);
  }

  @Test
  void aValueThatCannotBeRecordedLeavesTheRequestOpen() {
    long id = ask(award(), Map.of(Field.AWARD_KIND, "二等功"));
    assertThat(accept(id, Map.of(Field.AWARD_GRANTED_ON, "2021.13"), false))
        .isInstanceOf(CorrectionRequests.Deciding.Wrong.class);
    assertThat(requests.find(id).orElseThrow().open()).isTrue();
    assertThat(ledger("fact-corrected")).isZero();
  }

  @Test
  void nobodyDecidesAboutTheOwnRecord() {
    long id = ask(award(), Map.of(Field.AWARD_KIND, "二等功"));
    assertThat(requests.accept(id, Map.of(), true, null, "me", official))
        .isInstanceOf(CorrectionRequests.Deciding.OwnMatter.class);
    assertThat(requests.decline(id, "no", "me", official))
        .isInstanceOf(CorrectionRequests.Deciding.OwnMatter.class);
    assertThat(requests.find(id).orElseThrow().open()).isTrue();
  }

  @Test
  void whatWasWithdrawnCanNoLongerBeDecidedAndTheRowCanBeAskedAboutAgain() {
    RegisterRow award = award();
    long id = ask(award, Map.of(Field.AWARD_KIND, "二等功"));
    assertThat(asking(award, Map.of(Field.AWARD_KIND, "一等功")))
        .isInstanceOf(CorrectionRequests.Asking.AskedAlready.class);
    assertThat(requests.withdraw(official + 1, id, "somebody")).isFalse();
    assertThat(requests.withdraw(official, id, "asker")).isTrue();
    assertThat(requests.withdraw(official, id, "asker")).isFalse();
    assertThat(accept(id, Map.of(Field.AWARD_KIND, "二等功"), true))
        .isInstanceOf(CorrectionRequests.Deciding.TooLate.class);
    assertThat(asking(award, Map.of(Field.AWARD_KIND, "一等功")))
        .isInstanceOf(CorrectionRequests.Asking.Asked.class);
  }

  @Test
  void whatTheRowSaysAlreadyIsNotAskedFor() {
    RegisterRow award = award();
    assertThat(asking(award, award.values()))
        .isInstanceOf(CorrectionRequests.Asking.NothingWanted.class);
    assertThat(asking(award, Map.of(Field.AWARD_GRANTED_ON, "2021.13")))
        .isInstanceOf(CorrectionRequests.Asking.Wrong.class);
  }

  @Test
  void anIdentityNumberIsNowhereInPlain() {
    RegisterRow identity =
        registers.rows(official, Register.IDENTITY, Registers.Known.NOW).getFirst();
    String number = "11010519491231002X";
    CorrectionRequests.Asking asking =
        requests.ask(
            official,
            CorrectionRequest.Kind.CORRECT,
            Register.IDENTITY,
            identity.id(),
            Map.of(Field.IDENTITY_NUMBER, number),
            "reason",
            NO_DOCUMENT,
            "asker");
    assertThat(asking).isInstanceOf(CorrectionRequests.Asking.Asked.class);
    assertThat(
            jdbc.sql(
                    "select count(*) from official.correction_request r where encode(wanted_sealed, 'escape') like '%' || ? || '%' or r::text like '%' || ? || '%'")
                .params(number, number)
                .query(Long.class)
                .single())
        .isZero();
    long id = ((CorrectionRequests.Asking.Asked) asking).request();
    assertThat(requests.find(id).orElseThrow().wanted())
        .containsEntry(Field.IDENTITY_NUMBER, number);
  }

  @Test
  void onlySoManyAreOpenAtATime() {
    int refused = 0;
    for (int i = 0; i <= CorrectionRequests.MOST_OPEN; i++) {
      CorrectionRequests.Asking asking =
          requests.ask(
              official,
              CorrectionRequest.Kind.ADD,
              Register.AWARD,
              null,
              Map.of(Field.AWARD_KIND, "嘉奖" + i, Field.AWARD_OUTCOME, "granted"),
              "reason",
              NO_DOCUMENT,
              "asker");
      refused += asking instanceof CorrectionRequests.Asking.TooMany ? 1 : 0;
    }
    assertThat(refused).isEqualTo(1);
  }

  @Test
  void anOfficialAsksWithADocumentAndAnOfficerAcceptsAPart() throws Exception {
    RegisterRow award = award();
    assertThat(body(get("/me").with(user(own))))
        .contains("/me/corrections/new?register=award&row=" + award.id());
    assertThat(body(get("/me/corrections/new?register=award&row=" + award.id()).with(user(own))))
        .contains("field.kind");
    MockHttpServletResponse asked =
        mvc.perform(
                multipart("/me/corrections")
                    .file(pdf("%PDF-1.7 proof"))
                    .param("register", "award")
                    .param("row", Long.toString(award.id()))
                    .param("field.kind", "二等功")
                    .param("field.authority", "省人民政府")
                    .param("reason", "证书所载不同")
                    .with(user(own))
                    .with(csrf()))
            .andReturn()
            .getResponse();
    String own = Objects.requireNonNull(asked.getRedirectedUrl());
    String office = own.replace("/me", "");
    assertThat(body(get("/corrections").with(user(officer)))).contains("href=\"" + office + "\"");
    assertThat(body(get(office).with(user(officer))))
        .contains("二等功", award.text(Field.AWARD_KIND), "/documents/", "证书所载不同");

    MockHttpServletRequestBuilder part =
        post(office)
            .param("do", "accept")
            .param("field.kind", "二等功")
            .param("take.kind", "true")
            .param("field.authority", "省人民政府")
            .with(user(officer))
            .with(csrf());
    assertThat(mvc.perform(part).andReturn().getResponse().getStatus()).isEqualTo(422);
    assertThat(award().id()).isEqualTo(award.id());
    assertThat(
            mvc.perform(part.param("answer", "批准机关以文件为准"))
                .andReturn()
                .getResponse()
                .getRedirectedUrl())
        .isEqualTo(office);

    assertThat(award().text(Field.AWARD_KIND)).isEqualTo("二等功");
    assertThat(award().text(Field.AWARD_AUTHORITY)).isEqualTo(award.text(Field.AWARD_AUTHORITY));
    assertThat(award().origin().document()).isNotNull();
    assertThat(body(get(own).with(user(this.own)))).contains("部分采纳", "批准机关以文件为准", "审定人");
    assertThat(
            mvc.perform(
                    post(office)
                        .param("do", "decline")
                        .param("answer", "no")
                        .with(user(officer))
                        .with(csrf()))
                .andReturn()
                .getResponse()
                .getStatus())
        .isEqualTo(409);
  }

  @Test
  void aDocumentThatIsNotWhatItsNameSaysIsRefusedAndNothingIsKept() throws Exception {
    for (String content : List.of("<html>", "")) {
      MockHttpServletResponse answer =
          mvc.perform(
                  multipart("/me/corrections")
                      .file(pdf(content))
                      .param("register", "award")
                      .param("field.kind", "嘉奖")
                      .param("field.outcome", content.isEmpty() ? "" : "granted")
                      .param("reason", "缺少一条")
                      .with(user(own))
                      .with(csrf()))
              .andReturn()
              .getResponse();
      assertThat(answer.getStatus()).isEqualTo(422);
    }
    assertThat(
            jdbc.sql("select count(*) from official.correction_request").query(Long.class).single())
        .isZero();
    assertThat(
            jdbc.sql("select count(*) from official.document where kind = 'request'")
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void nobodySeesWhatAnotherAskedFor() throws Exception {
    long id = ask(award(), Map.of(Field.AWARD_KIND, "二等功"));
    String name = "other-" + ++accountsMade;
    accounts.create(name, "z", "a long password", Role.OFFICIAL, official + 1, "test");
    SignedIn other = accounts.loadUserByUsername(name);
    assertThat(status(get("/me/corrections/" + id).with(user(other)))).isEqualTo(404);
    assertThat(status(get("/corrections/" + id).with(user(other)))).isEqualTo(403);
    assertThat(status(get("/me/corrections/" + id).with(user(own)))).isEqualTo(200);
  }

  private static MockMultipartFile pdf(String content) {
    return new MockMultipartFile(
        "document", "证书.pdf", "application/pdf", content.getBytes(StandardCharsets.UTF_8));
  }

  private String body(MockHttpServletRequestBuilder request) throws Exception {
    return mvc.perform(request).andReturn().getResponse().getContentAsString();
  }

  private int status(MockHttpServletRequestBuilder request) throws Exception {
    return mvc.perform(request).andReturn().getResponse().getStatus();
  }

  private RegisterRow award() {
    return registers.rows(official, Register.AWARD, Registers.Known.NOW).getFirst();
  }

  private CorrectionRequests.Asking asking(RegisterRow row, Map<Field, String> wanted) {
    return requests.ask(
        official,
        CorrectionRequest.Kind.CORRECT,
        Register.AWARD,
        row.id(),
        wanted,
        "reason",
        NO_DOCUMENT,
        "asker");
  }

  private long ask(RegisterRow row, Map<Field, String> wanted) {
    return ((CorrectionRequests.Asking.Asked) asking(row, wanted)).request();
  }

  private CorrectionRequests.Deciding accept(long id, Map<Field, String> taken, boolean whole) {
    return requests.accept(id, taken, whole, whole ? null : "in part", "decides", null);
  }

  private long ledger(String action) {
    return jdbc.sql(
            "select count(*) from platform.ledger_entry where action = ? and subject_id = ? and recorded_at > now() - interval '1 hour'")
        .params(action, Long.toString(official))
        .query(Long.class)
        .single();
  }
}
