package org.dandang.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.dandang.DandangTest;
import org.dandang.demonstration.Demonstration;
import org.dandang.demonstration.Size;
import org.dandang.platform.jobs.Progress;
import org.dandang.policy.draft.Draft;
import org.dandang.policy.draft.Drafts;
import org.dandang.policy.draft.Review;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.Packs;
import org.dandang.policy.run.Explaining;
import org.dandang.policy.run.PolicyRuns;
import org.dandang.policy.run.RunSummary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** Tables are changed by a draft that two people put in force, and never under their own date. */
@DandangTest
@TestPropertySource(properties = "dandang.test.database=drafts")
class DraftTests {
  private static final String SHIPPED = "guizhou/front-line-priority";
  private static final AtomicInteger PLACES = new AtomicInteger();

  /** Every test has a pack of its own: what was in force once is recorded for good. */
  private final String pack = "place" + PLACES.incrementAndGet() + "/front-line-priority";

  @Autowired Demonstration demonstration;
  @Autowired Drafts allDrafts;
  @Autowired PolicyRuns allPolicies;
  @Autowired Explaining explaining;
  @Autowired Packs shipped;
  @Autowired JdbcClient jdbc;
  @TempDir Path folder;

  private final LocalDate today = LocalDate.now(java.time.ZoneId.of("Asia/Shanghai"));
  private Drafts drafts;
  private PolicyRuns policies;
  private Packs packs;

  @BeforeEach
  void packsOfItsOwn() throws IOException {
    if (!demonstration.isFilled()) {
      demonstration.fill(Size.SMALL, file -> Progress.unwatched());
    }
    jdbc.sql("truncate policy.draft").update();
    Path copy = Files.createDirectories(folder.resolve(pack));
    try (var files = Files.list(shipped.find(SHIPPED).orElseThrow().folder())) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        Files.writeString(copy.resolve(name), Files.readString(file).replace(SHIPPED, pack));
      }
    }
    packs = new Packs(folder);
    drafts = allDrafts.over(packs);
    policies = allPolicies.over(packs);
  }

  @Test
  void whatIsInForceMayNotChangeUnderItsOwnDate() throws IOException {
    LocalDate past = today.minusYears(1);
    RunSummary before = run(past);
    Path table = table();
    Files.writeString(table, Files.readString(table).replace("</definitions>", " </definitions>"));

    assertThatExceptionOfType(PolicyProblem.class)
        .isThrownBy(() -> run(past))
        .satisfies(
            problem ->
                assertThat(problem.text(Locale.ENGLISH))
                    .contains(String.valueOf(table.getFileName()), "date of its own"));
    assertThatExceptionOfType(PolicyProblem.class)
        .isThrownBy(() -> explaining.explain(policies.pack(pack), past, 1, null));

    Files.writeString(table, Files.readString(table).replace(" </definitions>", "</definitions>"));
    assertThat(run(past).hits()).isEqualTo(before.hits());
  }

  @Test
  void aFigureThatHasBegunMayNotChangeEither() throws IOException {
    run(today.minusYears(1));
    Path figures = folder.resolve(pack).resolve("parameters.yaml");
    String text = Files.readString(figures);
    Files.writeString(figures, text.replaceFirst("value: 24\\b", "value: 25"));
    assertThatExceptionOfType(PolicyProblem.class)
        .isThrownBy(() -> run(today.minusYears(1)))
        .withMessageContaining("changed-in-force");

    Files.writeString(
        figures,
        text.replaceFirst(
            "\\{from: 2012-01-01, clause: \"2\", value: 24\\}",
            "{from: 2012-01-01, clause: \"2\", value: 24}\n    - {from: "
                + today.plusDays(10)
                + ", clause: \"2\", value: 25}"));
    assertThat(run(today.minusYears(1)).subjects()).isPositive();
  }

  @Test
  void twoPeoplePutADraftInForceAndThePastStaysAsItWas() throws IOException {
    LocalDate past = today.minusYears(1);
    LocalDate from = today.plusDays(5);
    RunSummary before = run(past);
    Draft draft = drafts.begin(pack, today, "a longer time", "li");
    drafts.save(draft.id(), draft.model().replace(">[0..1]<", ">[0..1]<") + "\n", 1, "li");

    Review review = drafts.review(drafts.find(draft.id()).orElseThrow(), from);
    assertThat(review.findings()).noneMatch(f -> f.isError());
    assertThat(review.compared()).isGreaterThan(300);
    assertThat(review.sampled()).isPositive();
    assertThat(review.passes()).isTrue();

    drafts.propose(draft.id(), from, "the council decided so", "li");
    assertThatExceptionOfType(PolicyProblem.class)
        .isThrownBy(() -> drafts.putInForce(draft.id(), "", "li"))
        .withMessageContaining("two-people");
    Draft done = drafts.putInForce(draft.id(), "agreed", "wang");

    assertThat(done.state()).isEqualTo(Draft.State.IN_FORCE);
    Pack now = packs.find(pack).orElseThrow();
    assertThat(now.tableOn(from).orElseThrow().from()).isEqualTo(from);
    assertThat(now.tableOn(from.minusDays(1)).orElseThrow().from()).isBefore(today);
    assertThat(run(past).hits()).isEqualTo(before.hits());
    assertThat(run(from).version()).startsWith(from.toString());
    assertThat(
            jdbc.sql(
                    "select count(*) from platform.ledger_entry where action = 'table-put-in-force' and subject_id = ?")
                .param(Long.toString(draft.id()))
                .query(Long.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void twoApprovalsAtOnceGiveOneFile() throws Exception {
    Draft draft = proposed(today.plusDays(3));
    try (ExecutorService both = Executors.newFixedThreadPool(2)) {
      Callable<Boolean> approve =
          () -> {
            try {
              drafts.putInForce(draft.id(), "", "wang");
              return true;
            } catch (PolicyProblem e) {
              return false;
            }
          };
      long succeeded =
          both.invokeAll(List.of(approve, approve)).stream()
              .filter(
                  future -> {
                    try {
                      return future.get();
                    } catch (Exception e) {
                      throw new AssertionError(e);
                    }
                  })
              .count();
      assertThat(succeeded).isEqualTo(1);
    }
    assertThat(packs.find(pack).orElseThrow().tables()).hasSize(2);
  }

  @Test
  void theDatabaseItselfForbidsOnePersonInBothParts() {
    Draft draft = proposed(today.plusDays(3));
    assertThatExceptionOfType(DataAccessException.class)
        .isThrownBy(
            () ->
                jdbc.sql(
                        "update policy.draft set decided_by = 'li', state = 'in-force', file = 'x' where id = ?")
                    .param(draft.id())
                    .update());
  }

  @Test
  void whoSavesAnOldEditionLosesNothingAndIsTold() {
    Draft draft = drafts.begin(pack, today, "", "li");
    drafts.save(draft.id(), draft.model() + " ", 1, "wang");

    assertThatExceptionOfType(PolicyProblem.class)
        .isThrownBy(() -> drafts.save(draft.id(), "mine", 1, "li"))
        .satisfies(problem -> assertThat(problem.text(Locale.ENGLISH)).contains("wang"));
    assertThat(drafts.find(draft.id()).orElseThrow().model()).isEqualTo(draft.model() + " ");
  }

  @Test
  void aDraftThatBreaksACaseIsNotProposed() {
    Draft draft = drafts.begin(pack, today, "", "li");
    String broken =
        draft
            .model()
            .replaceFirst(
                "\"not-applicable\"</text></outputEntry>", "\"first\"</text></outputEntry>");
    assertThat(broken).isNotEqualTo(draft.model());
    drafts.save(draft.id(), broken, 1, "li");
    Review review = drafts.review(drafts.find(draft.id()).orElseThrow(), today.plusDays(2));

    assertThat(review.passes()).isFalse();
    assertThat(review.cases()).anyMatch(c -> !c.holds());
    assertThatExceptionOfType(PolicyProblem.class)
        .isThrownBy(() -> drafts.propose(draft.id(), today.plusDays(2), "because", "li"))
        .withMessageContaining("not-passed");
  }

  @Test
  void hostileTextIsAFindingAndNothingMore() {
    Draft draft = drafts.begin(pack, today, "", "li");
    String bomb =
        "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><definitions>&b;</definitions>";
    drafts.save(draft.id(), bomb, 1, "li");
    Review review = drafts.review(drafts.find(draft.id()).orElseThrow(), today.plusDays(2));

    assertThat(review.passes()).isFalse();
    assertThat(review.findings()).isNotEmpty();
    assertThat(new String(bomb.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .isEqualTo(drafts.find(draft.id()).orElseThrow().model());
  }

  @Test
  void aDayThatHasPassedOrIsTakenIsRefused() {
    Draft draft = drafts.begin(pack, today, "", "li");
    assertThatExceptionOfType(PolicyProblem.class)
        .isThrownBy(() -> drafts.propose(draft.id(), today.minusDays(1), "because", "li"))
        .withMessageContaining("date-passed");
  }

  @Test
  void aFolderThatCannotBeWrittenPutsNothingInForce() throws IOException {
    Draft draft = proposed(today.plusDays(3));
    Path taken =
        folder.resolve(pack).resolve("front-line-priority." + today.plusDays(3) + ".dmn.part");
    Files.createDirectories(taken.resolve("in the way"));

    assertThatExceptionOfType(PolicyProblem.class)
        .isThrownBy(() -> drafts.putInForce(draft.id(), "", "wang"))
        .withMessageContaining("not-written");
    assertThat(drafts.find(draft.id()).orElseThrow().state()).isEqualTo(Draft.State.PROPOSED);
    assertThat(packs.find(pack).orElseThrow().tables()).hasSize(1);
    assertThat(
            jdbc.sql("select count(*) from policy.in_force where pack = ?")
                .param(pack)
                .query(Long.class)
                .single())
        .isZero();
  }

  private Draft proposed(LocalDate from) {
    Draft draft = drafts.begin(pack, today, "", "li");
    return drafts.propose(draft.id(), from, "because", "li");
  }

  private Path table() {
    return Objects.requireNonNull(packs.find(pack).orElseThrow().tables().getFirst().path());
  }

  private RunSummary run(LocalDate day) {
    return policies.run(pack, day, null, "test", Progress.unwatched(), null);
  }
}
