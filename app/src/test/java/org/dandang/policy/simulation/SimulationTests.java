package org.dandang.policy.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.dandang.DandangTest;
import org.dandang.demonstration.Demonstration;
import org.dandang.demonstration.Size;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.export.Exports;
import org.dandang.platform.export.MarkedFile;
import org.dandang.platform.jobs.Progress;
import org.dandang.policy.PolicyProblem;
import org.dandang.policy.fact.Facts;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.Packs;
import org.dandang.policy.pack.PolicyVersion;
import org.dandang.policy.run.Explaining;
import org.dandang.policy.run.PolicyRuns;
import org.dandang.policy.run.Reasons;
import org.dandang.policy.run.Scope;
import org.dandang.selection.SlateLine;
import org.dandang.selection.Slates;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** The shipped packs, changed, over a small invented prefecture. */
@DandangTest
@AutoConfigureMockMvc
@TestPropertySource(
    properties = {
      "dandang.password.cost=4",
      "dandang.packs=${user.dir}/../packs",
      "dandang.test.database=a prefecture"
    })
class SimulationTests {
  private static final String PRIORITY = "guizhou/front-line-priority";
  private static final String QUOTA = "zhaotong/front-line-quota";
  private static final String SERGEANT = "example/sergeant-eligibility";

  @Autowired Demonstration demonstration;
  @Autowired PolicyRuns policies;
  @Autowired Simulations simulations;
  @Autowired Exports exports;
  @Autowired SimulationFiles files;
  @Autowired Explaining explaining;
  @Autowired Facts facts;
  @Autowired Slates slates;
  @Autowired Packs packs;
  @Autowired Accounts accounts;
  @Autowired JdbcClient jdbc;
  @Autowired MockMvc mvc;
  @TempDir Path folder;

  private LocalDate day;

  @BeforeEach
  void aSmallPrefecture() {
    if (!demonstration.isFilled()) {
      demonstration.fill(Size.SMALL, file -> Progress.unwatched());
      accounts.create(
          "officer", "officer", "a long password", Role.PERSONNEL_OFFICER, null, "test");
      accounts.create("official", "official", "a long password", Role.OFFICIAL, 1L, "test");
    }
    day =
        jdbc.sql("select max(starts_on) from official.posting where starts_on <= current_date")
            .query(LocalDate.class)
            .single();
  }

  @Test
  void aFigureSetGivesWhatAPackWithThatFigureGives() throws IOException {
    Path copy = copyOf(PRIORITY);
    Path parameters = copy.resolve("parameters.yaml");
    Files.writeString(
        parameters,
        Files.readString(parameters)
            .replace("clause: \"2\", value: 24", "clause: \"2\", value: 12"));
    Pack changedPack = policies.over(new Packs(folder)).pack(PRIORITY);
    Simulation set = simulation(PRIORITY, "required-front-line-months=12");
    Simulation written =
        new Simulation(
            set.before(), PolicyVersion.of(changedPack, day), null, List.of(), Scope.now());

    Comparison one = compare(set);
    Comparison other = compare(written);

    assertThat(one.changed()).isPositive();
    assertThat(one.after().name()).isEqualTo(other.after().name());
    assertThat(one.outcomes()).isEqualTo(other.outcomes());
    assertThat(one.rules()).isEqualTo(other.rules());
    assertThat(one.transitions()).isEqualTo(other.transitions());
    assertThat(one.groupings()).isEqualTo(other.groupings());
    assertThat(everyoneWhoChanges(set)).isEqualTo(everyoneWhoChanges(written));
  }

  @Test
  void whoChangesHadBeforeWhatTheReasonsForOneSay() {
    List<Changed> changed =
        everyoneWhoChanges(simulation(PRIORITY, "required-front-line-months=12"));

    assertThat(changed).isNotEmpty();
    for (Changed one : changed.subList(0, Math.min(20, changed.size()))) {
      Reasons reasons = explaining.explain(policies.pack(PRIORITY), day, one.subject(), null);
      assertThat(one.before().outcome()).isEqualTo(reasons.outcome());
      assertThat(one.before().rule()).isEqualTo(reasons.rule());
    }
  }

  @Test
  void theResultsBeforeAreThoseOfARun() {
    Comparison comparison = compare(simulation(PRIORITY, "required-front-line-months=12"));
    var run = policies.run(PRIORITY, day, null, "test", Progress.unwatched(), null);

    assertThat(comparison.subjects()).isEqualTo(run.subjects());
    run.hits()
        .forEach(
            hits ->
                assertThat(comparison.rules())
                    .anyMatch(
                        rule ->
                            hits.subjects() == rule.before()
                                && String.valueOf(hits.rule()).equals(rule.rule())));
  }

  @Test
  void aFigureThatAFactPicksIsSetForThatValueAlone() {
    Simulation simulation = simulation(QUOTA, "required-share[county]=1");
    Comparison comparison = compare(simulation);

    assertThat(comparison.changed()).isPositive();
    assertThat(everyoneWhoChanges(simulation))
        .allSatisfy(one -> assertThat(one.after().rule()).isEqualTo("county-missed"))
        .allSatisfy(
            one ->
                assertThat(one.causes())
                    .singleElement()
                    .isInstanceOfSatisfying(
                        Changed.Cause.Figure.class,
                        figure -> assertThat(figure.name()).isEqualTo("required-share[county]")));
  }

  @Test
  void anotherVersionIsThatTableWithThoseFigures() {
    Pack pack = policies.pack(SERGEANT);
    Simulation simulation = simulations.of(pack, day, List.of(), "2017-01-01", null);

    assertThat(simulation.figures())
        .singleElement()
        .satisfies(
            figure -> {
              assertThat(figure.name()).isEqualTo("awards-for-shortening");
              assertThat(figure.from()).hasToString("10");
              assertThat(figure.to()).hasToString("5");
            });
    assertThat(simulations.of(pack, day, List.of(), simulation.after().name(), null).after())
        .extracting(PolicyVersion::name)
        .isEqualTo(simulation.after().name());
  }

  @Test
  void anUnknownVersionIsRefusedWithThoseThereAre() {
    refused(
        () -> simulations.of(policies.pack(SERGEANT), day, List.of(), "2011-01-01", null),
        "2017-01-01, 2019-01-01");
    refused(
        () -> simulations.of(policies.pack(SERGEANT), day, List.of(), "newest", null),
        "2017-01-01, 2019-01-01");
    refused(
        () ->
            simulations.of(
                policies.pack(SERGEANT), LocalDate.of(2001, 1, 1), List.of(), null, null),
        "another date");
  }

  @Test
  void aTableFromAFileIsAskedAndMaySeeFurtherFacts() throws IOException {
    Simulation same = simulation(PRIORITY);
    Path file = folder.resolve("draft.dmn");
    Files.writeString(
        file,
        Files.readString(same.before().table().path())
            .replace("\"first\"</text></outputEntry>", "\"priority\"</text></outputEntry>"));
    Simulation draft = simulations.under(file, same);

    assertThat(compare(draft).transitions())
        .anyMatch(t -> "first".equals(t.from()) && "priority".equals(t.to()) && t.subjects() > 0);
    assertThat(everyoneWhoChanges(draft).getFirst().causes())
        .containsExactly(new Changed.Cause.OtherTable("draft.dmn"));

    Files.writeString(
        file,
        Files.readString(same.before().table().path())
            .replace("hardship-class", "age")
            .replaceAll("hardship-threshold", "required-front-line-months"));
    Simulation older = simulations.under(file, same);
    assertThat(older.besides()).containsExactly("age");
    assertThat(compare(older).subjects()).isEqualTo(compare(same).subjects());

    Files.writeString(file, "<nothing/>");
    refused(() -> simulations.under(file, same), "draft.dmn");
  }

  @Test
  void aSlateChangesTheUnitItPromotesInAndNamesTheFacts() {
    String county =
        jdbc.sql(
                "select code from organisation.unit where level = 'county' and parent_id is not"
                    + " null order by code limit 1")
            .query(String.class)
            .single();
    List<SlateLine> lines =
        jdbc
            .sql(
                """
                select o.key from official.official o
                 where exists (select from official.current_posting p where p.official_id = o.id and p.post_level >= '150' and p.ends_on is null)
                   and not exists (select from official.posting p where p.official_id = o.id and p.post_level < '150')
                   and not exists (select from official.front_line_service f where f.official_id = o.id)
                 order by o.key limit 40
                """)
            .query(String.class)
            .list()
            .stream()
            .map(key -> new SlateLine(1, key, county, "142", null))
            .toList();
    long slate = slates.propose("many clerks", day, lines, "test");
    Simulation simulation = simulation(QUOTA).with(slate);
    Comparison comparison = compare(simulation);

    assertThat(comparison.changed()).isPositive();
    assertThat(everyoneWhoChanges(simulation))
        .anySatisfy(
            one ->
                assertThat(one.causes())
                    .anyMatch(
                        cause ->
                            cause instanceof Changed.Cause.OtherFact fact
                                && fact.fact().equals("promoted-count")));
    assertThat(compare(simulation(QUOTA)).changed()).isZero();
  }

  @Test
  void unitsAreNoPersonsAndNoGroupOfThemIsWithheld() {
    Comparison comparison = compare(simulation(QUOTA));

    assertThat(comparison.groupings().stream().map(grouped -> grouped.by().fact().id()))
        .containsExactly("unit-level", "place");
    assertThat(comparison.groupings())
        .allSatisfy(
            grouped ->
                assertThat(grouped.groups())
                    .isNotEmpty()
                    .allMatch(group -> group.shares() != null)
                    .allMatch(group -> group.value() != null));
  }

  @Test
  void theGroupsOfOfficialsSumToEverybody() {
    simulations
        .ask(simulation(PRIORITY), "test", Progress.unwatched(), s -> s.compare(s.version()))
        .groupings()
        .stream()
        .filter(grouped -> grouped.by().fact().id().equals("sex"))
        .forEach(
            grouped ->
                assertThat(
                        grouped.groups().stream()
                            .mapToLong(group -> Objects.requireNonNull(group.shares()).people())
                            .sum())
                    .isEqualTo(count("official.official")));
  }

  @Test
  void simulatingLeavesOneEntryOfTheLedgerAndNothingElse() {
    long runs = count("policy.run");
    long slatesBefore = count("selection.slate");
    long entries = count("platform.ledger_entry");
    Simulation simulation = simulation(PRIORITY, "required-front-line-months=13");
    for (int i = 0; i < 3; i++) {
      simulations.ask(
          simulation, "auditor", Progress.unwatched(), s -> s.compare(simulation.after()));
    }

    assertThat(count("platform.ledger_entry")).isEqualTo(entries + 1);
    assertThat(
            jdbc.sql("select action from platform.ledger_entry order by id desc limit 1")
                .query(String.class)
                .single())
        .isEqualTo("simulated");
    assertThat(count("policy.run")).isEqualTo(runs);
    assertThat(count("selection.slate")).isEqualTo(slatesBefore);
  }

  @Test
  void aChangeOfTheRegistersIsSeenByTheNextQuestion() {
    Simulation simulation = simulation(PRIORITY);
    compare(simulation);
    assertThat(simulations.isLaidOut(simulation)).isTrue();

    jdbc.sql(
            "update official.annual_grade set grade = grade where id = (select min(id) from"
                + " official.annual_grade)")
        .update();

    assertThat(simulations.isLaidOut(simulation)).isFalse();
  }

  @Test
  void noMoreThanThreeAreKeptLaidOut() {
    Pack pack = policies.pack(QUOTA);
    List<Simulation> asked =
        List.of(2021, 2022, 2023, 2024).stream()
            .map(year -> simulations.of(pack, LocalDate.of(year, 12, 31), List.of(), null, null))
            .toList();
    asked.forEach(this::compare);

    assertThat(asked.stream().map(simulations::isLaidOut)).containsExactly(false, true, true, true);
    assertThat(compare(asked.getFirst()).changed()).isZero();
  }

  @Test
  void theThreeFormsHoldEverybodyBeforeAndAfter() throws Exception {
    Simulation simulation = simulation(PRIORITY, "required-front-line-months=12");
    Comparison comparison = compare(simulation);
    Path xlsx = folder.resolve("s.xlsx");
    Path csv = folder.resolve("s.csv");
    Path parquet = folder.resolve("s.parquet");
    for (Path out : List.of(xlsx, csv, parquet)) {
      files.write(simulation, "test", Progress.unwatched(), out, Locale.ENGLISH);
    }

    assertThat(
            jdbc.sql(
                    "select count(*) from platform.ledger_entry where action ="
                        + " 'simulation-exported' and actor = 'test'")
                .query(Long.class)
                .single())
        .isEqualTo(3);
    assertThat(Files.readAllLines(csv)).hasSize((int) comparison.subjects() + 1);
    try (ReadableWorkbook workbook = new ReadableWorkbook(xlsx.toFile())) {
      assertThat(workbook.getSheets().map(sheet -> sheet.getName()).toList())
          .containsExactly(
              "About",
              "Outcomes",
              "Hits per rule",
              "Transitions",
              "Shares by group",
              "Outcomes by group",
              "result 1");
      assertThat(workbook.findSheet("result 1").orElseThrow().read())
          .hasSize((int) comparison.subjects() + 1);
    }
    try (var duck = DriverManager.getConnection("jdbc:duckdb:");
        var statement = duck.createStatement();
        var rows =
            statement.executeQuery(
                "select count(*) from '%s' where outcome_before is distinct from outcome_after and rule_before is not null and clause_after is not null"
                    .formatted(parquet))) {
      rows.next();
      assertThat(rows.getLong(1)).isEqualTo(comparison.changed());
    }
  }

  // ---------------------------------------------------------------- the page

  @Test
  void thePageShowsTheFiguresAndWhatMovingOneDoes() throws Exception {
    String page = answer(get(page(PRIORITY)).param("asOf", day.toString())).getContentAsString();
    assertThat(page)
        .contains("name=\"set.required-front-line-months\"")
        .contains("Nothing is changed.");

    MockHttpServletResponse moved =
        answer(
            get(page(PRIORITY) + "/result")
                .param("asOf", day.toString())
                .param("set.required-front-line-months", "12")
                .param("set.long-front-line-months", "60"));
    assertThat(moved.getContentAsString())
        .contains("Months on the front line that count: 24 → 12")
        .doesNotContain("<html");
    assertThat(moved.getHeader("HX-Replace-Url"))
        .isEqualTo(page(PRIORITY) + "?asOf=" + day + "&set.required-front-line-months=12");
  }

  @Test
  void aFigureThatIsNoNumberIsSaidSoWhereTheResultWouldBe() throws Exception {
    assertThat(
            answer(
                    get(page(PRIORITY) + "/result")
                        .param("asOf", day.toString())
                        .param("set.required-front-line-months", "soon"))
                .getContentAsString())
        .contains("role=\"alert\"")
        .contains("is not a number");
  }

  @Test
  void onlyOneTransitionIsListedWhenItIsChosen() throws Exception {
    assertThat(
            answer(
                    get(page(PRIORITY) + "/result")
                        .param("asOf", day.toString())
                        .param("set.required-front-line-months", "12")
                        .param("from", "ordinary")
                        .param("to", "priority"))
                .getContentAsString())
        .contains("Ordinary order → Priority")
        .contains("Show all that change");
  }

  @Test
  void theWorkbookIsTakenAwayFromThePage() throws Exception {
    MockHttpServletResponse file =
        answer(
            post(page(PRIORITY) + "/file")
                .with(csrf())
                .param("asOf", day.toString())
                .param("slate", "")
                .param("set.required-front-line-months", "12")
                .param("form", "xlsx"));
    assertThat(file.getHeader("Content-Disposition")).contains("simulation-");
    MarkedFile.of(file, "officer", exports);
    try (ReadableWorkbook workbook =
        new ReadableWorkbook(new ByteArrayInputStream(file.getContentAsByteArray()))) {
      // Seven of the simulation's, and the last that says who took the file.
      assertThat(workbook.getSheets().count()).isEqualTo(8);
    }
  }

  @Test
  void whatIsRefusedIsSaidOnAPageInTheReadersWords() throws Exception {
    MockHttpServletResponse answer =
        answer(post("/policies/national/nothing/drafts").param("title", "x").with(csrf()));
    assertThat(answer.getStatus()).isEqualTo(422);
    assertThat(answer.getContentAsString())
        .contains("There is no pack national/nothing.")
        .contains("Back to the start");
  }

  @Test
  void onlyAnOfficerSeesIt() throws Exception {
    SignedIn official = accounts.loadUserByUsername("official");
    assertThat(
            mvc.perform(get(page(PRIORITY)).with(user(official)))
                .andReturn()
                .getResponse()
                .getStatus())
        .isEqualTo(403);
  }

  private MockHttpServletResponse answer(MockHttpServletRequestBuilder request) throws Exception {
    return mvc.perform(
            request
                .with(user(accounts.loadUserByUsername("officer")))
                .cookie(new jakarta.servlet.http.Cookie("language", "en")))
        .andReturn()
        .getResponse();
  }

  private static String page(String pack) {
    return "/policies/" + pack + "/simulate";
  }

  private Simulation simulation(String pack, String... settings) {
    return simulations.of(
        policies.pack(pack),
        day,
        List.of(settings).stream().map(Setting::parse).toList(),
        null,
        null);
  }

  private Comparison compare(Simulation simulation) {
    return simulations.ask(
        simulation, "test", Progress.unwatched(), s -> s.compare(simulation.after()));
  }

  private List<Changed> everyoneWhoChanges(Simulation simulation) {
    return simulations.ask(
        simulation,
        "test",
        Progress.unwatched(),
        s -> s.changed(simulation.after(), null, 0, 100_000));
  }

  private long count(String table) {
    return jdbc.sql("select count(*) from " + table).query(Long.class).single();
  }

  private static void refused(Runnable work, @Nullable String says) {
    assertThatExceptionOfType(PolicyProblem.class)
        .isThrownBy(work::run)
        .satisfies(problem -> assertThat(problem.text(Locale.ENGLISH)).contains(says));
  }

  private Path copyOf(String pack) throws IOException {
    Path target = Files.createDirectories(folder.resolve(pack));
    try (var all = Files.list(packs.root().resolve(pack))) {
      for (Path file : all.toList()) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
    }
    return target;
  }
}
