package org.dandang.protection.clarification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.dandang.DandangTest;
import org.dandang.MovedClock;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Assignments;
import org.dandang.platform.procedure.Cases;
import org.dandang.platform.procedure.Done;
import org.dandang.platform.procedure.FormRefused;
import org.dandang.platform.publicnotice.PublicNotice;
import org.dandang.platform.publicnotice.PublicNotices;
import org.dandang.platform.web.Refused;
import org.dandang.protection.Bureau;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/**
 * P49 (Zhejiang): 200 and more public notices, 1,600 and more people cleared in three years; P50
 * (Changsha): 53 people cleared through the media. A share of the first always runs, all of it with
 * {@code -Ddandang.long=true}.
 */
@DandangTest
@AutoConfigureMockMvc
@Import(Bureau.Surroundings.class)
class ClarificationTests {
  private static final String ZHEJIANG = "zhejiang/public-clarification";
  private static final String CHANGSHA = "changsha/media-clarification";
  private static final LocalDate DAY = LocalDate.of(2021, 3, 1);
  private static final String SEALED = "举报人秘鸥";

  @Autowired Cases cases;
  @Autowired Accounts accounts;
  @Autowired Assignments assignments;
  @Autowired JdbcClient jdbc;
  @Autowired MovedClock clock;
  @Autowired Publishing publishing;
  @Autowired Clarifications clarifications;
  @Autowired PublicNotices notices;
  @Autowired MockMvc mvc;

  private Bureau bureau;

  @BeforeEach
  void open() {
    clock.moveTo(DAY);
    jdbc.sql("delete from protection.clarification").update();
    bureau = new Bureau(accounts, assignments, jdbc, cases);
  }

  /** A report about somebody that came to an outcome; its number as forms name it. */
  private String outcome(long official, String outcome) {
    return jdbc.sql(
            """
            insert into protection.report_outcome (number, official_id, unit_id, outcome, outcome_on, recorded_at, recorded_by)
            values (:number, :official, :unit, :outcome, :day, now(), 'test') returning number
            """)
        .param("number", SEALED + "-" + java.util.UUID.randomUUID())
        .param("official", official)
        .param("unit", bureau.unit)
        .param("outcome", outcome)
        .param("day", DAY)
        .query(String.class)
        .single();
  }

  private static Map<String, String> harm(String outcome) {
    Map<String, String> answers = new HashMap<>();
    answers.put("unfounded-outcome", outcome);
    answers.put("conclusive", "present");
    answers.put("only-talked", "absent");
    answers.put("bad-effect", "present");
    for (String field :
        List.of(
            "selection-affected",
            "awards-affected",
            "rights-harmed",
            "work-harmed",
            "repeated-reports")) {
      answers.put(field, field.equals("selection-affected") ? "present" : "absent");
    }
    answers.put("harm-evidence", "拟任职考察因举报暂停");
    return answers;
  }

  /** A matter up to the consent of the person. */
  private Done agreed(String pack, long official, String manner) {
    Done done = toConsent(pack, official, manner);
    return bureau.act(bureau.account(official), done, "agree", "", Map.of());
  }

  private Done toConsent(String pack, long official, String manner) {
    Done done =
        bureau.begin(bureau.as("officer"), pack, official, harm(outcome(official, "unfounded")));
    done =
        bureau.act(
            "head",
            done,
            "approve",
            "",
            Map.of(
                "what-is-said", "经核查，反映" + name(official) + "同志在项目招标中为他人提供便利的问题不属实，予以澄清。",
                "scope", "public",
                "manner", manner,
                "blocked-selection", "present",
                "blocked-award", "absent"));
    return bureau.act(
        "officer",
        done,
        "told",
        "",
        Map.of("told-conclusion", "不属实", "told-manner", "公开通报", "advance-on", DAY.toString()));
  }

  private String name(long official) {
    return jdbc.sql("select label from official.subject where subject = ?")
        .param(official)
        .query(String.class)
        .single();
  }

  private long clarification(Done done) {
    return jdbc.sql("select id from protection.clarification where matter_id = ?")
        .param(done.matter())
        .query(Long.class)
        .single();
  }

  private Done carriedOut(Done done, String selection, LocalDate on) {
    Done prepared =
        bureau.act(
            "officer",
            done,
            "one-department",
            "",
            Map.of("addressee", "全局干部", "letter", "予以澄清正名", "media-text", "经核查，有关反映不属实。"));
    return bureau.act(
        "officer",
        prepared,
        "done",
        "",
        Map.of(
            "done-on", on.toString(),
            "done-where", "政府网站",
            "audience", "1200",
            "restored-selection", selection,
            "restored-award", "not-blocked"));
  }

  private void visited(Done done, LocalDate on) {
    bureau.act(
        "officer2",
        done,
        "effective",
        "",
        Map.of("visited-on", on.toString(), "effect-seen", "cleared", "visit-words", "影响已经消除"));
  }

  @Test
  void clearsASomebodyWhollyFromConsentToReturnVisit() throws Exception {
    long official = bureau.official("金照阳");
    Done done = agreed(CHANGSHA, official, "media");
    Done unposted = done;
    assertThatThrownBy(() -> carriedOut(unposted, "reopened", DAY))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.key()).endsWith("not-posted"));
    // Preparing the text was done, carrying out was refused: go on from there.
    Done prepared = standing(done);
    PublicNotice notice =
        publishing.post(
            List.of(clarification(done)), "澄清正名的通报", "中共长沙市委组织部", "0731-1", bureau.as("officer"));
    Map<String, String> carried =
        new HashMap<>(
            Map.of(
                "done-on", DAY.toString(),
                "done-where", "长沙晚报",
                "restored-selection", "not-blocked",
                "restored-award", "not-blocked"));
    assertThatThrownBy(() -> bureau.act("officer", prepared, "done", "", carried))
        .as("what was blocked has to be reopened")
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.key()).endsWith("still-blocked"));
    carried.put("restored-selection", "reopened");
    Done visit = bureau.act("officer", prepared, "done", "", carried);
    assertThatThrownBy(() -> bureau.act("officer", visit, "effective", "", Map.of()))
        .as("who carried it out does not assess it")
        .isInstanceOf(Refused.class);
    visited(visit, DAY);
    assertThat(bureau.at(done.matter())).isEqualTo("clarified");
    assertThat(
            jdbc.sql(
                    "select reopened_selection from protection.clearance where official_id = ? and"
                        + " cleared_on = ?")
                .params(official, DAY)
                .query(Boolean.class)
                .single())
        .isTrue();

    String page =
        mvc.perform(get("/public/notices/" + notice.id()))
            .andReturn()
            .getResponse()
            .getContentAsString(StandardCharsets.UTF_8);
    assertThat(page).contains("金照阳").contains("不属实").doesNotContain(SEALED);
    assertThat(page).doesNotContain(bureau.key(official)).doesNotContain("拟任职考察因举报暂停");
  }

  private Done standing(Done done) {
    return jdbc.sql(
            """
            select m.id as matter, s.id as step, m.edition, false as repeated from platform.matter m
              join platform.matter_step s on s.matter_id = m.id and s.state = 'open' where m.id = ?
            """)
        .param(done.matter())
        .query(Done.class)
        .single();
  }

  @Test
  void unprovenHasNoPathToAClarification() {
    long official = bureau.official("柴又新");
    for (String other : List.of("unproven", "mistake", "breach")) {
      String number = outcome(official, other);
      assertThatThrownBy(() -> bureau.begin(bureau.as("officer"), ZHEJIANG, official, harm(number)))
          .as(other)
          .isInstanceOf(FormRefused.class);
    }
    assertThat(jdbc.sql("select count(*) from protection.clarification").query(Long.class).single())
        .isZero();
  }

  @Test
  void aReportThatTurnsOutUnprovenOnTheWayIsNotClarified() {
    long official = bureau.official("苏文清");
    Done done = toConsent(ZHEJIANG, official, "letter");
    jdbc.sql("update protection.report_outcome set outcome = 'unproven' where official_id = ?")
        .param(official)
        .update();
    assertThatThrownBy(() -> bureau.act(bureau.account(official), done, "agree", "", Map.of()))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.key()).endsWith("not-unfounded"));
  }

  @Test
  void anUnfoundedReportAboutSomebodyElseClearsNobody() {
    long official = bureau.official("白一川");
    long other = bureau.official("毕二川");
    Done done =
        bureau.begin(bureau.as("officer"), ZHEJIANG, official, harm(outcome(other, "unfounded")));
    done =
        bureau.act(
            "head",
            done,
            "approve",
            "",
            Map.of(
                "what-is-said", "不属实",
                "scope", "unit",
                "manner", "letter",
                "blocked-selection", "absent",
                "blocked-award", "absent"));
    done =
        bureau.act(
            "officer",
            done,
            "told",
            "",
            Map.of("told-conclusion", "x", "told-manner", "x", "advance-on", DAY.toString()));
    Done asked = done;
    assertThatThrownBy(() -> bureau.act(bureau.account(official), asked, "agree", "", Map.of()))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.key()).endsWith("not-unfounded"));
  }

  @Test
  void withoutConsentNothingIsPublished() {
    long official = bureau.official("方小满");
    Done done = toConsent(ZHEJIANG, official, "notice");
    bureau.act(bureau.account(official), done, "disagree", "", Map.of());
    assertThat(bureau.at(done.matter())).isEqualTo("not-wished");
    assertThat(clarifications.toPost(10)).isEmpty();
  }

  @Test
  void aWithdrawnConsentTakesTheNoticeDownAndStopsTheRest() throws Exception {
    long one = bureau.official("夏初一");
    long two = bureau.official("夏初二");
    Done first = agreed(ZHEJIANG, one, "notice");
    Done second = agreed(ZHEJIANG, two, "notice");
    PublicNotice notice =
        publishing.post(
            List.of(clarification(first), clarification(second)),
            "通报",
            "县委组织部",
            "1",
            bureau.as("officer"));
    publishing.withdraw(clarification(first), bureau.account(one));
    assertThat(notices.find(notice.id()).orElseThrow().state())
        .isEqualTo(PublicNotice.State.TAKEN_DOWN);
    String page =
        mvc.perform(get("/public/notices/" + notice.id()))
            .andReturn()
            .getResponse()
            .getContentAsString(StandardCharsets.UTF_8);
    assertThat(page).doesNotContain("夏初一").doesNotContain("夏初二");
    assertThatThrownBy(
            () ->
                publishing.post(
                    List.of(clarification(first)), "通报", "县委组织部", "1", bureau.as("officer")))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.key()).endsWith("withdrawn"));
    assertThatThrownBy(() -> carriedOut(first, "reopened", DAY))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.key()).endsWith("withdrawn"));
    assertThat(clarifications.toPost(10)).extracting(Clarification::official).containsExactly(two);
    assertThatThrownBy(() -> publishing.withdraw(clarification(second), bureau.account(one)))
        .as("nobody withdraws for somebody else")
        .isInstanceOf(Refused.class);
  }

  @Test
  void fiftyThreePeopleAreClearedThroughTheMedia() {
    run(CHANGSHA, "media", 1, DAY, 53, 11);
    Clarifications.Year year = clarifications.years().getFirst();
    assertThat(year.media()).isEqualTo(53);
    assertThat(year.people()).isEqualTo(53);
    assertThat(year.effective()).isEqualTo(53);
    assertThat(clarifications.manners(2021)).containsExactly(Map.entry("media", 53));
  }

  @Test
  void peopleAreClearedInNoticesOverThreeYears() {
    boolean whole = Boolean.getBoolean("dandang.long");
    int perYear = whole ? 540 : 18;
    int perNotice = 8;
    for (int year = 0; year < 3; year++) {
      run(ZHEJIANG, "notice", year, DAY.plusYears(year), perYear, perNotice);
    }
    List<Clarifications.Year> years = clarifications.years();
    assertThat(years).extracting(Clarifications.Year::year).containsExactly(2023, 2022, 2021);
    int people = years.stream().mapToInt(Clarifications.Year::people).sum();
    int posted = years.stream().mapToInt(Clarifications.Year::notices).sum();
    assertThat(people).isEqualTo(3 * perYear);
    assertThat(posted).isBetween(people / perNotice, people);
    if (whole) {
      assertThat(people).isGreaterThan(1_600);
      assertThat(posted).isGreaterThan(200);
    }
  }

  /** Clears people in notices of at most so many, in an order a seed gives. */
  private void run(String pack, String manner, int seed, LocalDate day, int people, int perNotice) {
    Random random = new Random(seed);
    clock.moveTo(day);
    List<Done> agreed = new ArrayList<>();
    for (int i = 0; i < people; i++) {
      agreed.add(agreed(pack, bureau.official("某" + seed + "-" + i), manner));
    }
    for (int from = 0; from < people; ) {
      int to = Math.min(people, from + 1 + perNotice / 2 + random.nextInt(perNotice / 2));
      publishing.post(
          agreed.subList(from, to).stream().map(this::clarification).toList(),
          "澄清正名的通报",
          "省委组织部",
          "12380",
          bureau.as("officer"));
      from = to;
    }
    for (Done done : agreed) {
      visited(carriedOut(done, "reopened", day), day);
    }
  }
}
