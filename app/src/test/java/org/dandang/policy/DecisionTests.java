package org.dandang.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.dandang.DandangTest;
import org.dandang.demonstration.Demonstration;
import org.dandang.demonstration.Size;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.jobs.Progress;
import org.dandang.platform.procedure.Mutations;
import org.dandang.policy.decision.Decision;
import org.dandang.policy.decision.Decisions;
import org.dandang.policy.decision.Replay;
import org.dandang.policy.fact.Facts;
import org.dandang.policy.pack.OutcomeKind;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.Packs;
import org.dandang.policy.run.PolicyRuns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.dao.DataAccessException;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

/** Decisions are kept with all they came from, and made again. */
@DandangTest
@AutoConfigureMockMvc
@TestPropertySource(properties = "dandang.test.database=a prefecture")
class DecisionTests {
  private static final String PRIORITY = "guizhou/front-line-priority";

  @Autowired Demonstration demonstration;
  @Autowired Decisions decisions;
  @Autowired PolicyRuns policies;
  @Autowired Packs packs;
  @Autowired Facts facts;
  @Autowired Accounts accounts;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;
  @Autowired MockMvc mvc;
  @TempDir Path folder;

  private LocalDate day;
  private long official;
  private Pack pack;

  @BeforeEach
  void aSmallPrefecture() {
    if (!demonstration.isFilled()) {
      demonstration.fill(Size.SMALL, file -> Progress.unwatched());
    }
    day = LocalDate.of(2026, 6, 30);
    official =
        jdbc.sql(
                "select official_id from official.front_line_service where ends_on is null order by"
                    + " official_id limit 1")
            .query(Long.class)
            .single();
    pack = policies.pack(PRIORITY);
  }

  @Test
  void aKeptDecisionHoldsFactsWithTheirRowsVersionAndRule() {
    Decision kept = decisions.keep(pack, day, official, null, "test");

    Decision read = decisions.find(Objects.requireNonNull(kept.id())).orElseThrow();
    assertThat(read).usingRecursiveComparison().ignoringFields("preparedAt").isEqualTo(kept);
    assertThat(read.facts().keySet()).containsExactlyElementsOf(pack.facts());
    assertThat(read.facts().get("front-line-months")).isNotNull();
    assertThat(Objects.requireNonNull(read.facts().get("front-line-months")).sources())
        .isNotEmpty()
        .allMatch(source -> source.register().equals("official.posting"));
    assertThat(read.tableHash()).hasSize(64);
    assertThat(read.rule()).isNotNull();
    assertThat(read.clause()).isIn(pack.clauses().keySet());
    assertThat(
            jdbc.sql(
                    "select count(*) from platform.ledger_entry where action = 'decision-prepared'"
                        + " and (detail->>'decision')::bigint = ?")
                .param(kept.id())
                .query(Long.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void replayedAtOnceItIsTheSame() {
    Replay replay = decisions.replay(keep());

    assertThat(replay.changes()).isEmpty();
    assertThat(replay.isSame()).isTrue();
  }

  @Test
  void replaySaysWhichFactChanged() {
    long decision = keep();
    transaction.executeWithoutResult(
        status -> {
          jdbc.sql(
                  "update official.identity set status = 'left', left_on = ? where official_id = ?")
              .params(day.minusDays(10), official)
              .update();
          Replay replay = decisions.replay(decision);

          assertThat(replay.isSame()).isFalse();
          assertThat(replay.changes())
              .contains(new Replay.Change(Replay.Input.VALUE, "serving", "true", "false"));
          assertThat(Objects.requireNonNull(replay.now()).outcome())
              .isNotEqualTo(replay.then().outcome());
          status.setRollbackOnly();
        });
  }

  @Test
  void replaySaysWhichRowsChangedWhereTheValueStayed() {
    long decision = keep();
    transaction.executeWithoutResult(
        status -> {
          jdbc.sql(
                  """
                  with moved as (
                    update official.posting set superseded_at = now()
                     where id = (select posting_id from official.front_line_service
                                  where official_id = ? and ends_on is null limit 1) returning *)
                  insert into official.posting (official_id, unit_id, post, post_level, kind, starts_on, ends_on, recorded_at, recorded_by)
                  select official_id, unit_id, post, post_level, kind, starts_on, ends_on, now(), 'test' from moved
                  """)
              .param(official)
              .update();
          Replay replay = decisions.replay(decision);

          assertThat(replay.isSame()).isFalse();
          assertThat(replay.isSameOutcome()).isTrue();
          assertThat(replay.changes())
              .isNotEmpty()
              .allMatch(change -> change.input() == Replay.Input.SOURCES);
          status.setRollbackOnly();
        });
  }

  @Test
  void replaySaysThatTheTableOrAFigureChanged() throws IOException {
    long decision = keep();
    Path copy = folder.resolve(PRIORITY);
    Files.createDirectories(copy);
    try (var files = Files.list(pack.folder())) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(String.valueOf(file.getFileName())));
      }
    }
    Path table = copy.resolve(pack.tables().getFirst().path().getFileName().toString());
    Files.writeString(
        table, Files.readString(table).replace("</definitions>", "<!-- --></definitions>"));
    Path figures = copy.resolve("parameters.yaml");
    String before = Files.readString(figures);
    String after = before.replaceFirst("value: 24\\b", "value: 25");
    assertThat(after).isNotEqualTo(before);
    Files.writeString(figures, after);

    Replay replay = decisions.over(new Packs(folder)).replay(decision);

    assertThat(replay.changes())
        .extracting(Replay.Change::input)
        .contains(Replay.Input.TABLE, Replay.Input.FIGURE);
    assertThat(decisions.over(new Packs(folder.resolve("nothing"))).replay(decision).now())
        .isNull();
  }

  @Test
  void nothingMayChangeAKeptDecision() {
    long decision = keep();
    assertThatExceptionOfType(DataAccessException.class)
        .isThrownBy(
            () ->
                jdbc.sql("update policy.decision set outcome = 'eligible' where id = ?")
                    .param(decision)
                    .update())
        .withMessageContaining("kept");
    assertThatExceptionOfType(DataAccessException.class)
        .isThrownBy(
            () -> jdbc.sql("delete from policy.decision where id = ?").param(decision).update());
  }

  @Test
  void withoutFactsAPersonMustDecideAndEachMissingFactIsNamed() {
    Decision decision = decisions.prepare(pack, day, Map.of("serving", true), "test");

    assertThat(decision.missing())
        .contains("last-annual-grade", "months-at-post-level")
        .doesNotContain("serving");
    assertThat(decision.kind()).isEqualTo(OutcomeKind.PERSON_DECIDES);
  }

  @Test
  void aDecisionAboutFactsToldIsTheOneTheRegistersGive() {
    Decision prepared = decisions.prepare(pack, day, official, null, "test");
    Map<String, Object> told = new LinkedHashMap<>();
    prepared.facts().forEach((id, used) -> told.put(id, used.value()));

    Decision again = decisions.prepare(pack, day, told, "test");
    assertThat(again.outcome()).isEqualTo(prepared.outcome());
    assertThat(again.rule()).isEqualTo(prepared.rule());
  }

  @Test
  void otherProgramsAskKeepAndReplay() throws Exception {
    SignedIn officer = officer();
    mvc.perform(
            get("/api/v1/policies/" + PRIORITY + "/decisions/" + official)
                .param("asOf", day.toString())
                .with(user(officer)))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.facts[0].title").isNotEmpty())
        .andExpect(jsonPath("$.clause.text").isNotEmpty())
        .andExpect(jsonPath("$.decision").doesNotExist());
    String place =
        mvc.perform(
                post("/api/v1/policies/" + PRIORITY + "/decisions")
                    .contentType(MediaType.APPLICATION_JSON)
                    .content("{\"asOf\": \"%s\", \"subject\": %d}".formatted(day, official))
                    .with(csrf())
                    .with(user(officer)))
            .andExpect(status().isCreated())
            .andReturn()
            .getResponse()
            .getHeader("Location");
    mvc.perform(get(place + "/replay").with(user(officer)))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.same").value(true));
    mvc.perform(
            post("/api/v1/policies/" + PRIORITY + "/evaluations")
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"asOf\": \"%s\", \"facts\": {\"serving\": \"yes\"}}".formatted(day))
                .with(csrf())
                .with(user(officer)))
        .andExpect(status().isUnprocessableContent())
        .andExpect(jsonPath("$.detail").value(org.hamcrest.Matchers.containsString("serving")));
    mvc.perform(
            get("/api/v1/policies/" + PRIORITY + "/decisions/0")
                .param("asOf", day.toString())
                .with(user(officer)))
        .andExpect(status().isNotFound());
    mvc.perform(get("/api/v1/facts").with(user(officer)))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$[?(@.id == 'front-line-months')].unit").value("month"));
  }

  private long keep() {
    return Objects.requireNonNull(decisions.keep(pack, day, official, null, "test").id());
  }

  private SignedIn officer() {
    String name = "officer-" + System.nanoTime();
    accounts.create(name, name, "a long password", Role.PERSONNEL_OFFICER, null, "test");
    return (SignedIn) accounts.loadUserByUsername(name);
  }

  private static final List<String> HOSTILE =
      List.of(
          "null",
          "{",
          "}",
          "[",
          "[[[[[[[[",
          "true",
          "1e999999999",
          "-0",
          "99999999999999999999999999",
          "\"2026-02-30\"",
          "\"\\u0000\"",
          "\"\\ud83d\"",
          "\"asOf\": null,",
          "\"facts\": null,",
          "\"facts\": [],",
          "\"front-line-months\": {},",
          "\"no-such-fact\": 1,",
          "NaN",
          "//",
          "\u0000",
          "\uFEFF");

  /** Whatever a program sends: an answer, or a refusal that is the sender's fault. */
  @Test
  void brokenQuestionsAreAnsweredOrRefusedAndNeverAServerError() throws Exception {
    int questions = Boolean.getBoolean("dandang.long") ? 100_000 : 400;
    Mutations told =
        new Mutations(
            """
            {"asOf": "%s",
            "facts": {"serving": true,
            "front-line-months": 30,
            "on-front-line-now": true,
            "months-at-post-level": 40.5,
            "hardship-class": null,
            "last-annual-grade": "good"}}
            """
                .formatted(day)
                .getBytes(StandardCharsets.UTF_8),
            HOSTILE);
    Mutations asked =
        new Mutations(
            """
            {"asOf": "%s",
            "subject": %d}
            """
                .formatted(day, official)
                .getBytes(StandardCharsets.UTF_8),
            HOSTILE);
    Map<Integer, Integer> answers = new TreeMap<>();
    for (int i = 0; i < questions; i++) {
      String sender = "api-" + i / 200; // So many, and their limit is reached.
      if (!accounts.exists(sender)) {
        accounts.create(sender, sender, "a long password", Role.PERSONNEL_OFFICER, null, "test");
      }
      boolean kept = i % 4 == 3;
      byte[] body = (kept ? asked : told).next(new Random(29L * 1_000_003 + i));
      String which = kept ? "/decisions" : "/evaluations";
      int status;
      try {
        status =
            mvc.perform(
                    post("/api/v1/policies/" + PRIORITY + which)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body)
                        .with(csrf())
                        .with(user(accounts.loadUserByUsername(sender))))
                .andReturn()
                .getResponse()
                .getStatus();
      } catch (ServletException e) {
        throw new AssertionError(
            "question " + i + ": " + new String(body, StandardCharsets.UTF_8), e);
      }
      assertThat(status)
          .as("question %d: %s", i, new String(body, StandardCharsets.UTF_8))
          .isLessThan(500);
      answers.merge(status, 1, Integer::sum);
    }
    System.out.println("api: " + answers);
    // Every way out of the interface is taken: answered, kept, not readable, refused.
    assertThat(answers).containsKeys(200, 201, 400, 422).doesNotContainKey(429);
  }
}
