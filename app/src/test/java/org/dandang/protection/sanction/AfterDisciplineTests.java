package org.dandang.protection.sanction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.dandang.DandangTest;
import org.dandang.official.ImportFile;
import org.dandang.official.ImportProblem;
import org.dandang.platform.access.Role;
import org.dandang.platform.procedure.Desk;
import org.dandang.platform.procedure.Done;
import org.dandang.platform.procedure.Party;
import org.dandang.platform.web.Page;
import org.dandang.platform.web.Refused;
import org.dandang.policy.fact.Facts;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Rows P43, P44 and P45: the register of impact periods, one mentor for each, the joint evaluation
 * before a period ends, use again with reasons, lapse by itself, and revocation.
 */
@DandangTest
@Import({Desk.Surroundings.class, AfterDisciplineTests.Heard.class})
class AfterDisciplineTests {
  private static final String MENTOR = "jinan/mentor";
  private static final String REUSE = "liaoning/reuse";
  private static final LocalDate TODAY = LocalDate.of(2026, 6, 1);

  @Autowired ApplicationContext context;
  @Autowired Sanctions sanctions;
  @Autowired Mentors mentors;
  @Autowired Evaluations evaluations;
  @Autowired Reuses reuses;
  @Autowired DecisionsOfRecord record;
  @Autowired DecisionFiles files;
  @Autowired Facts facts;
  @Autowired JdbcClient jdbc;
  @Autowired Ear ear;

  private Desk desk;
  private long unit;

  /** Hears revocations. */
  static final class Ear {
    final List<SanctionRevoked> heard = new ArrayList<>();

    @EventListener
    void hear(SanctionRevoked event) {
      heard.add(event);
    }
  }

  @TestConfiguration(proxyBeanMethods = false)
  static class Heard {
    @Bean
    Ear ear() {
      return new Ear();
    }
  }

  @BeforeEach
  void office() {
    desk = new Desk(context);
    desk.time.moveTo(TODAY);
    jdbc.sql(
            """
            truncate protection.reuse, protection.evaluation, protection.mentor_contact, protection.mentor, protection.lapse,
                     protection.finding, protection.sanction_effect, protection.sanction, protection.allegation
            """)
        .update();
    long county = desk.unit("ad-county", "county", null);
    unit = desk.unit("ad-bureau", "county-department", county);
    desk.account("ad-personnel", Role.PERSONNEL_OFFICER, county);
    desk.account("ad-discipline", Role.DISCIPLINE_OFFICER, county);
    desk.account("ad-head", Role.HEAD_OF_UNIT, unit);
    desk.account("ad-head-above", Role.HEAD_OF_UNIT, county);
  }

  private Taken entered(String key, String measure, String on, String more) {
    desk.official(key, unit);
    Map<String, String> cells = new HashMap<>();
    cells.put("official", key);
    cells.put("measure", measure);
    cells.put("decided-on", on);
    cells.put("number", "纪〔2026〕" + key);
    cells.put("nature", "negligence");
    cells.put("motive", "public");
    cells.put("gravity", "slight");
    if (!more.isEmpty()) {
      cells.put(more.substring(0, more.indexOf('=')), more.substring(more.indexOf('=') + 1));
    }
    return desk.asReader("ad-discipline", () -> record.one(cells, desk.as("ad-discipline")));
  }

  private Done named(long official, long mentor, String from) {
    Done done =
        desk.begin(
            "ad-personnel",
            MENTOR,
            unit,
            Party.official(official),
            Map.of(
                "mentor",
                jdbc.sql("select key from official.official where id = ?")
                    .param(mentor)
                    .query(String.class)
                    .single(),
                "from",
                from,
                "why",
                "分管领导"));
    return desk.act("ad-head", done, "approve", "", Map.of());
  }

  private Refused refused(Runnable work) {
    Refused[] caught = new Refused[1];
    assertThatThrownBy(work::run).isInstanceOfSatisfying(Refused.class, one -> caught[0] = one);
    return caught[0];
  }

  @Test
  void nobodyUnderAPeriodStaysWithoutAMentor() {
    Random random = new Random(45);
    List<String> measures =
        List.of("警告", "记过", "Great demerit", "sanction-removal", "party-warning", "诫勉");
    for (int i = 0; i < 40; i++) {
      Taken taken =
          entered(
              "ad-m" + i,
              measures.get(random.nextInt(measures.size())),
              TODAY.minusDays(random.nextInt(150)).toString(),
              "");
      assertThat(taken.problems()).isEmpty();
    }
    entered("ad-lapsed", "警告", "2024-01-10", "");
    List<WithoutMentor> queue = mentors.without(0, 100);
    assertThat(queue).hasSize(40);
    for (WithoutMentor one : queue) {
      named(one.official(), desk.official("ad-leader" + random.nextInt(3), unit), "2026-06-01");
    }
    assertThat(mentors.without()).isZero();
    assertThat(mentors.active(0, 100)).hasSize(40);
    assertThat(
            jdbc.sql(
                    """
                    select count(*) from protection.clearance_on(?) c
                     where c.effect = 'no-promotion'
                       and (select count(*) from protection.mentor m where m.official_id = c.official_id and m.to_on is null) <> 1
                    """)
                .param(TODAY)
                .query(Integer.class)
                .single())
        .as("disciplined officials without exactly one mentor")
        .isZero();
  }

  @Test
  void theDatabaseHoldsOneMentorAndAHandOverIsOnOneDay() {
    entered("ad-one", "记过", "2026-03-01", "");
    long official = desk.official("ad-one", unit);
    long first = desk.official("ad-leader0", unit);
    long second = desk.official("ad-leader1", unit);
    named(official, first, "2026-05-01");
    assertThatThrownBy(
            () ->
                jdbc.sql(
                        """
                        insert into protection.mentor (official_id, mentor_id, from_on, contact_days, clause, why, recorded_at, recorded_by)
                        values (?, ?, date '2026-05-20', 90, '3', 'x', now(), 'x')
                        """)
                    .params(official, second)
                    .update())
        .isInstanceOf(DataIntegrityViolationException.class);
    named(official, second, "2026-06-01");
    List<Mentoring> all = mentors.of(official);
    assertThat(all).hasSize(2);
    assertThat(all.getFirst().mentor()).isEqualTo(second);
    assertThat(all.getFirst().to()).isNull();
    assertThat(all.getLast().to()).isEqualTo(LocalDate.of(2026, 6, 1));
    assertThat(refused(() -> named(official, official, "2026-06-01")).key()).endsWith("own-mentor");
    entered("ad-two", "记过", "2026-03-01", "");
    assertThat(refused(() -> named(official, desk.official("ad-two", unit), "2026-06-01")).key())
        .endsWith("mentor-under-period");
    assertThat(refused(() -> named(desk.official("ad-free", unit), first, "2026-06-01")).key())
        .endsWith("no-period");
  }

  @Test
  void contactsAreNotedOnceAndTheNextFallsDue() throws Exception {
    entered("ad-contact", "记过", "2026-03-01", "");
    long official = desk.official("ad-contact", unit);
    named(official, desk.official("ad-leader2", unit), "2026-06-01");
    long id = mentors.of(official).getFirst().id();
    assertThat(mentors.find(id).orElseThrow().due()).isEqualTo(LocalDate.of(2026, 8, 30));
    desk.time.moveTo(LocalDate.of(2026, 9, 10));
    desk.theClockRuns();
    assertThat(mentors.find(id).orElseThrow().due()).isBefore(LocalDate.of(2026, 9, 10));
    assertThat(
            jdbc.sql(
                    "select count(*) from platform.deadline where owner_kind = 'mentor-contact' and"
                        + " owner_id = ? and state = 'running' and due_on < date '2026-09-10'")
                .param(Long.toString(id))
                .query(Integer.class)
                .single())
        .isEqualTo(1);
    UUID client = UUID.randomUUID();
    mentors.contact(id, LocalDate.of(2026, 9, 10), "talk", "思想稳定", client, "ad-personnel");
    mentors.contact(id, LocalDate.of(2026, 9, 10), "talk", "思想稳定", client, "ad-personnel");
    assertThat(mentors.contacts(id)).hasSize(1);
    assertThat(mentors.find(id).orElseThrow().due()).isEqualTo(LocalDate.of(2026, 12, 9));
    assertThat(
            refused(
                    () ->
                        mentors.contact(
                            id, LocalDate.of(2026, 9, 11), "talk", "明天", UUID.randomUUID(), "x"))
                .key())
        .endsWith("contact-day");
  }

  @Test
  void theClockOpensAnEvaluationInTimeAndNobodyPassesTheEndWithoutOne() throws Exception {
    Random random = new Random(44);
    for (int i = 0; i < 30; i++) {
      entered(
          "ad-e" + i,
          List.of("警告", "记过", "记大过").get(random.nextInt(3)),
          TODAY.minusDays(random.nextInt(400)).toString(),
          "");
    }
    for (LocalDate day = TODAY; day.isBefore(TODAY.plusMonths(20)); day = day.plusDays(23)) {
      desk.time.moveTo(day);
      desk.theClockRuns();
      assertThat(evaluations.missing(day)).isZero();
      assertThat(
              jdbc.sql(
                      """
                      select count(*) from protection.impact_on(?) i
                       where i.effect = 'no-promotion' and i.until <= cast(? as date) + 60
                         and not exists (select from protection.evaluation e where e.official_id = i.official_id and e.until = i.until)
                      """)
                  .params(day, day)
                  .query(Integer.class)
                  .single())
          .as("ends within sixty days without an evaluation, on %s", day)
          .isZero();
    }
    List<Evaluation> all = evaluations.list(false, 0, 100);
    assertThat(all).hasSize(30).allMatch(one -> one.matter() != null);
    assertThat(
            jdbc.sql(
                    "select count(*) from platform.matter where pack = 'hubei/joint-evaluation' and"
                        + " begun_by is null")
                .query(Integer.class)
                .single())
        .isGreaterThanOrEqualTo(30);
    int before = all.size();
    desk.theClockRuns();
    assertThat(evaluations.list(false, 0, 100)).as("opened once each").hasSize(before);
  }

  @Test
  void anEvaluationThatSomebodyBeganIsNotBegunAgainByTheClock() throws Exception {
    entered("ad-begun", "警告", "2026-01-15", "");
    long official = desk.official("ad-begun", unit);
    Done begun =
        desk.begin(
            "ad-personnel", "hubei/joint-evaluation", unit, Party.official(official), Map.of());
    desk.theClockRuns();
    assertThat(evaluations.of(official))
        .singleElement()
        .satisfies(one -> assertThat(one.matter()).isEqualTo(begun.matter()));
    assertThat(
            jdbc.sql(
                    """
                    select count(*) from platform.matter_party p join platform.matter m on m.id = p.matter_id
                     where p.kind = 'official' and p.subject = ? and m.pack = 'hubei/joint-evaluation'
                    """)
                .param(official)
                .query(Integer.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void nobodyIsAskedForAnEvaluationOfSomebodyWithoutAPeriod() throws Exception {
    long official = desk.official("ad-without", unit);
    assertThatThrownBy(
            () ->
                desk.begin(
                    "ad-personnel",
                    "hubei/joint-evaluation",
                    unit,
                    Party.official(official),
                    Map.of()))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.key()).isEqualTo("sanction.refused.nothing-to-evaluate"));
  }

  @Test
  void withoutTheClockTheEndIsPassedWithoutAnEvaluation() {
    entered("ad-control", "警告", "2026-01-01", "");
    desk.time.moveTo(LocalDate.of(2026, 7, 1));
    assertThat(evaluations.missing(LocalDate.of(2026, 7, 1))).isEqualTo(1);
  }

  private long evaluated(String key, String conduct) throws Exception {
    long official = desk.official(key, unit);
    desk.theClockRuns();
    long matter = evaluations.of(official).getFirst().matter();
    desk.own(key, official);
    desk.act(key, matter, "handed", "", Map.of("summary", "我的小结"));
    desk.act(
        "ad-personnel",
        matter,
        "drafted",
        "",
        Map.of("conduct", conduct, "talks", "谈话三次", "view", "工作认真"));
    desk.act("ad-personnel", matter, "agree", "", Map.of());
    assertThat(desk.result(matter)).as("one office alone does not complete it").isNull();
    assertThat(refused(() -> desk.act("ad-personnel", matter, "agree", "", Map.of())).key())
        .contains("refused");
    desk.act("ad-discipline", matter, "agree", "", Map.of());
    assertThat(desk.result(matter)).isEqualTo("evaluated");
    return official;
  }

  @Test
  void bothOfficesSignAndThePeriodLapsesByItselfWithANotice() throws Exception {
    entered("ad-lapse", "警告", "2026-01-15", "");
    long official = evaluated("ad-lapse", "good");
    named(official, desk.official("ad-leader0", unit), "2026-06-01");
    LocalDate end = LocalDate.of(2026, 7, 15);
    assertThat(promotionBarred(official, end.minusDays(1))).isTrue();
    assertThat(promotionBarred(official, end)).as("no job has run").isFalse();
    desk.time.moveTo(end);
    assertThat(sanctions.of(official, end).getFirst().state()).isEqualTo(Sanction.State.LAPSED);
    assertThat(desk.notices(official)).noneMatch(text -> text.contains("影响期已满"));
    desk.theClockRuns();
    desk.theClockRuns();
    assertThat(desk.notices(official).stream().filter(text -> text.contains("影响期已满"))).hasSize(1);
    assertThat(mentors.of(official).getFirst().to()).isEqualTo(end);
  }

  private boolean promotionBarred(long official, LocalDate day) {
    return Boolean.TRUE.equals(
        facts.of("official", official, List.of("no-promotion"), day, null).get("no-promotion"));
  }

  @Test
  void usedAgainOnlyAfterThePeriodWithSixReasonsBesideWhatThePolicyProposes() throws Exception {
    entered("ad-reuse", "警告", "2026-01-15", "");
    long official = evaluated("ad-reuse", "outstanding");
    long sanction = sanctions.of(official, TODAY).getFirst().id();
    Done early = proposed(official, sanction);
    assertThat(reuses.proposed(REUSE, official, TODAY, "x").orElseThrow().outcome())
        .isEqualTo("not-yet");
    assertThat(
            refused(
                    () ->
                        desk.act(
                            "ad-head", early, "use", "表现突出", Map.of("decided-on", "2026-06-01")))
                .key())
        .endsWith("period-runs");
    desk.time.moveTo(LocalDate.of(2026, 8, 3));
    assertThat(
            reuses.proposed(REUSE, official, LocalDate.of(2026, 8, 3), "x").orElseThrow().outcome())
        .isEqualTo("promotion-may-be-proposed");
    desk.act("ad-head", early, "use", "探索中的疏失，改正彻底", Map.of("decided-on", "2026-08-03"));
    entered("ad-refused", "警告", "2025-12-01", "nature=廉洁方面的问题");
    long other = desk.official("ad-refused", unit);
    Done late = proposed(other, sanctions.of(other, TODAY).getFirst().id());
    desk.act("ad-head", late, "not-now", "廉洁方面的问题，继续考察", Map.of("decided-on", "2026-08-03"));
    List<Reuse> table = reuses.list(0, 10);
    assertThat(table).hasSize(2);
    assertThat(table)
        .allSatisfy(
            one -> {
              assertThat(one.weighed().keySet())
                  .containsExactlyInAnyOrderElementsOf(Reuses.WEIGHED);
              assertThat(one.reasons()).isNotBlank();
              assertThat(one.opinion()).isEqualTo("no-objection");
            });
    assertThat(table.stream().filter(one -> one.official() == official).findFirst().orElseThrow())
        .matches(one -> one.decision().equals("used"))
        .matches(one -> "promotion-may-be-proposed".equals(one.proposed()));
    assertThat(table.stream().filter(one -> one.official() == other).findFirst().orElseThrow())
        .matches(one -> one.decision().equals("not-now"))
        .matches(one -> one.proposed() != null && !one.proposed().endsWith("may-be-proposed"));
  }

  private Done proposed(long official, long sanction) {
    Map<String, String> form = new HashMap<>();
    Reuses.WEIGHED.forEach(one -> form.put(one, "for"));
    form.put("sanction", Long.toString(sanction));
    form.put("use", "promotion");
    form.put("explanation", "影响期内表现突出");
    Done done = desk.begin("ad-personnel", REUSE, unit, Party.official(official), form);
    return desk.act("ad-discipline", done, "given", "", Map.of("opinion", "no-objection"));
  }

  @Test
  void aProcedureImposesAfterReplyAndTheTimeForReExaminationByTheFiguresOfItsDay() {
    long official = desk.official("ad-procedure", unit);
    desk.own("ad-procedure", official);
    Done done =
        desk.begin(
            "ad-discipline",
            "national/sanctions",
            unit,
            Party.official(official),
            Map.of("cause", "工作失职", "facts", "未履行职责"),
            "evidence");
    done = desk.act("ad-procedure", done, "replied", "", Map.of("statement", "有客观原因"));
    done =
        desk.act(
            "ad-discipline",
            done,
            "propose",
            "",
            Map.of(
                "nature", "dereliction",
                "motive", "mixed",
                "gravity", "ordinary",
                "proposed", "sanction-demerit",
                "on-the-reply", "部分属实"));
    Map<String, String> decision =
        Map.of(
            "measure", "sanction-demerit",
            "decided-on", "2026-06-01",
            "number", "监〔2026〕7号",
            "authority", "监察委员会");
    Done at = done;
    assertThat(
            refused(
                    () ->
                        desk.act(
                            "ad-head",
                            at,
                            "impose",
                            "失职",
                            Map.of(
                                "measure", "sanction-demerit",
                                "decided-on", "2026-06-02",
                                "number", "1",
                                "authority", "x")))
                .key())
        .endsWith("later-day");
    done = desk.act("ad-head", done, "impose", "失职", decision);
    assertThat(sanctions.of(official, TODAY)).isEmpty();
    desk.act("ad-procedure", done, "no-objection", "", Map.of());
    Sanction entered = sanctions.of(official, TODAY).getFirst();
    assertThat(entered.until()).isEqualTo(LocalDate.of(2027, 6, 1));
    assertThat(entered.nature()).isEqualTo("dereliction");
    assertThat(entered.effects())
        .extracting(effect -> effect.kind().word() + " " + effect.amount() + " " + effect.clause())
        .containsExactlyInAnyOrder("no-promotion 12 3", "no-pay-step 12 3", "no-award 1 8");
    assertThat(
            facts.of(
                "official",
                official,
                List.of("no-pay-step", "impact-months-left", "measure-on-record"),
                LocalDate.of(2026, 12, 1),
                null))
        .containsEntry("no-pay-step", true)
        .containsEntry("measure-on-record", "sanction-demerit");
    assertThat(
            jdbc.sql(
                    "select effect from protection.clearance_on(?) where official_id = ? order by"
                        + " 1")
                .params(TODAY, official)
                .query(String.class)
                .list())
        .containsExactly("no-award", "no-pay-step", "no-promotion");
  }

  private static Map<String, String> decided(String number) {
    return Map.of(
        "measure",
        "sanction-demerit",
        "decided-on",
        TODAY.toString(),
        "number",
        number,
        "authority",
        "监察委员会");
  }

  private Done toBeDecided(String key, long official) {
    Done done =
        desk.begin(
            "ad-discipline",
            "national/sanctions",
            unit,
            Party.official(official),
            Map.of("cause", "工作失职", "facts", "未履行职责"),
            "evidence");
    done = desk.act(key, done, "replied", "", Map.of("statement", "有客观原因"));
    return desk.act(
        "ad-discipline",
        done,
        "propose",
        "",
        Map.of(
            "nature", "dereliction",
            "motive", "mixed",
            "gravity", "ordinary",
            "proposed", "sanction-demerit",
            "on-the-reply", "部分属实"));
  }

  @Test
  void aMeasureOnRecordAlreadyIsRefusedWhenItIsDecidedAndToldOfOnceWhenItComesLater()
      throws Exception {
    long official = desk.official("ad-again", unit);
    desk.own("ad-again", official);
    entered("ad-again", "记过", TODAY.toString(), "");
    Done early = toBeDecided("ad-again", official);
    String onRecord = sanctions.of(official, TODAY).getFirst().number();
    assertThat(refused(() -> desk.act("ad-head", early, "impose", "失职", decided(onRecord))).key())
        .endsWith("twice");

    long other = desk.official("ad-meanwhile", unit);
    desk.own("ad-meanwhile", other);
    Done done = toBeDecided("ad-meanwhile", other);
    done = desk.act("ad-head", done, "impose", "失职", decided("纪〔2026〕ad-meanwhile"));
    entered("ad-meanwhile", "记过", TODAY.toString(), "");
    desk.time.moveTo(TODAY.plusMonths(2));
    desk.theClockRuns();
    String step = openStep(done.matter());
    assertThat(desk.at(done.matter())).as("no further by itself").isEqualTo("object");
    assertThat(told(step)).as("officers of the county and the head who may stop it").isPositive();
    assertThat(deadline(step)).as("not tried again and again").isEqualTo("0 true");
    int once = told(step);
    for (int day = 1; day < 4; day++) {
      desk.time.moveTo(TODAY.plusMonths(2).plusDays(day));
      desk.theClockRuns();
    }
    assertThat(told(step)).isEqualTo(once);
    assertThat(deadline(step)).isEqualTo("0 true");
    assertThat(sanctions.of(other, TODAY)).hasSize(1);
    int edition =
        jdbc.sql("select edition from platform.matter where id = ?")
            .param(done.matter())
            .query(Integer.class)
            .single();
    desk.cases.stop(desk.by("ad-head"), done.matter(), edition, "处分已经登记，终止");
    assertThat(desk.at(done.matter())).isNull();
  }

  private String openStep(long matter) {
    return jdbc.sql("select id from platform.matter_step where matter_id = ? and state = 'open'")
        .param(matter)
        .query(String.class)
        .single();
  }

  private int told(String step) {
    return jdbc.sql("select count(*) from platform.notice where cause = ?")
        .param("matter-step:" + step + ":lapse-refused")
        .query(Integer.class)
        .single();
  }

  /** How often it was tried in vain, and whether it has passed. */
  private String deadline(String step) {
    return jdbc.sql(
            """
            select attempts || ' ' || (passed_at is not null and problem is null) from platform.deadline
             where owner_kind = 'matter-step' and owner_id = ?
            """)
        .param(step)
        .query(String.class)
        .single();
  }

  @Test
  void aRevocationEndsTheEffectTellsAndHasTheNameCleared() {
    entered("ad-revoked", "记过", "2026-03-01", "");
    long official = desk.official("ad-revoked", unit);
    long sanction = sanctions.of(official, TODAY).getFirst().id();
    Done done =
        desk.begin(
            "ad-discipline",
            "national/sanction-revocation",
            unit,
            Party.official(official),
            Map.of("sanction", Long.toString(sanction), "ground", "facts", "facts", "证据不足"));
    ear.heard.clear();
    desk.act(
        "ad-head",
        done,
        "revoke",
        "事实不清",
        Map.of("revoked-on", "2026-06-01", "restored", "恢复级别和工资档次", "scope", "where-published"));
    assertThat(promotionBarred(official, TODAY.minusDays(1))).isTrue();
    assertThat(promotionBarred(official, TODAY)).isFalse();
    Sanction revoked = sanctions.find(sanction, TODAY).orElseThrow();
    assertThat(revoked.state()).isEqualTo(Sanction.State.REVOKED);
    assertThat(revoked.clearingDueOn()).isEqualTo(LocalDate.of(2026, 6, 15));
    assertThat(ear.heard).extracting(SanctionRevoked::sanction).containsExactly(sanction);
    assertThat(sanctions.cleared(sanction, TODAY, "ad-personnel")).isTrue();
    assertThat(sanctions.cleared(sanction, TODAY, "ad-personnel")).isFalse();
  }

  @Test
  void aWorkbookIsTakenInWholeOrNotAtAllAndTwiceChangesNothing() throws IOException {
    for (int i = 0; i < 3; i++) {
      desk.official("ad-w" + i, unit);
    }
    byte[] wrong =
        workbook(
            List.of(
                List.of("ad-w0", "警告", "2026-01-05", "一号"),
                List.of("ad-w1", "大过", "2026-01-05", "二号"),
                List.of("ad-nobody", "记过", "昨天", "")));
    Taken refused = taken("处分.xlsx", wrong);
    assertThat(refused.problems())
        .extracting(one -> one.line() + " " + one.column() + " " + one.key())
        .containsExactlyInAnyOrder(
            "3 measure no-option",
            "4 official no-such-official",
            "4 decided-on no-date",
            "4 number needed");
    assertThat(sanctions.counts(TODAY)).isEmpty();
    byte[] right =
        workbook(
            List.of(
                List.of("ad-w0", "警告", "2026-01-05", "一号"),
                List.of("ad-w1", "sanction-demerit", "2026年1月5日", "二号"),
                List.of("ad-w2", "Removal from post", "2025/12/31", "三号")));
    assertThat(taken("处分.xlsx", right).entered()).isEqualTo(3);
    Taken again = taken("处分.xlsx", right);
    assertThat(again.entered()).isZero();
    assertThat(again.unchanged()).isEqualTo(3);
  }

  @Test
  void aFileThatIsNoTableOfDecisionsIsRefusedInWordsAndNothingIsTakenIn() throws IOException {
    assertThat(untaken("x.csv", new byte[] {'a', ',', (byte) 0xff, (byte) 0xff, '\n'}))
        .isEqualTo("encoding");
    assertThat(untaken("x.xlsx", "PK\u0003\u0004 nothing".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("workbook-damaged");
    assertThat(untaken("x.csv", "编号,决定日期\n1,2".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("table-lacks");
    assertThat(untaken("x.csv", "编号,处分种类,决定日期,文号\n".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("no-rows");
    assertThat(untaken("x.csv", new byte[0])).isEqualTo("empty");
    assertThat(untaken("x.xlsx", naming(99_999_999))).isEqualTo("workbook-damaged-at");
    String many = "编号,处分种类,决定日期,文号\n" + "ad-w0,警告,2026-01-05,一号\n".repeat(20_001);
    assertThat(refused(() -> taken("x.csv", many.getBytes(StandardCharsets.UTF_8))).key())
        .endsWith("file-lines");
    assertThat(sanctions.counts(TODAY)).isEmpty();
  }

  @Test
  void aCellWithAnErrorKeepsTheWholeFileOut() throws IOException {
    desk.official("ad-w0", unit);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Workbook workbook = new Workbook(out, "test", "1.0")) {
      Worksheet sheet = workbook.newWorksheet("处分");
      List<String> heads = List.of("编号", "处分处理种类", "决定日期", "文号");
      List<String> good = List.of("ad-w0", "警告", "2026-01-05", "一号");
      for (int i = 0; i < heads.size(); i++) {
        sheet.value(0, i, heads.get(i));
        sheet.value(1, i, good.get(i));
        sheet.value(2, i, good.get(i));
      }
      sheet.formula(2, 3, "A1");
    }
    assertThat(taken("处分.xlsx", out.toByteArray()).problems())
        .extracting(one -> one.line() + " " + one.column() + " " + one.key())
        .containsExactly("3 number unreadable");
    assertThat(sanctions.counts(TODAY)).isEmpty();
  }

  @Test
  void theTemplateIsReadAgainAsItWasGivenAndFromGbkAsWell() throws IOException {
    desk.official("ad-w0", unit);
    for (Page.Choice language : Page.LANGUAGES) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      files.template(Locale.forLanguageTag(language.tag()), out);
      assertThat(untaken("template.xlsx", out.toByteArray())).isEqualTo("no-rows");
    }
    byte[] gbk = "编号,处分种类,决定日期,文号\nad-w0,警告,2026年1月5日,一号\n".getBytes(Charset.forName("GBK"));
    assertThat(taken("处分.csv", gbk).entered()).isEqualTo(1);
  }

  private Taken taken(String name, byte[] content) {
    return desk.asReader(
        "ad-discipline",
        () ->
            files.take(
                ImportFile.of(name, () -> new ByteArrayInputStream(content)),
                desk.as("ad-discipline")));
  }

  private String untaken(String name, byte[] content) {
    return assertThatExceptionOfType(ImportProblem.class)
        .isThrownBy(() -> taken(name, content))
        .actual()
        .reason();
  }

  /** A small workbook whose first cell names a string that is not there. */
  private static byte[] naming(int string) throws IOException {
    Path whole = Files.write(Files.createTempFile("dandang", ".xlsx"), workbook(List.of()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipFile in = new ZipFile(whole.toFile());
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (ZipEntry entry : Collections.list(in.entries())) {
        zip.putNextEntry(new ZipEntry(entry.getName()));
        String content =
            new String(in.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
        zip.write(
            (entry.getName().startsWith("xl/worksheets/")
                    ? content.replaceFirst("<v>\\d+</v>", "<v>" + string + "</v>")
                    : content)
                .getBytes(StandardCharsets.UTF_8));
      }
    } finally {
      Files.delete(whole);
    }
    return out.toByteArray();
  }

  private static byte[] workbook(List<List<String>> rows) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Workbook workbook = new Workbook(out, "test", "1.0")) {
      Worksheet sheet = workbook.newWorksheet("处分");
      List<String> heads = List.of("编号", "处分处理种类", "决定日期", "文号");
      for (int i = 0; i < heads.size(); i++) {
        sheet.value(0, i, heads.get(i));
      }
      for (int row = 0; row < rows.size(); row++) {
        for (int i = 0; i < heads.size(); i++) {
          sheet.value(row + 1, i, rows.get(row).get(i));
        }
      }
    }
    return out.toByteArray();
  }

  @Test
  void aDisciplineOfficerElsewhereNeitherSeesNorEnters() {
    entered("ad-seen", "记过", "2026-03-01", "");
    long far = desk.unit("ad-far", "county", null);
    desk.account("ad-discipline-far", Role.DISCIPLINE_OFFICER, far);
    Map<String, String> cells =
        Map.of("official", "ad-seen", "measure", "警告", "decided-on", "2026-01-01", "number", "x");
    desk.asReader(
        "ad-discipline-far",
        () ->
            assertThat(record.one(cells, desk.as("ad-discipline-far")).problems())
                .extracting(ProblemLine::key)
                .containsExactly("no-such-official"));
    assertThat(seenBy("ad-discipline-far")).isEmpty();
    assertThat(seenBy("ad-discipline")).hasSize(1);
  }

  private List<Sanction> seenBy(String who) {
    return desk.asReader(
        who, () -> Offices.seeing(desk.as(who), () -> sanctions.list(TODAY, "", "", 0, 10)));
  }
}
