package org.dandang.protection.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.dandang.DandangTest;
import org.dandang.official.Merging;
import org.dandang.platform.access.Role;
import org.dandang.platform.procedure.Desk;
import org.dandang.platform.procedure.Done;
import org.dandang.platform.procedure.Party;
import org.dandang.platform.web.Refused;
import org.dandang.protection.sanction.SanctionRevoked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Import;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How the registers of protection join: from a lead to a cleared name, from a revoked measure to a
 * proposal, everything about an official on one page, and with an official whose records are
 * merged.
 */
@DandangTest
@AutoConfigureMockMvc
@Import(Desk.Surroundings.class)
class LeadToClearedNameTests {
  private static final String CLOSING = "national/lead-closing";
  private static final String CLARIFYING = "zhejiang/public-clarification";
  private static final LocalDate DAY = LocalDate.of(2026, 6, 1);

  @Autowired ApplicationContext context;
  @Autowired ApplicationEventPublisher events;
  @Autowired TransactionTemplate transactions;
  @Autowired Intake intake;
  @Autowired Leads leads;
  @Autowired Linking linking;
  @Autowired Contacts contacts;
  @Autowired LeadCounts counts;
  @Autowired Merging merging;
  @Autowired MockMvc mvc;

  private Desk desk;
  private long unit;

  @BeforeEach
  void office() {
    desk = new Desk(context);
    desk.time.moveTo(DAY);
    long county = desk.unit("ln-county", "county", null);
    unit = desk.unit("ln-bureau", "county-department", county);
    desk.unit("ln-elsewhere", "county", null);
    desk.account("ln-officer", Role.PERSONNEL_OFFICER, county);
    desk.account("ln-officer2", Role.PERSONNEL_OFFICER, county);
    desk.account("ln-discipline", Role.DISCIPLINE_OFFICER, county);
    desk.account("ln-discipline2", Role.DISCIPLINE_OFFICER, county);
    desk.account("ln-head", Role.HEAD_OF_UNIT, county);
    desk.account("ln-head2", Role.HEAD_OF_UNIT, county);
    desk.account("ln-other", Role.PERSONNEL_OFFICER, desk.unit("ln-elsewhere", "county", null));
  }

  private long lead(String key, long official) {
    NewLead lead =
        new NewLead(
            Source.PETITION,
            "",
            "LN-" + key,
            "反映 " + key,
            "反映在项目招标中为他人提供便利 " + key,
            DAY.minusDays(9),
            unit,
            "specific",
            "moderate",
            false,
            "",
            CLOSING,
            List.of(new NewLead.Named("某" + key, "ln-bureau", "科员")));
    long id = intake.take(UUID.randomUUID(), lead, "form", desk.as("ln-officer")).id();
    linking.link(person(id), official, "姓名、单位和职务一致", desk.as("ln-discipline"));
    return id;
  }

  private long person(long lead) {
    return leads.find(lead).orElseThrow().people().getFirst().id();
  }

  private void closed(long lead, long official, String outcome) {
    Done done =
        desk.begin(
            "ln-discipline",
            CLOSING,
            unit,
            Party.official(official),
            Map.of(
                "lead", leads.find(lead).orElseThrow().number(),
                "facts", "经核实，反映的事项经过如下",
                "proposed", outcome,
                "severity", "moderate",
                "basis", "有会议记录和票据为证"));
    desk.act("ln-discipline2", done, outcome, "属实与否已查清", Map.of());
  }

  private String page(String who, String path) throws Exception {
    MockHttpServletResponse response =
        mvc.perform(get(path).with(user(desk.as(who)))).andReturn().getResponse();
    return response.getStatus() == 200
        ? response.getContentAsString(StandardCharsets.UTF_8)
        : "status " + response.getStatus();
  }

  private int proposals(String number) {
    return desk.jdbc
        .sql("select count(distinct cause) from platform.notice where cause = ?")
        .param("clarification:proposed:" + number)
        .query(Integer.class)
        .single();
  }

  private static Map<String, String> harm(String report) {
    Map<String, String> answers = new HashMap<>();
    answers.put("unfounded-outcome", report);
    for (String present : List.of("conclusive", "bad-effect", "selection-affected")) {
      answers.put(present, "present");
    }
    for (String absent :
        List.of(
            "only-talked", "awards-affected", "rights-harmed", "work-harmed", "repeated-reports")) {
      answers.put(absent, "absent");
    }
    answers.put("harm-evidence", "拟任职考察因举报暂停");
    return answers;
  }

  @Test
  void anUnfoundedLeadLeadsToAClearedName() throws Exception {
    long official = desk.official("LN1", unit);
    desk.own("ln-own1", official);
    long lead = lead("LN1", official);
    String number = leads.find(lead).orElseThrow().number() + "/1";
    closed(lead, official, "unfounded");
    assertThat(proposals(number)).isEqualTo(1);
    assertThat(page("ln-officer", "/protection/clarification/candidates")).contains(number);
    assertThat(page("ln-other", "/protection/clarification/candidates")).doesNotContain(number);

    String path =
        mvc.perform(
                post("/protection/clarification/candidates/" + person(lead))
                    .param("pack", CLARIFYING)
                    .param("client", UUID.randomUUID().toString())
                    .with(user(desk.as("ln-officer")))
                    .with(csrf()))
            .andReturn()
            .getResponse()
            .getRedirectedUrl();
    assertThat(path).startsWith("/matters/");
    long matter = Long.parseLong(path.substring("/matters/".length()));
    desk.cases.begin(desk.by("ln-officer"), matter, harm(number));
    desk.act(
        "ln-head",
        matter,
        "approve",
        "",
        Map.of(
            "what-is-said", "经核查，反映的问题不属实",
            "scope", "unit",
            "manner", "letter",
            "blocked-selection", "present",
            "blocked-award", "absent"));
    desk.act(
        "ln-officer",
        matter,
        "told",
        "",
        Map.of("told-conclusion", "不属实", "told-manner", "书面", "advance-on", DAY.toString()));
    desk.act("ln-own1", matter, "agree", "", Map.of());
    desk.act(
        "ln-officer", matter, "one-department", "", Map.of("addressee", "全局", "letter", "予以澄清"));
    desk.act(
        "ln-officer",
        matter,
        "done",
        "",
        Map.of(
            "done-on", DAY.toString(),
            "done-where", "局干部会议",
            "restored-selection", "reopened",
            "restored-award", "not-blocked"));
    desk.act(
        "ln-officer2",
        matter,
        "effective",
        "",
        Map.of("visited-on", DAY.toString(), "effect-seen", "cleared", "visit-words", "影响已消除"));
    assertThat(desk.result(matter)).isEqualTo("clarified");
    assertThat(
            desk.jdbc
                .sql("select reopened_selection from protection.clearance where official_id = ?")
                .param(official)
                .query(Boolean.class)
                .single())
        .isTrue();
    assertThat(page("ln-officer", "/protection/clarification/candidates")).doesNotContain(number);
    assertThat(page("ln-officer", "/protection/officials/" + official))
        .contains("/protection/leads/" + lead)
        .contains("/protection/clarification/");
    assertThat(page("ln-other", "/protection/officials/" + official)).isEqualTo("status 404");
  }

  @Test
  void unprovenAndMistakenProposeNothing() {
    for (String outcome : List.of("unproven", "mistake")) {
      long official = desk.official("LN-" + outcome, unit);
      long lead = lead("LN-" + outcome, official);
      closed(lead, official, outcome);
      assertThat(leads.find(lead).orElseThrow().state()).isEqualTo("closed");
      assertThat(proposals(leads.find(lead).orElseThrow().number() + "/1")).isZero();
    }
  }

  private long sanction(long official, String ground) {
    long matter = desk.jdbc.sql("select max(id) from platform.matter").query(Long.class).single();
    return desk.jdbc
        .sql(
            """
            insert into protection.sanction (official_id, family, measure, pack, decided_on, recorded_at, recorded_by,
                   revoked_on, revoked_at, revoked_by, revoked_ground, revoked_matter, restored, clearing_scope, clearing_due_on)
            values (?, 'sanction', 'sanction-demerit', 'national/sanctions', date '2026-01-05', now(), 'test',
                    date '2026-06-01', now(), 'test', ?, ?, '恢复', 'unit', date '2026-06-15') returning id
            """)
        .params(official, ground, matter)
        .query(Long.class)
        .single();
  }

  @Test
  void aRevokedMeasureIsProposedForClarificationOnceAndOnlyWhereItWasNotSo() throws Exception {
    long official = desk.official("LN2", unit);
    lead("LN2", official);
    closed(lead("LN2b", official), official, "unproven");
    for (String ground : List.of("facts", "procedure")) {
      long other = desk.official("LN2-" + ground, unit);
      long sanction = sanction(other, ground);
      long matter = desk.jdbc.sql("select max(id) from platform.matter").query(Long.class).single();
      for (int twice = 0; twice < 2; twice++) {
        transactions.executeWithoutResult(
            here -> events.publishEvent(new SanctionRevoked(sanction, other, matter, DAY, "unit")));
      }
      boolean notSo = ground.equals("facts");
      assertThat(proposals("S-" + sanction)).as(ground).isEqualTo(notSo ? 1 : 0);
      String candidates = page("ln-officer", "/protection/clarification/candidates");
      assertThat(candidates.contains("S-" + sanction)).as(ground).isEqualTo(notSo);
      assertThat(page("ln-officer", "/protection/officials/" + other))
          .contains("/protection/sanctions/" + sanction);
    }
  }

  @Test
  void anInquiryLetterFromALeadIsApprovedBySomebodyElse() {
    long official = desk.official("LN3", unit);
    long lead = lead("LN3", official);
    String path =
        contacts.choose(
            UUID.randomUUID(),
            person(lead),
            Means.INQUIRY_LETTER,
            "书面说明不足以说清",
            desk.as("ln-officer"));
    long matter = Long.parseLong(path.substring("/matters/".length()));
    Map<String, String> letter = new HashMap<>();
    desk.jdbc
        .sql(
            "select key, value from platform.matter_form f, jsonb_each_text(f.answers) where"
                + " f.matter_id = ?")
        .param(matter)
        .query(
            row -> {
              letter.put(row.getString(1), row.getString(2));
            });
    assertThat(letter).containsEntry("why-letter", "书面说明不足以说清");
    letter.putIfAbsent("less-intrusive", "statement-not-enough");
    letter.putIfAbsent("questions", "请说明项目招标的经过");
    desk.cases.begin(desk.by("ln-officer"), matter, letter);
    assertThat(desk.at(matter)).isEqualTo("approve");
    long before = counts.letters(desk.as("ln-officer"), DAY.minusYears(1)).approved();
    assertThatThrownBy(() -> desk.act("ln-officer", matter, "approve", "", Map.of()))
        .isInstanceOf(Refused.class);
    desk.act("ln-head", matter, "approve", "", Map.of());
    assertThat(desk.at(matter)).isEqualTo("reply");
    assertThat(counts.letters(desk.as("ln-officer"), DAY.minusYears(1)).approved())
        .isEqualTo(before + 1);
  }

  @Test
  void whatTheRegistersSayGoesWithAnOfficialWhoseRecordsAreMergedAndBack() throws Exception {
    long kept = desk.official("LN4", unit);
    long gone = desk.official("LN4-gone", unit);
    long lead = lead("LN4-gone", gone);
    long both = lead("LN4", kept);
    desk.jdbc
        .sql(
            """
            insert into protection.lead_person (lead_id, place, name, unit_name, post, official_id, linked_at, linked_by, reason)
            select lead_id, 2, name, unit_name, post, ?, linked_at, linked_by, reason from protection.lead_person where lead_id = ?
            """)
        .params(gone, both)
        .update();
    long sanction = sanction(gone, "facts");
    desk.jdbc
        .sql(
            """
            insert into protection.sanction_effect (sanction_id, official_id, effect, amount, unit, figure, figure_from, clause)
            values (?, ?, 'no-promotion', 12, 'month', 'demerit', date '2020-07-01', '8')
            """)
        .params(sanction, gone)
        .update();
    desk.own("ln-gone4", gone);
    Done waiting =
        desk.begin(
            "ln-discipline",
            "beijing/statement-review",
            unit,
            Party.official(gone),
            Map.of("matter", "有关事项"));
    desk.jdbc
        .sql("insert into protection.lapse (official_id, until, told_at) values (?, ?, now())")
        .params(gone, DAY.minusDays(1))
        .update();
    assertThat(merging.merge(kept, gone, "同一人", "test")).isTrue();
    assertThat(behind(waiting.matter(), kept, gone)).containsOnly(kept).hasSize(4);
    assertThat(desk.as("ln-gone4").official()).isEqualTo(kept);
    assertThat(page("ln-gone4", "/me/matters")).contains("/matters/" + waiting.matter());
    String page = page("ln-officer", "/protection/officials/" + kept);
    assertThat(page)
        .contains("/protection/leads/" + lead)
        .contains("/protection/sanctions/" + sanction);
    assertThat(holders(sanction)).containsOnly(kept);
    assertThat(leads.find(both).orElseThrow().people())
        .as("of one lead that names both records one line stays as it was")
        .extracting(Lead.Person::official)
        .containsExactly(kept, gone);
    long merger =
        desk.jdbc
            .sql("select id from official.merger where gone_id = ? and undone_at is null")
            .param(gone)
            .query(Long.class)
            .single();
    assertThat(merging.undo(merger, "test")).isTrue();
    assertThat(holders(sanction)).containsOnly(gone);
    assertThat(behind(waiting.matter(), kept, gone)).containsOnly(gone).hasSize(4);
    desk.act("ln-gone4", waiting, "stated", "", Map.of("said", "说明如下"));
    assertThat(leads.find(lead).orElseThrow().people().getFirst().official()).isEqualTo(gone);
    assertThat(leads.find(both).orElseThrow().people().getFirst().official()).isEqualTo(kept);
  }

  /** Whose the matter, its deadline, a lapse that was told of and an account are. */
  private List<Long> behind(long matter, long kept, long gone) {
    return desk.jdbc
        .sql(
            """
            select subject from platform.matter_party where matter_id = :matter and kind = 'official'
            union all
            select unnest(d.about) from platform.deadline d join platform.matter_step s on d.owner_id = s.id::text
             where d.owner_kind = 'matter-step' and s.matter_id = :matter
            union all select official_id from protection.lapse where official_id in (:kept, :gone)
            union all select official_id from platform.account where official_id in (:kept, :gone)
            """)
        .param("matter", matter)
        .param("kept", kept)
        .param("gone", gone)
        .query(Long.class)
        .list();
  }

  private List<Long> holders(long sanction) {
    return desk.jdbc
        .sql(
            """
            select official_id from protection.sanction where id = :id
            union all select official_id from protection.sanction_effect where sanction_id = :id
            """)
        .param("id", sanction)
        .query(Long.class)
        .list();
  }
}
