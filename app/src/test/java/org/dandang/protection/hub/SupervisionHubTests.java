package org.dandang.protection.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.dandang.DandangTest;
import org.dandang.official.ImportFile;
import org.dandang.official.TableFiles;
import org.dandang.platform.access.Role;
import org.dandang.platform.custody.CustodyProblem;
import org.dandang.platform.jobs.Progress;
import org.dandang.platform.ledger.Readings;
import org.dandang.platform.procedure.Desk;
import org.dandang.platform.procedure.Done;
import org.dandang.platform.procedure.Party;
import org.dandang.platform.web.NotHere;
import org.dandang.platform.web.Refused;
import org.dandang.protection.accusation.SomeOutsiders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/**
 * Rows P40, P41 and P54: leads of every source in one place, one matter with many officials, told
 * apart, linked and closed by people, counted since a day, seen by whoever needs to and nobody
 * else.
 */
@DandangTest
@AutoConfigureMockMvc
@Import(Desk.Surroundings.class)
class SupervisionHubTests {
  private static final String PACK = "national/lead-closing";
  private static final Map<String, String> FINDING =
      Map.of(
          "facts", "经核实，反映的事项经过如下",
          "proposed", "unfounded",
          "severity", "moderate",
          "basis", "有会议记录和票据为证");

  @Autowired ApplicationContext context;
  @Autowired Intake intake;
  @Autowired Leads leads;
  @Autowired Linking linking;
  @Autowired Duplicates duplicates;
  @Autowired Contacts contacts;
  @Autowired LeadCounts counts;
  @Autowired LeadFiles files;
  @Autowired IntakeKeys keys;
  @Autowired Readings readings;
  @Autowired MockMvc mvc;

  private Desk desk;
  private long county;
  private long unit;
  private long elsewhere;
  private static int number;

  @BeforeEach
  void office() {
    desk = new Desk(context);
    desk.time.moveTo(LocalDate.of(2026, 6, 1));
    county = desk.unit("hub-county", "county", null);
    unit = desk.unit("hub-bureau", "county-department", county);
    elsewhere = desk.unit("hub-elsewhere", "county", null);
    desk.account("hub-officer", Role.PERSONNEL_OFFICER, county);
    desk.account("hub-discipline", Role.DISCIPLINE_OFFICER, county);
    desk.account("hub-discipline2", Role.DISCIPLINE_OFFICER, county);
    desk.account("hub-petition", Role.PETITION_OFFICER, county);
    desk.account("hub-other", Role.PERSONNEL_OFFICER, elsewhere);
    desk.account("hub-head", Role.HEAD_OF_UNIT, county);
  }

  private static NewLead lead(
      Source source, long unit, LocalDate received, List<NewLead.Named> people) {
    number++;
    return new NewLead(
        source,
        "第三轮",
        "R-" + number,
        "反映事项 " + number,
        "反映在第 " + number + " 号项目的招标、验收和付款中有问题，附材料 " + number * 7919 + " 页",
        received,
        unit,
        "specific",
        "moderate",
        false,
        "",
        PACK,
        people);
  }

  private static NewLead.Named named(String key) {
    return new NewLead.Named("某" + key, "hub-bureau", "科员");
  }

  private long taken(String who, NewLead lead) {
    return intake.take(UUID.randomUUID(), lead, "form", desk.as(who)).id();
  }

  private void link(long lead, long official, String name) {
    long person =
        leads.find(lead).orElseThrow().people().stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow()
            .id();
    linking.link(person, official, "姓名、单位和职务一致", desk.as("hub-discipline"));
  }

  @Test
  void seventySevenMattersAndThreeHundredAndSixtyTwoOfficialsAreCountedSinceADay() {
    Random random = new Random(41);
    long counted = desk.unit("hub-counted", "county-department", county);
    int officials = 0;
    List<Long> first = new ArrayList<>();
    for (int matter = 0; matter < 77; matter++) {
      int many = matter == 76 ? 362 - officials : 3 + random.nextInt(4);
      many = Math.min(many, 362 - officials - (76 - matter));
      LocalDate received = LocalDate.of(2018, 1, 2).plusDays(random.nextInt(2_900));
      List<NewLead.Named> people = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        people.add(named("H" + (officials + i)));
      }
      long id =
          taken("hub-officer", lead(Source.values()[random.nextInt(5)], counted, received, people));
      for (int i = 0; i < many; i++) {
        link(id, desk.official("H" + (officials + i), unit), "某H" + (officials + i));
      }
      officials += many;
      if (matter < 3) {
        first.add(id);
      }
    }
    LeadFilter since = LeadFilter.of(Map.of("since", "2018-01-01", "unit", Long.toString(counted)));
    LeadCounts.Overview overview = counts.overview(desk.as("hub-officer"), since);
    LeadCounts.Counted total = overview.total();
    assertThat(total.matters()).isEqualTo(77);
    assertThat(total.officials()).isEqualTo(362);
    assertThat(overview.by("source").stream().mapToLong(LeadCounts.Counted::matters).sum())
        .isEqualTo(77);
    assertThat(overview.by("year").stream().mapToLong(LeadCounts.Counted::matters).sum())
        .isEqualTo(77);
    assertThat(overview.by("unit"))
        .singleElement()
        .extracting(LeadCounts.Counted::officials)
        .isEqualTo(362L);
    assertThat(total.overdue())
        .isEqualTo(
            leads.count(
                desk.as("hub-officer"),
                LeadFilter.of(
                    Map.of(
                        "state",
                        "overdue",
                        "since",
                        "2018-01-01",
                        "unit",
                        Long.toString(counted)))));
    // Those elsewhere count nothing.
    assertThat(counts.overview(desk.as("hub-other"), since).total().matters()).isZero();
    String[] outcomes = {"unfounded", "unproven", "mistake"};
    long settled = 0;
    for (int i = 0; i < first.size(); i++) {
      for (Lead.Person person : leads.find(first.get(i)).orElseThrow().people()) {
        closed(first.get(i), person.official(), outcomes[i]);
        settled++;
      }
      assertThat(leads.find(first.get(i)).orElseThrow().state()).isEqualTo("closed");
    }
    LeadCounts.Counted after = counts.overview(desk.as("hub-officer"), since).total();
    assertThat(after.unfounded() + after.unproven() + after.mistake()).isEqualTo(settled);
    assertThat(after.open()).isEqualTo(74);
    assertThat(
            counts.overview(desk.as("hub-officer"), since).bySeverity().stream()
                .mapToLong(LeadCounts.Severe::officials)
                .sum())
        .isEqualTo(settled);
  }

  private void closed(long lead, long official, String outcome) {
    Done done = proposed(lead, official);
    desk.act("hub-discipline2", done, outcome, "核实清楚", Map.of());
    assertThat(desk.result(done.matter())).isEqualTo(outcome);
  }

  private Done proposed(long lead, long official) {
    Map<String, String> answers = new java.util.HashMap<>(FINDING);
    answers.put("lead", leads.find(lead).orElseThrow().number());
    return desk.begin("hub-discipline", PACK, unit, Party.official(official), answers);
  }

  @Test
  void aBreachStandsOnlyAfterAReplyADecisionAndTimeToObjectAndAnUnprovenLeadIsNotUnfounded() {
    long official = desk.official("B1", unit);
    desk.own("hub-b1", official);
    long lead =
        taken(
            "hub-officer",
            lead(Source.AUDIT, unit, LocalDate.of(2026, 5, 20), List.of(named("B1"))));
    link(lead, official, "某B1");
    Done done = proposed(lead, official);
    assertThatThrownBy(() -> desk.act("hub-discipline", done.matter(), "hear", "须听取意见", Map.of()))
        .isInstanceOf(Refused.class);
    desk.act("hub-discipline2", done.matter(), "hear", "须听取意见", Map.of());
    desk.act("hub-b1", done.matter(), "replied", "", Map.of("statement", "经过如下"));
    desk.act("hub-discipline2", done.matter(), "breach", "与票据不符", Map.of());
    assertThat(leads.find(lead).orElseThrow().people().getFirst().outcome()).isNull();
    desk.act("hub-b1", done.matter(), "no-objection", "", Map.of());
    assertThat(desk.result(done.matter())).isEqualTo("breach");
    assertThat(leads.find(lead).orElseThrow().people().getFirst().outcome())
        .isEqualTo(Outcome.BREACH);
    // The same lead cannot come to a second outcome.
    assertThatThrownBy(() -> closed(lead, official, "unfounded")).isInstanceOf(Refused.class);
    LeadFilter unfounded = LeadFilter.of(Map.of("outcome", "unfounded", "q", "某B1"));
    assertThat(leads.list(desk.as("hub-officer"), unfounded, 0)).isEmpty();
  }

  @Test
  void whoIsNamedDoesNotSeeTheLeadAndEveryReadingIsRecorded() throws Exception {
    long official = desk.official("N1", unit);
    long lead =
        taken(
            "hub-petition",
            lead(Source.PETITION, unit, LocalDate.of(2026, 5, 20), List.of(named("N1"))));
    link(lead, official, "某N1");
    desk.own("hub-n1", official);
    assertThat(status(get("/protection/leads/" + lead), "hub-officer")).isEqualTo(200);
    assertThat(status(get("/protection/leads/" + lead), "hub-petition")).isEqualTo(200);
    assertThat(status(get("/protection/leads/" + lead), "hub-other")).isEqualTo(404);
    assertThat(status(get("/protection/leads/" + lead), "hub-n1")).isEqualTo(403);
    assertThat(status(get("/protection/officials/" + official), "hub-officer")).isEqualTo(200);
    assertThat(status(get("/protection/officials/" + official), "hub-other")).isEqualTo(404);
    assertThat(status(get("/protection/officials/" + official), "hub-petition")).isEqualTo(403);
    assertThat(body(get("/me/matters"), "hub-n1")).doesNotContain("反映事项");
    assertThat(
            desk.jdbc
                .sql(
                    "select count(*) from platform.ledger_entry where action = 'record-read' and"
                        + " subject_kind = 'lead' and subject_id = ?")
                .param(Long.toString(lead))
                .query(Long.class)
                .single())
        .isEqualTo(2);
    for (String page :
        List.of(
            "/protection",
            "/protection/leads?state=open",
            "/protection/means",
            "/protection/statements",
            "/protection/leads/new",
            "/protection/leads/files",
            "/protection/leads/keys",
            "/protection/leads.csv")) {
      assertThat(status(get(page), "hub-officer")).as(page).isEqualTo(200);
    }
  }

  @Test
  void allReadingsOfADayAreOneLineThatSaysHowMany() throws Exception {
    long lead =
        taken(
            "hub-petition",
            lead(Source.PETITION, unit, LocalDate.of(2026, 5, 20), List.of(named("R1"))));
    readings.record(
        "hub-discipline", LeadAccess.KIND, Collections.nCopies(130, lead), "lead", null);
    desk.time.moveTo(LocalDate.of(2026, 6, 2));
    readings.record("hub-discipline", LeadAccess.KIND, lead, "lead", null);
    assertThat(body(get("/protection/leads/" + lead), "hub-officer"))
        .containsOnlyOnce("当天130次")
        .containsPattern("2026-06-02 [0-9:]+ · hub-discipline</li>");
    assertThat(readings.days(LeadAccess.KIND, lead, 2))
        .extracting(Readings.DayOfReading::reader, Readings.DayOfReading::times)
        .containsExactly(tuple("hub-officer", 1L), tuple("hub-discipline", 1L));
  }

  private int status(
      org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder asked, String who)
      throws Exception {
    return answer(asked, who).getStatus();
  }

  private String body(
      org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder asked, String who)
      throws Exception {
    return answer(asked, who).getContentAsString(StandardCharsets.UTF_8);
  }

  private MockHttpServletResponse answer(
      org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder asked, String who)
      throws Exception {
    return mvc.perform(asked.with(user(desk.as(who))).with(csrf())).andReturn().getResponse();
  }

  @Test
  void anOfficialIsSuggestedWithReasonsAndLinkedByAPerson() {
    long official = desk.official("S1", unit);
    long lead =
        taken(
            "hub-officer",
            lead(Source.ENVIRONMENT, unit, LocalDate.of(2026, 5, 20), List.of(named("S1"))));
    Lead.Person person = leads.find(lead).orElseThrow().people().getFirst();
    assertThat(linking.suggestions(person, desk.as("hub-officer")))
        .first()
        .satisfies(
            one -> {
              assertThat(one.official()).isEqualTo(official);
              assertThat(one.why()).contains("name", "unit", "post");
            });
    assertThat(linking.suggestions(person, desk.as("hub-other"))).isEmpty();
    assertThatThrownBy(() -> linking.link(person.id(), official, " ", desk.as("hub-officer")))
        .isInstanceOf(Refused.class);
    linking.link(person.id(), official, "一致", desk.as("hub-officer"));
    linking.unlink(person.id(), desk.as("hub-officer"));
    linking.setAside(person.id(), "库内没有此人", desk.as("hub-officer"));
    assertThat(leads.find(lead).orElseThrow().state()).isEqualTo("closed");
  }

  @Test
  void duplicatesAreShownWithWhyMergedByAPersonAndParted() {
    NewLead one =
        lead(Source.INSPECTION, unit, LocalDate.of(2026, 5, 20), List.of(named("D1"), named("D2")));
    NewLead two =
        new NewLead(
            Source.PETITION,
            "",
            "",
            one.title() + "（补充）",
            one.content() + "，另有照片",
            one.receivedOn(),
            unit,
            "specific",
            "moderate",
            false,
            "",
            PACK,
            List.of(named("D1"), named("D3")));
    long kept = taken("hub-officer", one);
    long merged = taken("hub-petition", two);
    taken("hub-officer", lead(Source.AUDIT, unit, LocalDate.of(2026, 5, 20), List.of(named("D9"))));
    List<Duplicates.Likely> likely =
        duplicates.of(leads.find(kept).orElseThrow(), desk.as("hub-officer"));
    assertThat(likely)
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.lead().id()).isEqualTo(merged);
              assertThat(found.why())
                  .extracting(Duplicates.Why::key)
                  .contains("name-and-unit", "text", "near");
            });
    duplicates.merge(kept, merged, "同一事项", desk.as("hub-officer"));
    assertThat(leads.find(merged).orElseThrow().state()).isEqualTo("merged");
    assertThat(leads.find(kept).orElseThrow().people())
        .extracting(Lead.Person::name)
        .containsExactly("某D1", "某D2", "某D3");
    duplicates.undo(kept, duplicates.mergedInto(kept).getFirst().id(), desk.as("hub-officer"));
    assertThat(leads.find(merged).orElseThrow().state()).isEqualTo("open");
    assertThat(leads.find(kept).orElseThrow().people()).hasSize(2);
    duplicates.apart(kept, merged, desk.as("hub-officer"));
    assertThat(duplicates.of(leads.find(kept).orElseThrow(), desk.as("hub-officer"))).isEmpty();
    assertThatThrownBy(() -> duplicates.merge(kept, merged, "x", desk.as("hub-other")))
        .isInstanceOf(NotHere.class);
  }

  @Test
  void machinesBringALeadOnceWithTheirKey() throws Exception {
    String key = keys.make("信访系统", Source.PETITION, unit, desk.as("hub-officer"));
    String client = UUID.randomUUID().toString();
    String body =
        """
        {"client": "%s", "title": "反映事项", "content": "反映的内容", "received": "2026-05-20", "clue": "general",
         "gravity": "slight", "people": [{"name": "某M1", "unit": "hub-bureau", "post": "科员"}]}
        """;
    assertThat(sent(key, body.formatted(client)).getStatus()).isEqualTo(201);
    assertThat(sent(key, body.formatted(client)).getStatus()).isEqualTo(200);
    assertThat(sent(key, body.formatted(client).replace("slight", "grave")).getStatus())
        .isEqualTo(409);
    assertThat(sent("wrong", body.formatted(client)).getStatus()).isEqualTo(401);
    assertThat(sent(key, "{\"client\": ").getStatus()).isEqualTo(400);
    assertThat(
            sent(
                    key,
                    body.formatted(UUID.randomUUID())
                        .replace("\"clue\": \"general\"", "\"clue\": \"x\""))
                .getContentAsString(StandardCharsets.UTF_8))
        .contains("\"clue\"");
    assertThat(
            desk.jdbc
                .sql("select count(*) from protection.lead_person where name = '某M1'")
                .query(Long.class)
                .single())
        .isEqualTo(1);
  }

  private MockHttpServletResponse sent(String key, String body) throws Exception {
    return mvc.perform(
            post("/intake/leads")
                .header("Authorization", "Bearer " + key)
                .contentType("application/json")
                .content(body.getBytes(StandardCharsets.UTF_8)))
        .andReturn()
        .getResponse();
  }

  private static ImportFile sent(Path file) throws IOException {
    return ImportFile.at(file)
        .refusedTo(Files.createTempFile("refused", ".xlsx"), Locale.SIMPLIFIED_CHINESE);
  }

  @Test
  void aWorkbookBringsEachRowOnceAndItsWrongRowsComeBackMarked() throws Exception {
    Path file = Files.createTempFile("leads", ".csv");
    Files.writeString(
        file,
        """
        来源,标题,反映的内容,收到日期,承办单位,具体程度,轻重,涉及人员
        审计,导入甲,内容甲,2026-05-20,hub-bureau,具体,一般,"某W1，hub-bureau，科员；某W2"
        审计,导入乙,内容乙,2026-05-21,没有的单位,具体,一般,某W3
        别的,导入丙,内容丙,2026-05-21,hub-bureau,具体,一般,某W4
        """);
    TableFiles.Taken taken = files.taken(sent(file), desk.as("hub-officer"), Progress.unwatched());
    assertThat(taken.stored()).isEqualTo(1);
    assertThat(taken.refused()).isEqualTo(2);
    assertThat(taken.marked()).isNotNull();
    TableFiles.Taken again = files.taken(sent(file), desk.as("hub-officer"), Progress.unwatched());
    assertThat(again.stored()).isZero();
    assertThat(again.unchanged()).isEqualTo(1);
    TableFiles.Taken corrected =
        files.taken(sent(taken.marked()), desk.as("hub-officer"), Progress.unwatched());
    assertThat(corrected.read()).isEqualTo(2);
    assertThat(corrected.refused()).isEqualTo(2);
  }

  @Test
  void leadsOfAnInspectionRoundAreHandledInTheirTimeAndOverdueOnesAreListed() {
    NewLead of = lead(Source.INSPECTION, unit, LocalDate.of(2026, 3, 2), List.of(named("I1")));
    NewLead jiangxi =
        new NewLead(
            of.source(),
            of.round(),
            of.reference(),
            of.title(),
            of.content(),
            of.receivedOn(),
            unit,
            of.clue(),
            of.gravity(),
            false,
            "",
            "jiangxi/inspection-leads",
            of.people());
    long lead = taken("hub-officer", jiangxi);
    LocalDate due = leads.find(lead).orElseThrow().dueOn();
    assertThat(due).isAfter(LocalDate.of(2026, 5, 20)).isBefore(LocalDate.of(2026, 6, 10));
    LeadFilter overdue = LeadFilter.of(Map.of("state", "overdue", "q", of.reference()));
    desk.time.moveTo(due);
    assertThat(leads.list(desk.as("hub-officer"), overdue, 0)).isEmpty();
    desk.time.moveTo(due.plusDays(1));
    assertThat(leads.list(desk.as("hub-officer"), overdue, 0)).hasSize(1);
    long official = desk.official("I1", unit);
    link(lead, official, "某I1");
    Map<String, String> answers = new java.util.HashMap<>(FINDING);
    answers.put("lead", leads.find(lead).orElseThrow().number());
    Done done =
        desk.begin(
            "hub-discipline", "jiangxi/inspection-leads", unit, Party.official(official), answers);
    desk.act("hub-discipline2", done, "mistake", "工作失误", Map.of());
    assertThat(leads.find(lead).orElseThrow().state()).isEqualTo("closed");
  }

  @Test
  void withoutCustodiansALeadWithAReporterIsNotKeptByHalf() {
    NewLead of = lead(Source.PETITION, unit, LocalDate.of(2026, 5, 20), List.of(named("C1")));
    NewLead with =
        new NewLead(
            of.source(),
            of.round(),
            of.reference(),
            of.title(),
            of.content(),
            of.receivedOn(),
            unit,
            of.clue(),
            of.gravity(),
            false,
            "检举人：赵六",
            PACK,
            of.people());
    assertThatThrownBy(() -> taken("hub-petition", with)).isInstanceOf(CustodyProblem.class);
    assertThat(leads.list(desk.as("hub-officer"), LeadFilter.of(Map.of("q", of.reference())), 0))
        .isEmpty();
  }

  @Test
  void theLeastIntrusiveMeansIsProposedWithItsReasonAndALetterNeedsOneOfItsOwn() {
    long official = desk.official("L1", unit);
    long lead =
        taken(
            "hub-officer",
            lead(Source.AUDIT, unit, LocalDate.of(2026, 5, 20), List.of(named("L1"))));
    link(lead, official, "某L1");
    long person = leads.find(lead).orElseThrow().people().getFirst().id();
    Contacts.Proposal proposal = contacts.propose(person, desk.as("hub-officer"), Locale.ENGLISH);
    assertThat(proposal.means()).isEqualTo(Means.EXPLANATION);
    assertThat(proposal.rule()).isEqualTo("Specific");
    assertThat(proposal.clause()).startsWith("2");
    assertThatThrownBy(
            () ->
                contacts.choose(
                    UUID.randomUUID(), person, Means.INQUIRY_LETTER, "", desk.as("hub-officer")))
        .isInstanceOf(Refused.class);
    UUID client = UUID.randomUUID();
    String path =
        contacts.choose(client, person, Means.INQUIRY_LETTER, "书面说明不足以说清", desk.as("hub-officer"));
    assertThat(path).startsWith("/matters/");
    contacts.choose(client, person, Means.INQUIRY_LETTER, "书面说明不足以说清", desk.as("hub-officer"));
    assertThat(contacts.of(lead)).hasSize(1);
    contacts.choose(UUID.randomUUID(), person, Means.TALK, "先谈话", desk.as("hub-officer"));
    List<LeadCounts.Asked> asked = counts.means(desk.as("hub-officer"), LocalDate.of(2026, 1, 1));
    assertThat(asked)
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.letter()).isEqualTo(1);
              assertThat(one.talk()).isEqualTo(1);
              assertThat(one.asProposed()).isZero();
            });
    LeadCounts.Letters letters = counts.letters(desk.as("hub-officer"), LocalDate.of(2026, 1, 1));
    assertThat(letters.withReason()).isEqualTo(letters.chosen()).isEqualTo(1);
    assertThat(letters.approved()).isZero();
  }

  @Test
  void manyLeadsAreCountedWhenThePageIsThereAlready() throws Exception {
    assertThat(body(get("/protection"), "hub-officer")).contains("class=\"figures\"");
    desk.jdbc
        .sql(
            "select pg_restore_relation_stats('schemaname', 'protection', 'relname', 'lead',"
                + " 'reltuples', cast(1000000 as real))")
        .query(Boolean.class)
        .single();
    try {
      assertThat(body(get("/protection?since=2020-01-01"), "hub-officer"))
          .contains("hx-get=\"/protection/figures?since=2020-01-01\"")
          .doesNotContain("class=\"figures\"");
      assertThat(body(get("/protection?counted=now"), "hub-officer")).contains("class=\"figures\"");
    } finally {
      desk.jdbc.sql("analyze protection.lead").update();
    }
    assertThat(body(get("/protection/figures"), "hub-officer"))
        .contains("class=\"figures\"")
        .doesNotContain("<html");
  }

  @Test
  void theMillionthLeadHasANumberOfItsOwn() {
    for (long id : new long[] {9_100_000, 91_000_001}) {
      jdbcLead(id);
      assertThat(leads.find(id).orElseThrow().number()).isEqualTo("2026-" + id);
      desk.jdbc.sql("delete from protection.lead where id = ?").param(id).update();
    }
    long small =
        taken(
            "hub-officer",
            lead(Source.AUDIT, unit, LocalDate.of(2026, 5, 2), List.of(named("Million"))));
    assertThat(leads.find(small).orElseThrow().number()).matches("2026-[0-9]{6}");
  }

  private void jdbcLead(long id) {
    desk.jdbc
        .sql(
            """
            insert into protection.lead (id, source, reference, title, content, received_on, unit_id, clue, gravity, pack, channel, recorded_at, recorded_by)
            overriding system value
            select ?, 'audit', 'million-' || ?, 'x', 'x', date '2026-05-02', ?, 'general', 'slight', ?, 'form', now(), 'test'
            """)
        .params(id, id, unit, PACK)
        .update();
  }

  @Test
  void aStatementIsAnOfficialsAndWhoeverIsNoneIsToldSo() {
    String pack = "beijing/statement-review";
    assertThatThrownBy(
            () ->
                desk.begin(
                    "hub-officer", pack, unit, new Party("unit", unit), Map.of("matter", "有关事项")))
        .isInstanceOfSatisfying(
            Refused.class, one -> assertThat(one.key()).endsWith("refused.no-person"));
    Done done =
        desk.begin(
            "hub-officer",
            pack,
            unit,
            new SomeOutsiders(context).one(unit),
            Map.of("matter", "有关事项"));
    desk.act("hub-officer", done.matter(), "stated", "", Map.of("said", "书面说明如下"));
    assertThatThrownBy(
            () -> desk.act("hub-discipline", done.matter(), "accept", "清楚", Map.of("view", "清楚")))
        .isInstanceOfSatisfying(
            Refused.class, one -> assertThat(one.key()).endsWith("refused.no-official"));
    assertThat(desk.at(done.matter())).isEqualTo("assess");
  }

  @Test
  void anAcceptedStatementClosesOnlyWhenTheHeadAndTheOfficialHaveBothBeenTold() throws Exception {
    String pack = "beijing/statement-review";
    List<Long> matters = new ArrayList<>();
    for (boolean acknowledged : new boolean[] {true, false}) {
      String key = acknowledged ? "T1" : "T2";
      long official = desk.official(key, unit);
      desk.own("hub-" + key.toLowerCase(Locale.ROOT), official);
      Done done =
          desk.begin("hub-officer", pack, unit, Party.official(official), Map.of("matter", "有关事项"));
      matters.add(done.matter());
      assertThat(body(get("/me/matters"), "hub-" + key.toLowerCase(Locale.ROOT)))
          .contains("/matters/" + done.matter());
      desk.act(
          "hub-" + key.toLowerCase(Locale.ROOT),
          done.matter(),
          "stated",
          "",
          Map.of("said", "说明如下"));
      assertThatThrownBy(
              () -> desk.act("hub-officer", done.matter(), "accept", "清楚", Map.of("view", "说明清楚")))
          .isInstanceOf(Refused.class);
      desk.act("hub-discipline", done.matter(), "accept", "清楚", Map.of("view", "说明清楚"));
      assertThat(desk.at(done.matter())).isEqualTo("tell-head");
      desk.act("hub-head", done.matter(), "acknowledged", "", Map.of());
      if (acknowledged) {
        desk.act("hub-t1", done.matter(), "acknowledged", "", Map.of());
      } else {
        desk.time.moveTo(LocalDate.of(2026, 6, 20));
        desk.theClockRuns();
        assertThat(desk.at(done.matter())).isEqualTo("hand-over");
        desk.act(
            "hub-officer",
            done.matter(),
            "handed",
            "",
            Map.of("handed-on", "2026-06-20", "handed-how", "当面"));
      }
      assertThat(desk.result(done.matter())).isEqualTo("accepted");
    }
    LeadCounts.StatedCounts told = counts.statementCounts(desk.as("hub-officer"));
    assertThat(told.accepted()).isEqualTo(2);
    assertThat(told.bothTold()).isEqualTo(2);
    assertThat(told.waiting()).isZero();
    assertThat(
            desk.jdbc
                .sql(
                    "select official_told_by from protection.statement where matter_id in"
                        + " (:matters) order by matter_id")
                .param("matters", matters)
                .query(String.class)
                .list())
        .containsExactly("acknowledged", "handed");
  }
}
