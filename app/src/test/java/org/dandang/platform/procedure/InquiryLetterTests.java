package org.dandang.platform.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.dandang.DandangTest;
import org.dandang.MovedClock;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Assignments;
import org.dandang.platform.access.Grants;
import org.dandang.platform.access.Recusals;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.Subject;
import org.dandang.platform.jobs.Recurring;
import org.dandang.platform.web.Refused;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The letter of inquiry as it is shipped, the whole way and every way off it. */
@DandangTest
@Import(Office.Surroundings.class)
class InquiryLetterTests {
  private static final String PACK = "national/inquiry-letter";

  @Autowired Cases cases;
  @Autowired Matters matters;
  @Autowired Grants grants;
  @Autowired Recusals recusals;
  @Autowired Accounts accounts;
  @Autowired Assignments assignments;
  @Autowired JdbcClient jdbc;
  @Autowired MovedClock clock;
  @Autowired List<Recurring> recurring;

  private Office office;

  @BeforeEach
  void open() {
    clock.moveTo(LocalDate.of(2026, 6, 1));
    office = new Office(accounts, assignments, jdbc);
  }

  @Test
  void goesTheWholeWayToAReminderThatStands() throws Exception {
    Done done = cases.begin(office.by("drafter"), office.inquiry(PACK));
    long matter = done.matter();
    assertThat(at(matter)).isEqualTo("approve");
    done = act("head", done, "approve", "", Map.of());
    assertThat(at(matter)).isEqualTo("reply");
    assertThat(dueOf(matter)).isEqualTo("2026-06-23");
    assertThat(mayRead("party", matter)).isTrue();
    assertThat(notices("party")).anyMatch(subject -> subject.contains("请书面回复函询"));
    done = act("party", done, "replied", "", Office.REPLY);
    assertThat(mayRead("party", matter)).isFalse();
    done = act("drafter", done, "propose-reminder", "", Office.ASSESSMENT);
    act("head", done, "remind", "说明与核实的情况不符", Map.of());
    assertThat(at(matter)).isEqualTo("object");
    clock.moveTo(LocalDate.of(2026, 6, 15));
    theClockRuns();
    assertThat(at(matter)).isEqualTo("object");
    clock.moveTo(LocalDate.of(2026, 6, 16));
    theClockRuns();
    Matter ended = matters.find(matter).orElseThrow();
    assertThat(ended.state()).isEqualTo(Matter.State.ENDED);
    assertThat(ended.result()).isEqualTo("reminded");
    assertThat(notices("party")).anyMatch(subject -> subject.contains("提醒"));
    assertThat(
            jdbc.sql("select act from platform.matter_act where matter_id = ? order by edition")
                .param(matter)
                .query(String.class)
                .list())
        .containsExactly("begun", "done", "done", "done", "done", "lapsed");
    assertThat(leftInTheEngine()).isZero();
  }

  @Test
  void theHeadOfThePersonnelOrganisationDecidesOnLettersBegunFromTheFirstOfDecember2026() {
    office.person("chief-of-personnel", Role.HEAD_OF_PERSONNEL, office.unit);
    office.person("chief-above", Role.HEAD_OF_PERSONNEL, office.department);
    Done older = cases.begin(office.by("drafter"), office.inquiry(PACK));
    try {
      clock.moveTo(LocalDate.of(2026, 12, 1));
      Done newer = cases.begin(office.by("drafter"), office.inquiry(PACK));
      assertThatThrownBy(() -> act("head", newer, "approve", "", Map.of()))
          .as("the head of the unit")
          .isInstanceOf(Refused.class);
      assertThatThrownBy(() -> act("chief-of-personnel", older, "approve", "", Map.of()))
          .as("a matter ends under the version with which it began")
          .isInstanceOf(Refused.class);
      act("head", older, "approve", "", Map.of());
      Done done = act("chief-of-personnel", newer, "approve", "", Map.of());
      done = act("party", done, "no-reply", "", Map.of());
      done = act("drafter", done, "propose-reminder", "", Office.ASSESSMENT);
      done = act("chief-of-personnel", done, "remind", "未说明", Map.of());
      Done decided = act("party", done, "object", "", Office.OBJECTION);
      for (String refused : List.of("head", "head-above", "chief-of-personnel")) {
        assertThatThrownBy(() -> act(refused, decided, "uphold", "维持", Map.of()))
            .as(refused)
            .isInstanceOf(Refused.class);
      }
      act("chief-above", decided, "lift", "事实有出入", Map.of());
      assertThat(matters.find(newer.matter()).orElseThrow().result()).isEqualTo("lifted");
      assertThat(at(older.matter())).isEqualTo("reply");
    } finally {
      clock.moveTo(LocalDate.of(2026, 6, 1));
    }
  }

  @Test
  void anObjectionIsReviewedByAHeadWhoDidNotDecide() {
    Done done = cases.begin(office.by("drafter"), office.inquiry(PACK));
    done = act("head", done, "approve", "", Map.of());
    done = act("party", done, "no-reply", "", Map.of());
    done = act("drafter", done, "propose-reminder", "", Office.ASSESSMENT);
    done = act("head", done, "remind", "未说明", Map.of());
    done = act("party", done, "object", "", Office.OBJECTION);
    Done now = done;
    assertThatThrownBy(() -> act("head", now, "uphold", "维持", Map.of()))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.key()).endsWith("apart"));
    done = act("head-above", done, "lift", "事实有出入", Map.of());
    assertThat(matters.find(done.matter()).orElseThrow().result()).isEqualTo("lifted");
  }

  @Test
  void whoDraftedCannotApproveInWhateverRole() {
    long both = office.person("both", Role.PERSONNEL_OFFICER, office.unit);
    office.also(both, Role.HEAD_OF_UNIT, office.unit);
    Done done = cases.begin(office.by("both"), office.inquiry(PACK));
    assertThatThrownBy(() -> act("both", done, "approve", "", Map.of()))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.key()).endsWith("apart"));
    assertThatThrownBy(() -> cases.claim(office.by("both"), done.step(), done.edition()))
        .isInstanceOf(Refused.class);
  }

  @Test
  void isSentBackRevisedAndAskedAgain() {
    Done done = cases.begin(office.by("drafter"), office.inquiry(PACK));
    Done sent = done;
    assertThatThrownBy(() -> act("head", sent, "return", "", Map.of()))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.key()).endsWith("reasons"));
    done = act("head", done, "return", "写明事项发生的时间", Map.of());
    assertThat(at(done.matter())).isEqualTo("revise");
    done = act("drafter", done, "submit", "", Office.LETTER);
    done = act("head", done, "approve", "", Map.of());
    done = act("party", done, "replied", "", Office.REPLY);
    done = act("drafter2", done, "ask-again", "", Office.ASSESSMENT);
    assertThat(at(done.matter())).isEqualTo("reply");
    done = act("party", done, "replied", "", Office.REPLY);
    done = act("drafter", done, "accept", "", Office.ASSESSMENT);
    assertThat(matters.find(done.matter()).orElseThrow().result()).isEqualTo("accepted");
  }

  @Test
  void isWithdrawnOnlyBeforeTheLetterIsSentAndOnlyByWhoBeganIt() {
    Done done = cases.begin(office.by("drafter"), office.inquiry(PACK));
    assertThatThrownBy(
            () -> cases.withdraw(office.by("drafter2"), done.matter(), done.edition(), "不需要"))
        .isInstanceOf(Refused.class);
    Done sent = act("head", done, "approve", "", Map.of());
    assertThatThrownBy(
            () -> cases.withdraw(office.by("drafter"), sent.matter(), sent.edition(), "不需要"))
        .isInstanceOf(Refused.class);
    Done other = cases.begin(office.by("drafter"), office.inquiry(PACK));
    cases.withdraw(office.by("drafter"), other.matter(), other.edition(), "改用谈话");
    assertThat(matters.find(other.matter()).orElseThrow().state())
        .isEqualTo(Matter.State.WITHDRAWN);
    Done stopped = cases.stop(office.by("head"), sent.matter(), sent.edition(), "另案处理");
    assertThat(stopped.step()).isZero();
    assertThat(leftInTheEngine()).isZero();
  }

  @Test
  void suspensionStopsTheDaysAndNothingCanBeDone() throws Exception {
    Done done = cases.begin(office.by("drafter"), office.inquiry(PACK));
    done = act("head", done, "approve", "", Map.of());
    clock.moveTo(LocalDate.of(2026, 6, 3));
    Done suspended = cases.suspend(office.by("head"), done.matter(), done.edition(), "本人住院");
    assertThatThrownBy(() -> act("party", suspended, "replied", "", Office.REPLY))
        .isInstanceOf(Refused.class);
    clock.moveTo(LocalDate.of(2026, 7, 1));
    theClockRuns();
    assertThat(at(done.matter())).isEqualTo("reply");
    Done resumed = cases.resume(office.by("head"), done.matter(), suspended.edition());
    assertThat(LocalDate.parse(dueOf(done.matter()))).isAfter(LocalDate.of(2026, 7, 14));
    done = act("party", resumed, "replied", "", Office.REPLY);
    assertThat(at(done.matter())).isEqualTo("assess");
  }

  @Test
  void takesBackWhatNobodyHasGoneOnFrom() {
    Done done = cases.begin(office.by("drafter"), office.inquiry(PACK));
    done = act("head", done, "return", "改写理由", Map.of());
    done = cases.takeBack(office.by("head"), done.matter(), done.edition());
    assertThat(at(done.matter())).isEqualTo("approve");
    done = act("head", done, "approve", "", Map.of());
    Done told = done;
    assertThatThrownBy(() -> cases.takeBack(office.by("head"), told.matter(), told.edition()))
        .isInstanceOf(Refused.class);
  }

  @Test
  void isClaimedReleasedAndDelegatedOnlyAmongThoseWhoMay() {
    Done done = cases.begin(office.by("drafter"), office.inquiry(PACK));
    done = cases.claim(office.by("head"), done.step(), done.edition());
    assertThat(mayRead("head", done.matter())).isTrue();
    Done claimed = done;
    assertThatThrownBy(() -> act("head-above", claimed, "approve", "", Map.of()))
        .isInstanceOf(Refused.class);
    assertThatThrownBy(
            () ->
                cases.delegate(
                    office.by("head"),
                    claimed.step(),
                    claimed.edition(),
                    office.as("elsewhere"),
                    "出差"))
        .isInstanceOf(Refused.class);
    done =
        cases.delegate(
            office.by("head"), done.step(), done.edition(), office.as("head-above"), "出差");
    assertThat(mayRead("head", done.matter())).isFalse();
    done = act("head-above", done, "approve", "", Map.of());
    assertThat(mayRead("head-above", done.matter())).isFalse();
  }

  @Test
  void whoIsRecusedDoesNothing() {
    Done done = cases.begin(office.by("drafter"), office.inquiry(PACK));
    recusals.recuse(
        office.as("head").account(),
        new Subject("matter", Long.toString(done.matter())),
        Recusals.Ground.OTHER,
        true,
        "曾共事");
    assertThatThrownBy(() -> act("head", done, "approve", "", Map.of()))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.key()).contains("recused"));
    act("head-above", done, "approve", "", Map.of());
  }

  @Test
  void whoeverSawAnOlderEditionIsToldWhatChanged() {
    Done done = cases.begin(office.by("drafter"), office.inquiry(PACK));
    act("head", done, "approve", "", Map.of());
    assertThatThrownBy(() -> act("head-above", done, "refuse", "不需要", Map.of()))
        .isInstanceOfSatisfying(
            Changed.class,
            changed -> {
              assertThat(changed.last().by()).isEqualTo("head");
              assertThat(changed.last().act()).isEqualTo("done");
            });
  }

  @Test
  void aCommandSentAgainAfterALostReplyIsNotDoneAgain() {
    Command begin = office.by("drafter");
    Done first = cases.begin(begin, office.inquiry(PACK));
    Done again = cases.begin(begin, office.inquiry(PACK));
    assertThat(again.repeated()).isTrue();
    assertThat(again.matter()).isEqualTo(first.matter());
    Command approve = office.by("head");
    Acting acting = new Acting(first.step(), first.edition(), "approve", "", Map.of());
    Done done = cases.act(approve, acting);
    for (int i = 0; i < 3; i++) {
      assertThat(cases.act(approve, acting).edition()).isEqualTo(done.edition());
    }
    assertThat(
            jdbc.sql("select count(*) from platform.matter_act where matter_id = ?")
                .param(first.matter())
                .query(Long.class)
                .single())
        .isEqualTo(2);
    assertThatThrownBy(
            () ->
                cases.act(
                    approve, new Acting(first.step(), first.edition(), "refuse", "不", Map.of())))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.key()).endsWith("command-reused"));
    // The control: a new number each time is a new command.
    assertThat(
            List.of(
                cases.begin(office.by("drafter"), office.inquiry(PACK)).matter(),
                cases.begin(office.by("drafter"), office.inquiry(PACK)).matter()))
        .doesNotHaveDuplicates();
  }

  @Test
  void aFormWithMistakesSaysWhichAndNothingIsDone() {
    assertThatThrownBy(
            () ->
                cases.begin(
                    office.by("drafter"),
                    new Beginning(
                        PACK,
                        office.unit,
                        List.of(Office.PARTY),
                        Map.of("source", "rumour", "matter", "x".repeat(2001)))))
        .isInstanceOfSatisfying(
            FormRefused.class,
            refused ->
                assertThat(refused.problems())
                    .extracting(problem -> problem.field() + " " + problem.key())
                    .containsExactly(
                        "source not-an-option",
                        "matter too-long",
                        "less-intrusive required",
                        "why-letter required",
                        "questions required"));
  }

  @Test
  void aFaultBetweenTheDecisionAndTheNextStepLeavesNothingDone() {
    Done done = cases.begin(office.by("drafter"), office.inquiry(PACK));
    long before = ledger();
    jdbc.sql(
            """
            create or replace function platform.fault() returns trigger language plpgsql as
            $$ begin raise exception 'the power is cut'; end $$
            """)
        .update();
    jdbc.sql(
            "create trigger fault before insert on platform.matter_step for each row when (new.step"
                + " = 'reply') execute function platform.fault()")
        .update();
    Command approve = office.by("head");
    Acting acting = new Acting(done.step(), done.edition(), "approve", "", Map.of());
    try {
      assertThatThrownBy(() -> cases.act(approve, acting)).hasMessageContaining("power is cut");
      assertThat(at(done.matter())).isEqualTo("approve");
      assertThat(matters.find(done.matter()).orElseThrow().edition()).isEqualTo(done.edition());
      assertThat(ledger()).isEqualTo(before);
    } finally {
      jdbc.sql("drop trigger fault on platform.matter_step").update();
    }
    assertThat(cases.act(approve, acting).repeated()).isFalse();
    assertThat(at(done.matter())).isEqualTo("reply");
  }

  private long ledger() {
    return jdbc.sql("select count(*) from platform.ledger_entry").query(Long.class).single();
  }

  private Done act(
      String who, Done last, String outcome, String reasons, Map<String, String> answers) {
    return cases.act(
        new Command(UUID.randomUUID(), office.as(who)),
        new Acting(last.step(), last.edition(), outcome, reasons, answers));
  }

  private void theClockRuns() throws Exception {
    for (Recurring one : recurring) {
      if (one.name().equals("deadlines")) {
        one.run();
      }
    }
  }

  private String at(long matter) {
    return matters
        .openStep(matters.find(matter).orElseThrow())
        .map(step -> step.node().id())
        .orElse("");
  }

  private String dueOf(long matter) {
    return String.valueOf(
        matters.openStep(matters.find(matter).orElseThrow()).orElseThrow().dueOn());
  }

  private boolean mayRead(String who, long matter) {
    return grants.of(office.as(who).account(), "matter").contains(Long.toString(matter));
  }

  private List<String> notices(String who) {
    return jdbc.sql("select subject ->> 'zh-CN' from platform.notice where account_id = ?")
        .param(office.as(who).account())
        .query(String.class)
        .list();
  }

  private long leftInTheEngine() {
    return jdbc.sql(
            """
            select count(*) from flowable.act_ru_execution x
             where x.business_key_ in (select cast(id as text) from platform.matter where state not in ('open', 'suspended'))
            """)
        .query(Long.class)
        .single();
  }
}
