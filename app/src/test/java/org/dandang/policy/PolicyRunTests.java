package org.dandang.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.dandang.DandangTest;
import org.dandang.demonstration.Demonstration;
import org.dandang.demonstration.Size;
import org.dandang.platform.jobs.Progress;
import org.dandang.policy.fact.Facts;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.Packs;
import org.dandang.policy.run.Explaining;
import org.dandang.policy.run.PolicyRuns;
import org.dandang.policy.run.Reasons;
import org.dandang.policy.run.Result;
import org.dandang.policy.run.RunSummary;
import org.dandang.policy.run.Runs;
import org.dandang.selection.SlateLine;
import org.dandang.selection.Slates;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** The shipped packs over a small invented prefecture. */
@DandangTest
@AutoConfigureMockMvc
@TestPropertySource(properties = "dandang.test.database=a prefecture")
class PolicyRunTests {
  private static final String PRIORITY = "guizhou/front-line-priority";
  private static final String QUOTA = "zhaotong/front-line-quota";

  @Autowired Demonstration demonstration;
  @Autowired PolicyRuns policies;
  @Autowired Explaining explaining;
  @Autowired Runs runs;
  @Autowired Facts facts;
  @Autowired Slates slates;
  @Autowired Packs packs;
  @Autowired JdbcClient jdbc;
  @TempDir Path folder;

  private LocalDate day;

  @BeforeEach
  void aSmallPrefecture() {
    if (!demonstration.isFilled()) {
      demonstration.fill(Size.SMALL, file -> Progress.unwatched());
    }
    day =
        jdbc.sql("select max(starts_on) from official.posting where starts_on <= current_date")
            .query(LocalDate.class)
            .single();
  }

  @Test
  void everyOfficialGetsAnOutcomeByARuleWithItsClause() {
    RunSummary run = run(PRIORITY);

    assertThat(run.how()).isEqualTo(RunSummary.How.COMPILED);
    assertThat(run.subjects())
        .isEqualTo(jdbc.sql("select count(*) from official.official").query(Long.class).single());
    assertThat(run.hits()).hasSizeGreaterThan(5).allMatch(hits -> hits.rule() != null);
    assertThat(run.hits().stream().mapToLong(RunSummary.Hits::subjects).sum())
        .isEqualTo(run.subjects());
  }

  @Test
  void theRunOverEverybodyAndTheReasonsForOneAgree() {
    RunSummary run = run(PRIORITY);
    Pack pack = policies.pack(PRIORITY);
    List<Result> results = runs.results(run.id(), facts.kind("official"), null, null, 0, 120);

    assertThat(results).hasSize(120);
    for (Result result : results) {
      Reasons reasons = explaining.explain(pack, day, result.subject(), null);
      assertThat(reasons.outcome()).as(result.label()).isEqualTo(result.outcome());
      assertThat(reasons.rule()).as(result.label()).isEqualTo(result.rule());
      assertThat(reasons.clause()).isNotNull();
    }
  }

  @Test
  void everyChangeNamedReallyChangesTheOutcomeAndIsTheNearest() {
    RunSummary run = run(PRIORITY);
    Pack pack = policies.pack(PRIORITY);
    List<Result> short1 =
        runs.results(run.id(), facts.kind("official"), null, "front-line-too-short", 0, 5);
    assertThat(short1).isNotEmpty();
    for (Result result : short1) {
      Reasons reasons = explaining.explain(pack, day, result.subject(), null);
      assertThat(reasons.changes())
          .anyMatch(
              change ->
                  change.fact().equals("front-line-months")
                      && String.valueOf(change.value()).equals("24")
                      && "priority".equals(change.outcome()));
    }
  }

  @Test
  void theSameRunTwiceGivesTheSameResults() {
    RunSummary one = run(PRIORITY);
    RunSummary two = run(PRIORITY);

    assertThat(two.version()).isEqualTo(one.version());
    assertThat(
            jdbc.sql(
                    "select count(*) from policy.run_result a full join policy.run_result b on"
                        + " b.run_id = :two and b.subject_id = a.subject_id where a.run_id = :one"
                        + " and (a.outcome, a.rule) is distinct from (b.outcome, b.rule)")
                .param("one", one.id())
                .param("two", two.id())
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void theThreeFormsOfTheResultHoldTheSameRows() throws Exception {
    Path xlsx = folder.resolve("result.xlsx");
    Path csv = folder.resolve("result.csv");
    Path parquet = folder.resolve("result.parquet");
    long subjects = 0;
    for (Path out : List.of(xlsx, csv, parquet)) {
      subjects = policies.run(PRIORITY, day, null, "test", Progress.unwatched(), out).subjects();
    }

    assertThat(Files.readAllLines(csv)).hasSize((int) subjects + 1);
    try (ReadableWorkbook workbook = new ReadableWorkbook(xlsx.toFile())) {
      assertThat(workbook.getFirstSheet().read()).hasSize((int) subjects + 1);
    }
    try (var duck = DriverManager.getConnection("jdbc:duckdb:");
        var statement = duck.createStatement();
        var rows =
            statement.executeQuery(
                "select count(*) from '%s' p join read_csv('%s', all_varchar = true) c on c.key = p.key and c.outcome = p.outcome and c.rule = p.rule and c.clause = p.clause"
                    .formatted(parquet, csv))) {
      rows.next();
      assertThat(rows.getLong(1)).isEqualTo(subjects);
    }
    try (var left = Files.list(folder)) {
      assertThat(left).hasSize(3);
    }
  }

  @Test
  void aCancelledRunKeepsNothing() {
    long before = jdbc.sql("select count(*) from policy.run").query(Long.class).single();
    Progress stopped =
        new Progress() {
          @Override
          public void at(String step, long done, long total) {}

          @Override
          public boolean cancelled() {
            return true;
          }
        };

    assertThatExceptionOfType(PolicyProblem.class)
        .isThrownBy(() -> policies.run(PRIORITY, day, null, "test", stopped, null));
    assertThat(jdbc.sql("select count(*) from policy.run").query(Long.class).single())
        .isEqualTo(before);
  }

  @Test
  void aRunLeavesALedgerEntry() {
    RunSummary run = run(QUOTA);

    assertThat(
            jdbc.sql(
                    "select count(*) from platform.ledger_entry where action = 'policy-run' and"
                        + " subject_id = ?")
                .param(Long.toString(run.id()))
                .query(Long.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void aTableThatDoesNotCompileIsInterpretedWithTheSameResults() throws IOException {
    Path pack = copyOf(QUOTA, "zhaotong/interpreted-quota");
    Path table = pack.resolve("front-line-quota.2016-01-01.dmn");
    Files.writeString(
        table,
        Files.readString(table)
            .replace(
                "promoted-with-front-line-count - required-share *"
                    + " promoted-count</text></inputExpression>",
                "exp(0) * (promoted-with-front-line-count - required-share *"
                    + " promoted-count)</text></inputExpression>"));
    RunSummary compiled = run(QUOTA);
    RunSummary interpreted =
        policies
            .over(new Packs(folder))
            .run("zhaotong/interpreted-quota", day, null, "test", Progress.unwatched(), null);

    assertThat(interpreted.how()).isEqualTo(RunSummary.How.INTERPRETED);
    assertThat(interpreted.hits()).isEqualTo(compiled.hits());
  }

  @Test
  void aSlateMovesTheShareOfItsUnitAndNothingElse() {
    String county =
        jdbc.sql(
                "select code from organisation.unit where level = 'county' and parent_id is not"
                    + " null order by code limit 1")
            .query(String.class)
            .single();
    List<String> clerks =
        jdbc.sql(
                """
                select o.key from official.official o
                 where exists (select from official.current_posting p where p.official_id = o.id and p.post_level >= '150' and p.ends_on is null)
                   and not exists (select from official.posting p where p.official_id = o.id and p.post_level < '150')
                   and not exists (select from official.front_line_service f where f.official_id = o.id)
                 order by o.key limit 3
                """)
            .query(String.class)
            .list();
    assertThat(clerks).hasSize(3);
    List<SlateLine> lines =
        clerks.stream().map(key -> new SlateLine(1, key, county, "142", null)).toList();
    long unit =
        jdbc.sql("select id from organisation.unit where code = ?")
            .param(county)
            .query(Long.class)
            .single();
    Pack quota = policies.pack(QUOTA);
    Reasons is = explaining.explain(quota, day, unit, null);
    long slate = slates.propose("three clerks", day, lines, "test");
    Reasons wouldBe = explaining.explain(quota, day, unit, slate);

    assertThat(number(wouldBe, "promoted-count")).isEqualTo(number(is, "promoted-count") + 3);
    assertThat(number(wouldBe, "promoted-with-front-line-count"))
        .isEqualTo(number(is, "promoted-with-front-line-count"));
    assertThat(number(explaining.explain(quota, day, unit, null), "promoted-count"))
        .isEqualTo(number(is, "promoted-count"));
  }

  @Test
  void aSlateThatNamesNobodyKnownIsRefusedByItsLine() {
    assertThatExceptionOfType(PolicyProblem.class)
        .isThrownBy(() -> slates.propose("x", day, Slates.read("nobody,990101,142\n"), "test"))
        .satisfies(
            problem ->
                assertThat(problem.text(java.util.Locale.ENGLISH))
                    .contains("Row 1")
                    .contains("nobody"));
    assertThat(
            jdbc.sql("select count(*) from selection.slate where title = 'x'")
                .query(Long.class)
                .single())
        .isZero();
  }

  private RunSummary run(String pack) {
    return policies.run(pack, day, null, "test", Progress.unwatched(), null);
  }

  private static long number(Reasons reasons, String fact) {
    return reasons.facts().stream()
        .filter(used -> used.fact().id().equals(fact))
        .map(used -> Objects.requireNonNull(used.value()))
        .map(value -> Long.parseLong(value.toString()))
        .findFirst()
        .orElseThrow();
  }

  private Path copyOf(String pack, String as) throws IOException {
    Path target = Files.createDirectories(folder.resolve(as));
    try (var files = Files.list(packs.root().resolve(pack))) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
    }
    Path manifest = target.resolve("pack.yaml");
    Files.writeString(manifest, Files.readString(manifest).replace("id: " + pack, "id: " + as));
    return target;
  }
}
