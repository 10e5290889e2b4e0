package org.dandang.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

import jakarta.servlet.ServletException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Assignments;
import org.dandang.platform.access.Recusals;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.access.Subject;
import org.dandang.platform.calendar.Term;
import org.dandang.platform.deadline.Deadlines;
import org.dandang.platform.deadline.NewDeadline;
import org.dandang.platform.deadline.Owner;
import org.dandang.platform.procedure.Acting;
import org.dandang.platform.procedure.Beginning;
import org.dandang.platform.procedure.Cases;
import org.dandang.platform.procedure.Command;
import org.dandang.platform.procedure.Desk;
import org.dandang.platform.procedure.Done;
import org.dandang.platform.procedure.Party;
import org.dandang.platform.publicnotice.NewPublicNotice;
import org.dandang.platform.publicnotice.PublicNotices;
import org.dandang.platform.web.GuardedPath;
import org.dandang.platform.web.Wording;
import org.dandang.survey.Surveys;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.AbstractMockHttpServletRequestBuilder;

/**
 * The part of the matrix about records that are no official's: matters, votes, public notices and
 * deadlines, each of the own unit, another, the one above, everybody's, about the reader, about the
 * reader's kin, and one from which the reader keeps away; every route, verb and role.
 */
@MatrixTest
@Import(Desk.Surroundings.class)
@TestPropertySource(properties = "dandang.test.database=record-matrix")
class RecordMatrixTests {
  private static final Set<String> KINDS = Set.of("matter", "survey", "public-notice", "deadline");
  private static final Map<String, String> LETTER =
      Map.of(
          "source", "report",
          "matter", "反映的事项",
          "less-intrusive", "statement-not-enough",
          "why-letter", "与档案不一致",
          "questions", "请说明经过");

  @Autowired MockMvc mvc;
  @Autowired JdbcClient jdbc;
  @Autowired Accounts accounts;
  @Autowired Assignments assignments;
  @Autowired Recusals recusals;
  @Autowired Deadlines deadlines;
  @Autowired PublicNotices notices;
  @Autowired Surveys surveys;
  @Autowired Cases cases;
  @Autowired List<GuardedPath> guarded;

  private static County county;
  private static final Map<String, SignedIn> READERS = new LinkedHashMap<>();

  /** The number of a kind's record for each relation. */
  private static final Map<String, Map<Relation, Long>> RECORDS = new LinkedHashMap<>();

  /** What a record is to the officer of the county. */
  private enum Relation {
    INSIDE("bureau", "inside"),
    /** About the official who reads as "official". */
    OWN("bureau", "own"),
    OTHER("school", "outside"),
    PARENT("city", "parent"),
    EVERYBODYS(null, null),
    /** About the officer. */
    SELF("bureau", "officer"),
    KIN("bureau", "kin"),
    /** The officer has declared to keep away. */
    RECUSED("bureau", "inside");

    private final @Nullable String unit;
    private final @Nullable String person;

    Relation(@Nullable String unit, @Nullable String person) {
      this.unit = unit;
      this.person = person;
    }

    /** Found in the title of the record and nowhere else. */
    String word() {
      return "鹳" + "子丑寅卯辰巳午未".charAt(ordinal()) + "鸣";
    }
  }

  @BeforeEach
  void twoCounties() {
    if (county != null) {
      return;
    }
    county = new County(jdbc, accounts, assignments);
    county.settle();
    SignedIn officer = county.account("rm-county", "officer", Role.PERSONNEL_OFFICER, "county");
    READERS.put("county", officer);
    READERS.put("all", county.account("rm-all", null, Role.PERSONNEL_OFFICER, null));
    READERS.put("official", county.account("rm-own", "own", null, null));
    READERS.put("head", county.account("rm-head", null, Role.HEAD_OF_UNIT, "bureau"));
    for (Role role : Role.values()) {
      if (!Set.of(Role.PERSONNEL_OFFICER, Role.OFFICIAL, Role.HEAD_OF_UNIT).contains(role)) {
        READERS.put(
            role.word(),
            county.account(
                "rm-" + role.word(), null, role, role.isAdministrator() ? null : "county"));
      }
    }
    KINDS.forEach(kind -> RECORDS.put(kind, new LinkedHashMap<>()));
    SignedIn drafter = county.account("rm-drafter", null, Role.PERSONNEL_OFFICER, null);
    for (Relation relation : Relation.values()) {
      Long unit = relation.unit == null ? null : county.units.get(relation.unit);
      List<Long> about =
          relation.person == null
              ? List.of()
              : List.of(Objects.requireNonNull(county.people.get(relation.person)));
      boolean ofPeople = relation == Relation.SELF || relation == Relation.KIN;
      put(
          "deadline",
          relation,
          deadlines
              .begin(
                  NewDeadline.of(
                          new Owner("test", relation.name()),
                          new Wording(Map.of("zh-CN", relation.word())),
                          "/officials",
                          Term.days(1),
                          LocalDate.of(2026, 1, 5))
                      .belonging(unit, about),
                  "test")
              .id());
      put(
          "public-notice",
          relation,
          notices
              .draft(
                  new NewPublicNotice("selection", null, relation.word(), "正文", "部", "电话", 5, false)
                      .belonging(unit, about),
                  "test")
              .id());
      if (!ofPeople) {
        put(
            "survey",
            relation,
            surveys.begin(
                surveys.offered().getFirst().pack().id(), relation.word(), unit, true, "test"));
      }
      if (unit != null) {
        put("matter", relation, matter(drafter, unit, relation));
      }
    }
    RECORDS.forEach(
        (kind, records) ->
            recusals.recuse(
                officer.account(),
                new Subject(kind, String.valueOf(records.get(Relation.RECUSED))),
                Recusals.Ground.OTHER,
                true,
                "同学"));
  }

  private long matter(SignedIn drafter, long unit, Relation relation) {
    Party party = Party.official(Objects.requireNonNull(county.people.get(relation.person)));
    Map<String, String> letter = new LinkedHashMap<>(LETTER);
    letter.put("questions", relation.word());
    Done done =
        cases.begin(
            new Command(UUID.randomUUID(), drafter),
            new Beginning("national/inquiry-letter", unit, List.of(party), letter));
    if (relation == Relation.OWN) {
      cases.act(
          new Command(UUID.randomUUID(), READERS.get("head")),
          new Acting(done.step(), done.edition(), "approve", "", Map.of()));
    }
    return done.matter();
  }

  private static void put(String kind, Relation relation, long id) {
    RECORDS.get(kind).put(relation, id);
  }

  /** Written by hand: who sees which record at all. */
  private static boolean sees(String reader, String kind, Relation relation) {
    return switch (reader) {
      case "all" -> true;
      case "county" -> relation == Relation.INSIDE || relation == Relation.OWN;
      case "official" -> kind.equals("matter") && relation == Relation.OWN;
      case "head" ->
          kind.equals("matter")
              && List.of(Relation.INSIDE, Relation.SELF, Relation.KIN, Relation.RECUSED)
                  .contains(relation);
      default -> false;
    };
  }

  @Test
  void everyRouteOfSuchARecordSaysSoInItsLine() throws Exception {
    List<String> missing = new ArrayList<>();
    for (MatrixLine line : MatrixLine.all()) {
      boolean ofARecord =
          List.of("/matters/{id}", "/surveys/{id}", "/public-notices/{id}", "/deadlines/{id}")
              .stream()
              .anyMatch(
                  path ->
                      line.pattern().equals(path)
                          || line.pattern().startsWith(path + "/")
                          || line.pattern().startsWith(path + "."));
      if (ofARecord != KINDS.contains(line.record())) {
        missing.add(line.route());
      }
    }
    assertThat(missing).isEmpty();
    assertThat(guarded.stream().map(GuardedPath::kind).toList())
        .contains("survey", "public-notice", "deadline");
  }

  @Test
  void nobodyPassesToARecordThatIsNotTheirs() throws Exception {
    List<String> wrong = new ArrayList<>();
    int refused = 0;
    for (String reader : READERS.keySet()) {
      refused += wrong(reader, reader, Set.of("GET", "POST"), wrong);
    }
    assertThat(wrong).isEmpty();
    assertThat(refused).as("refusals looked at").isGreaterThan(1000);
  }

  /** The control: an officer over everything, held to what the county's may, is found at once. */
  @Test
  void whoeverPassesFurtherIsFound() throws Exception {
    List<String> wrong = new ArrayList<>();
    wrong("all", "county", Set.of("GET"), wrong);
    for (String kind : KINDS) {
      assertThat(wrong).as(kind).anyMatch(text -> text.contains(" " + kind + " OTHER"));
      assertThat(wrong).as(kind).anyMatch(text -> text.contains(" " + kind + " PARENT"));
      assertThat(wrong).as(kind).anyMatch(text -> text.contains(" " + kind + " RECUSED"));
    }
  }

  /** Asks every route of every record; what is answered otherwise than {@link #sees} is added. */
  private int wrong(String reader, String as, Set<String> verbs, List<String> wrong)
      throws Exception {
    int refused = 0;
    for (MatrixLine line : MatrixLine.all()) {
      if (!verbs.contains(line.verb())) {
        continue;
      }
      for (Map.Entry<Relation, Long> record :
          RECORDS.getOrDefault(line.record(), Map.of()).entrySet()) {
        boolean sees = sees(as, line.record(), record.getKey());
        boolean simple =
            line.verb().equals("GET")
                && line.pattern().indexOf('{', line.pattern().indexOf('}')) < 0;
        if (sees && !(simple && isShown(line))) {
          continue;
        }
        int status = status(line, record.getValue(), reader);
        // Who has just done a step of it is told that it has gone on, and nothing of it.
        boolean did = reader.equals("head") && record.getKey() == Relation.OWN && status == 409;
        boolean isRefused = status == 403 || status == 404 || did;
        if (isRefused == sees) {
          wrong.add(
              reader
                  + " "
                  + line.record()
                  + " "
                  + record.getKey()
                  + " "
                  + line.route()
                  + ": "
                  + status);
        }
        refused += isRefused ? 1 : 0;
      }
    }
    return refused;
  }

  /** Pages that are there for a record as it stands here. */
  private static boolean isShown(MatrixLine line) {
    return !line.pattern()
        .matches(".*/(objections|answers|paper|print|result\\.xlsx|paper/print)$");
  }

  private int status(MatrixLine line, long id, String reader) throws Exception {
    String path =
        line.pattern()
            .replace("{" + line.variable() + "}", Long.toString(id))
            .replace("{step}", Long.toString(of("matter_step", "id", id)))
            .replace("{paper}", Long.toString(of("matter_form", "id", id)))
            .replace("{what}", "claim")
            .replaceAll("\\{what:[^}]*}", "stop")
            .replaceAll("\\{[^}]*}", "1");
    AbstractMockHttpServletRequestBuilder<?> asked =
        path.endsWith("/documents") && line.verb().equals("POST")
            ? multipart(URI.create(path)).file("file", "x".getBytes(StandardCharsets.UTF_8))
            : request(HttpMethod.valueOf(line.verb()), URI.create(path));
    asked.with(csrf()).with(user(Objects.requireNonNull(READERS.get(reader))));
    if (!line.verb().equals("GET")) {
      if (!path.endsWith("/documents")) {
        asked.contentType("application/x-www-form-urlencoded");
      }
      asked
          .param("client", UUID.randomUUID().toString())
          .param("edition", "1")
          .param("reasons", "因为")
          .param("reason", "因为")
          .param("field", "x")
          .param("more", "1")
          .param("name", "nobody")
          .param("result", "upheld")
          .param("words", "…")
          .param("finding", "upheld")
          .param("answer", "…");
    }
    try {
      return mvc.perform(asked).andReturn().getResponse().getStatus();
    } catch (ServletException e) {
      return 500;
    }
  }

  private long of(String table, String column, long matter) {
    return jdbc.sql(
            "select coalesce(min("
                + column
                + "), 1) from platform."
                + table
                + " where matter_id = ?")
        .param(matter)
        .query(Long.class)
        .single();
  }

  @Test
  void listsHoldWhatIsTheReadersOnly() throws Exception {
    Map<String, String> lists =
        Map.of(
            "/deadlines?which=overdue", "deadline",
            "/public-notices?which=draft", "public-notice",
            "/surveys?state=draft", "survey");
    for (Map.Entry<String, String> list : lists.entrySet()) {
      for (String reader : List.of("county", "all")) {
        String said = text(list.getKey(), reader);
        RECORDS
            .get(list.getValue())
            .forEach(
                (relation, id) -> {
                  assertThat(said.contains(relation.word()))
                      .as(reader + " " + list.getKey() + " " + relation)
                      .isEqualTo(sees(reader, list.getValue(), relation));
                });
      }
    }
  }

  @Test
  void aMatterNamesItsPersonToWhoeverHasToActOnIt() throws Exception {
    String path = "/matters/" + RECORDS.get("matter").get(Relation.INSIDE);
    assertThat(text(path, "head")).contains(County.word("inside"));
    assertThat(text("/inbox?tab=unit", "head")).contains(County.word("inside"));
  }

  /** A reading goes into the ledger; the person sees it among the readings, once told. */
  @Test
  void readingAMatterIsShownToThePersonWhoHasBeenToldOfIt() throws Exception {
    long told = Objects.requireNonNull(RECORDS.get("matter").get(Relation.OWN));
    long untold = Objects.requireNonNull(RECORDS.get("matter").get(Relation.SELF));
    text("/matters/" + told, "all");
    text("/matters/" + untold, "all");
    text("/matters/" + told, "official");
    assertThat(
            jdbc.sql(
                    """
                    select actor || ' ' || subject_id from platform.ledger_entry
                     where action = 'record-read' and subject_kind = 'matter' and subject_id = any (?)
                    """)
                .param(new String[] {Long.toString(told), Long.toString(untold)})
                .query(String.class)
                .list())
        .contains("rm-all " + told, "rm-all " + untold)
        .doesNotContain("rm-own " + told);
    assertThat(text("/me/readings", "official")).contains("rm-all").contains("办理中的事项");
    assertThat(text("/me/readings", "county")).doesNotContain("办理中的事项");
  }

  private String text(String path, String reader) throws Exception {
    MockHttpServletResponse answer =
        mvc.perform(
                request(HttpMethod.GET, URI.create(path))
                    .with(user(Objects.requireNonNull(READERS.get(reader)))))
            .andReturn()
            .getResponse();
    assertThat(answer.getStatus()).as(path).isEqualTo(200);
    return answer.getContentAsString(StandardCharsets.UTF_8);
  }

  @Test
  void everyKindHasItsRecords() {
    assertThat(new TreeSet<>(RECORDS.keySet())).isEqualTo(new TreeSet<>(KINDS));
    RECORDS.values().forEach(records -> assertThat(records).hasSizeGreaterThan(5));
  }
}
