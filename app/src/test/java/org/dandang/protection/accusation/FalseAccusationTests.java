package org.dandang.protection.accusation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.dandang.DandangTest;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.procedure.Desk;
import org.dandang.platform.procedure.Done;
import org.dandang.platform.procedure.FormRefused;
import org.dandang.platform.procedure.Node;
import org.dandang.platform.procedure.Party;
import org.dandang.platform.procedure.Procedure;
import org.dandang.platform.procedure.Procedures;
import org.dandang.platform.web.Refused;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Rows P51 and P52: a malicious accusation needs fabricated facts and proven intent, two approvals
 * at the level the parameter says, and time to reply; an honest mistake has no way in. An entry in
 * the register leaves every list by itself.
 */
@DandangTest
@AutoConfigureMockMvc
@Import(Desk.Surroundings.class)
class FalseAccusationTests {
  private static final String FINDING = "inner-mongolia/false-accusation";
  private static final String REGISTER = "hebei/credit-register";
  private static final String APPEAL = "hebei/credit-appeal";

  @Autowired ApplicationContext context;
  @Autowired FalseAccusations findings;
  @Autowired CreditEntries entries;
  @Autowired Outsiders outsiders;
  @Autowired Procedures procedures;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;
  @Autowired MockMvc mvc;

  private Desk desk;
  private long unit;
  private static int number;

  @BeforeEach
  void office() {
    desk = new Desk(context);
    desk.time.moveTo(LocalDate.of(2026, 6, 1));
    long city = desk.unit("fa-city", "city", null);
    long county = desk.unit("fa-county", "county", city);
    unit = desk.unit("fa-bureau", "county-department", county);
    desk.account("fa-discipline", Role.DISCIPLINE_OFFICER, county);
    desk.account("fa-bureau", Role.HEAD_OF_UNIT, unit);
    desk.account("fa-county", Role.HEAD_OF_UNIT, county);
    for (String head : List.of("fa-city-1", "fa-city-2", "fa-city-3")) {
      desk.account(head, Role.HEAD_OF_UNIT, city);
    }
  }

  private Done begun(Party party, String outcome) {
    return desk.begin(
        "fa-discipline",
        FINDING,
        unit,
        party,
        Map.of(
            "report",
            "举报-" + ++number,
            "report-outcome",
            outcome,
            "said",
            "反映其收受财物",
            "true-facts",
            "没有此事，转账记录系伪造"),
        "fabrication-evidence");
  }

  private Party accuser(String key) {
    long official = desk.official(key, unit);
    desk.own(key, official);
    return Party.official(official);
  }

  private Done intent(Done done) {
    return desk.act(
        "fa-discipline",
        done,
        "malicious",
        "",
        Map.of("intent", "forged-material", "on-the-reply", "辩解不成立"),
        "intent-evidence");
  }

  private Done find(String head, Done done) {
    return desk.act(
        head, done, "find", "捏造事实、意图明确", Map.of("decided-on", "2026-06-01", "basis", "规则第三十九条"));
  }

  private long found(String key) {
    Done done = begun(accuser(key), "fabricated");
    done = desk.act(key, done, "replied", "", Map.of("statement", "我的申辩"));
    done = intent(done);
    done = desk.act("fa-city-1", done, "approve", "", Map.of());
    done = find("fa-city-2", done);
    desk.act(key, done, "no-objection", "", Map.of());
    assertThat(desk.result(done.matter())).isEqualTo("found");
    return jdbc.sql("select id from protection.false_accusation where matter_id = ?")
        .param(done.matter())
        .query(Long.class)
        .single();
  }

  @Test
  void fabricatedFactsWithIntentAreFoundAfterReplyTwoApprovalsAndTheTimeForReview() {
    long id = found("fa-malicious");
    Finding finding = findings.find(id, LocalDate.of(2026, 6, 1)).orElseThrow();
    assertThat(finding.level()).isEqualTo("city");
    assertThat(finding.ends()).isEqualTo(LocalDate.of(2028, 6, 1));
    assertThat(finding.clause()).isEqualTo("7");
  }

  @Test
  void aMistakenInaccurateOrUnprovenReportIsRefusedWhateverIsTried() {
    for (String outcome : List.of("mistaken", "inaccurate", "unproven")) {
      String key = "fa-" + outcome;
      Done done = begun(accuser(key), outcome);
      done = desk.act(key, done, "no-reply", "", Map.of());
      done = intent(done);
      done = desk.act("fa-city-1", done, "approve", "", Map.of());
      Done approved = done;
      assertThatThrownBy(() -> find("fa-city-2", approved))
          .isInstanceOfSatisfying(
              Refused.class, refused -> assertThat(refused.key()).endsWith("not-fabricated"));
      desk.act("fa-city-2", done, "refuse", "不是捏造", Map.of());
      assertThat(desk.result(done.matter())).isEqualTo("not-malicious");
      assertThat(count("protection.false_accusation where matter_id = " + done.matter())).isZero();
    }
  }

  @Test
  void theTableItselfRefusesWhatWasNotFabricatedOrNotApprovedByTwo() {
    Done done = begun(accuser("fa-honest"), "mistaken");
    long matter = done.matter();
    long official = desk.official("fa-honest", unit);
    assertThatThrownBy(() -> insert(matter, official, "mistaken", 1, 1, 1, 2))
        .isInstanceOf(DataIntegrityViolationException.class);
    assertThatThrownBy(() -> insert(matter, official, "fabricated", 1, 1, 1, 2))
        .as("the matter's own signed form says otherwise")
        .isInstanceOf(DataIntegrityViolationException.class)
        .hasMessageContaining("mistaken");
    Done other = begun(accuser("fa-other"), "fabricated");
    long accused = desk.official("fa-other", unit);
    assertThatThrownBy(() -> insert(other.matter(), accused, "fabricated", 0, 1, 1, 2))
        .isInstanceOf(DataIntegrityViolationException.class);
    assertThatThrownBy(() -> insert(other.matter(), accused, "fabricated", 1, 0, 1, 2))
        .isInstanceOf(DataIntegrityViolationException.class);
    assertThatThrownBy(() -> insert(other.matter(), accused, "fabricated", 1, 1, 2, 2))
        .as("one person is not two")
        .isInstanceOf(DataIntegrityViolationException.class);
    assertThatThrownBy(() -> insert(other.matter(), accused, "fabricated", 1, 1, 1, 2))
        .as("approvals have to stand among the steps")
        .isInstanceOf(DataIntegrityViolationException.class)
        .hasMessageContaining("two approvals");
    long found = found("fa-turned");
    assertThatThrownBy(
            () ->
                jdbc.sql(
                        "update protection.false_accusation set report_outcome = 'mistaken' where"
                            + " id = ?")
                    .param(found)
                    .update())
        .isInstanceOf(DataIntegrityViolationException.class);
  }

  @Test
  void withoutTheTriggerTheTableTakesIt() {
    Done done = begun(accuser("fa-control"), "mistaken");
    long official = desk.official("fa-control", unit);
    transaction.executeWithoutResult(
        status -> {
          jdbc.sql(
                  "alter table protection.false_accusation disable trigger only_fabricated_reports")
              .update();
          insert(done.matter(), official, "fabricated", 1, 1, 1, 2);
          assertThat(count("protection.false_accusation where matter_id = " + done.matter()))
              .isEqualTo(1);
          status.setRollbackOnly();
        });
  }

  private void insert(
      long matter, long official, String outcome, int fabrication, int intent, long one, long two) {
    jdbc.sql(
            """
            insert into protection.false_accusation (official_id, unit_id, pack, matter_id, report, report_outcome,
                   fabrication_files, intent, intent_files, basis, approved_by, decided_by, approval_level, starts_on, ends_on,
                   clause, recorded_at, recorded_by)
            values (?, ?, 'x', ?, ?, ?, ?, 'admitted', ?, 'x', ?, ?, 'city', date '2026-06-01', date '2027-06-01', '1', now(), 'x')
            """)
        .params(
            official,
            unit,
            matter,
            UUID.randomUUID().toString(),
            outcome,
            fabrication,
            intent,
            one,
            two)
        .update();
  }

  /** Whatever pack draws it: no way to the register but past two decisions at a level, apart. */
  @Test
  void everyDrawingThatEntersNeedsTwoApprovalsAtALevelAndIntentAsAField() {
    List<Procedure> drawn =
        procedures.on(LocalDate.of(2026, 6, 1)).stream()
            .filter(
                procedure ->
                    procedure.flow().ends().stream()
                        .anyMatch(end -> FalseAccusations.KIND.equals(end.enters())))
            .toList();
    assertThat(drawn).isNotEmpty();
    for (Procedure procedure : drawn) {
      Node.Step approve = procedure.flow().step("approve").orElseThrow();
      Node.Step decide = procedure.flow().step("decide").orElseThrow();
      assertThat(procedure.flow().adverse()).isTrue();
      assertThat(approve.atLevel()).isNotNull();
      assertThat(decide.atLevel()).isNotNull();
      assertThat(decide.notBy()).contains("approve", "assess", "begun");
      assertThat(approve.notBy()).contains("assess", "begun");
      assertThat(Ways.around(procedure.flow(), approve.id()))
          .as("no way past the first approval")
          .noneMatch(end -> FalseAccusations.KIND.equals(end.enters()));
      assertThat(Ways.around(procedure.flow(), decide.id()))
          .as("no way past the second approval")
          .noneMatch(end -> FalseAccusations.KIND.equals(end.enters()));
      assertThat(procedure.forms().get(decide.form())).isNotNull();
      assertThat(
              procedure.forms().values().stream()
                  .flatMap(form -> form.fields().stream())
                  .filter(field -> field.required())
                  .map(field -> field.id()))
          .contains("intent", "intent-evidence", "fabrication-evidence", "report-outcome");
    }
  }

  @Test
  void evidenceOfIntentIsNotLeftOut() {
    Done done = begun(accuser("fa-no-intent"), "fabricated");
    Done replied = desk.act("fa-no-intent", done, "no-reply", "", Map.of());
    assertThatThrownBy(
            () ->
                desk.act(
                    "fa-discipline",
                    replied,
                    "malicious",
                    "",
                    Map.of("intent", "knew-false", "on-the-reply", "无")))
        .isInstanceOf(FormRefused.class);
  }

  @Test
  void headsBelowTheLevelCannotApproveAndOnePersonNotTwice() {
    Done done = begun(accuser("fa-level"), "fabricated");
    done = desk.act("fa-level", done, "no-reply", "", Map.of());
    done = intent(done);
    Done at = done;
    for (String low : List.of("fa-bureau", "fa-county")) {
      assertThatThrownBy(() -> desk.act(low, at, "approve", "", Map.of()))
          .isInstanceOfSatisfying(
              Refused.class, refused -> assertThat(refused.key()).endsWith(".level"));
    }
    Done approved = desk.act("fa-city-1", done, "approve", "", Map.of());
    assertThatThrownBy(() -> find("fa-city-1", approved))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.key()).endsWith("apart"));
    Done decided = find("fa-city-2", approved);
    Done objected = desk.act("fa-level", decided, "object", "", Map.of("grounds", "没有恶意"));
    assertThatThrownBy(() -> desk.act("fa-city-2", objected, "uphold", "维持", Map.of()))
        .isInstanceOf(Refused.class);
    desk.act("fa-city-3", objected, "lift", "意图证据不足", Map.of());
    assertThat(desk.result(done.matter())).isEqualTo("lifted");
    assertThat(count("protection.false_accusation where matter_id = " + done.matter())).isZero();
  }

  private long entered(String key, long finding) {
    Done done =
        desk.begin(
            "fa-discipline",
            REGISTER,
            unit,
            Party.official(desk.official(key, unit)),
            Map.of("finding", Long.toString(finding), "basis", "认定生效"));
    done = desk.act(key, done, "no-reply", "", Map.of());
    done = desk.act("fa-discipline", done, "propose", "", Map.of("on-the-reply", "无"));
    done = desk.act("fa-city-1", done, "approve", "", Map.of());
    done = desk.act("fa-city-2", done, "enter", "符合条件", Map.of("listed-on", "2026-06-01"));
    desk.act(key, done, "no-objection", "", Map.of());
    assertThat(desk.result(done.matter())).isEqualTo("entered");
    return jdbc.sql("select id from protection.credit_entry where matter_id = ?")
        .param(done.matter())
        .query(Long.class)
        .single();
  }

  @Test
  void anEntryExpiresAndLeavesListExportAndInterface() throws Exception {
    long finding = found("fa-expiring");
    long entry = entered("fa-expiring", finding);
    assertThat(everywhere()).allSatisfy((place, text) -> assertThat(text).contains("fa-expiring"));
    desk.time.moveTo(LocalDate.of(2027, 5, 31));
    assertThat(everywhere()).allSatisfy((place, text) -> assertThat(text).contains("fa-expiring"));
    desk.time.moveTo(LocalDate.of(2027, 6, 1));
    assertThat(everywhere())
        .as("on the day its term is over, with nothing run in between")
        .allSatisfy((place, text) -> assertThat(text).doesNotContain("fa-expiring"));
    assertThat(entries.find(entry, LocalDate.of(2027, 5, 31))).isPresent();
    assertThat(entries.find(entry, LocalDate.of(2027, 6, 1))).isEmpty();
    assertThat(findings.find(finding, LocalDate.of(2028, 5, 31))).isPresent();
    assertThat(findings.find(finding, LocalDate.of(2028, 6, 1))).isEmpty();
  }

  /** What is shown to a discipline officer who signs in at that moment. */
  private Map<String, String> everywhere() throws Exception {
    SignedIn reader = desk.as("fa-discipline");
    Map<String, String> texts = new HashMap<>();
    for (String path : List.of("/protection/credit", "/api/v1/credit-entries")) {
      texts.put(
          path,
          mvc.perform(get(path).with(user(reader)))
              .andReturn()
              .getResponse()
              .getContentAsString(StandardCharsets.UTF_8));
    }
    return texts;
  }

  @Test
  void anEntryNeedsAFindingThatStandsAboutTheSamePerson() {
    long finding = found("fa-one");
    accuser("fa-another");
    Done done =
        desk.begin(
            "fa-discipline",
            REGISTER,
            unit,
            Party.official(desk.official("fa-another", unit)),
            Map.of("finding", Long.toString(finding), "basis", "错人"));
    done = desk.act("fa-another", done, "no-reply", "", Map.of());
    done = desk.act("fa-discipline", done, "propose", "", Map.of("on-the-reply", "无"));
    done = desk.act("fa-city-1", done, "approve", "", Map.of());
    Done at = done;
    assertThatThrownBy(
            () -> desk.act("fa-city-2", at, "enter", "符合条件", Map.of("listed-on", "2026-06-01")))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.key()).endsWith("no-finding"));
    assertThat(count("protection.credit_entry where matter_id = " + done.matter())).isZero();
  }

  @Test
  void anAppealTakesTheEntryOffOnItsDayAndAWrongFindingWithIt() {
    long finding = found("fa-appealing");
    long entry = entered("fa-appealing", finding);
    desk.time.moveTo(LocalDate.of(2026, 8, 3));
    Done done =
        desk.begin(
            "fa-appealing",
            APPEAL,
            unit,
            Party.official(desk.official("fa-appealing", unit)),
            Map.of("entry", Long.toString(entry), "grounds", "认定有误"));
    Done begun = done;
    assertThatThrownBy(
            () ->
                desk.act(
                    "fa-county",
                    begun,
                    "remove",
                    "有误",
                    Map.of("removed-on", "2026-08-03", "ground", "finding-wrong")))
        .isInstanceOf(Refused.class);
    desk.act(
        "fa-city-3",
        done,
        "remove",
        "认定所依据的材料有误",
        Map.of("removed-on", "2026-08-03", "ground", "finding-wrong"));
    assertThat(entries.find(entry, LocalDate.of(2026, 8, 2))).isPresent();
    assertThat(entries.find(entry, LocalDate.of(2026, 8, 3))).isEmpty();
    assertThat(findings.find(finding, LocalDate.of(2026, 8, 3))).isEmpty();
  }

  @Test
  void somebodyWhoIsNoOfficialAnswersOnPaperStaysSealedAndIsErasedAtTheEnd() throws Exception {
    String name = "鹮鸣远";
    long person =
        outsiders.note(name, "310000197001010011", unit, UUID.randomUUID(), "fa-discipline");
    assertThat(outsiders.note(name, "310000197001010011", unit, UUID.randomUUID(), "fa-discipline"))
        .as("the same person is the same number")
        .isEqualTo(person);
    Done done = begun(new Party(Outsiders.KIND, person), "fabricated");
    done = desk.act("fa-discipline", done, "replied", "", Map.of("statement", "纸面申辩：不是我写的"));
    done = intent(done);
    done = desk.act("fa-city-1", done, "approve", "", Map.of());
    done = find("fa-city-2", done);
    Done found = done;
    assertThatThrownBy(() -> desk.act("fa-discipline", found, "no-objection", "", Map.of()))
        .as("nobody is silent for somebody else before the time is over")
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.key()).endsWith("not-said"));
    desk.time.moveTo(LocalDate.of(2026, 9, 1));
    desk.theClockRuns();
    long id =
        jdbc.sql("select id from protection.false_accusation where outsider_id = ?")
            .param(person)
            .query(Long.class)
            .single();
    assertThat(
            jdbc.sql(
                    "select count(*) from protection.outsider where encode(sealed, 'escape') like"
                        + " '%' || ? || '%'")
                .param(name)
                .query(Integer.class)
                .single())
        .isZero();
    SignedIn officer = desk.as("fa-discipline");
    assertThat(page("/protection/accusations", officer))
        .contains("#" + person)
        .doesNotContain(name);
    assertThat(page("/protection/accusations/" + id, officer)).doesNotContain(name);
    assertThat(page("/protection/accusations/" + id + "?who=true", officer)).contains(name);
    assertThat(
            jdbc.sql(
                    "select count(*) from platform.ledger_entry where action = 'record-read' and"
                        + " subject_kind = 'outsider' and subject_id = ?")
                .param(Long.toString(person))
                .query(Integer.class)
                .single())
        .isEqualTo(1);
    desk.theClockRuns();
    assertThat(outsiders.identity(person)).isPresent();
    desk.time.moveTo(LocalDate.of(2028, 6, 1));
    desk.theClockRuns();
    assertThat(outsiders.identity(person)).as("erased at the end of the term").isEmpty();
  }

  private String page(String path, SignedIn reader) throws Exception {
    return mvc.perform(get(path).with(user(reader)))
        .andReturn()
        .getResponse()
        .getContentAsString(StandardCharsets.UTF_8);
  }

  private int count(String from) {
    return jdbc.sql("select count(*) from " + from).query(Integer.class).single();
  }
}
