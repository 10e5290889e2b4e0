package org.dandang.protection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.dandang.DandangTest;
import org.dandang.platform.procedure.Desk;
import org.dandang.platform.procedure.FairHearing;
import org.dandang.platform.procedure.FairHearing.Fault;
import org.dandang.platform.procedure.Node;
import org.dandang.platform.procedure.OtherProcedures;
import org.dandang.platform.procedure.Procedure;
import org.dandang.platform.procedure.Procedures;
import org.dandang.platform.procedure.RegisterKind;
import org.dandang.platform.procedure.RegisterKinds;
import org.dandang.platform.procedure.Wanderer;
import org.dandang.protection.accusation.SomeOutsiders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Random commands over every procedure there is in the packs: none reaches a disadvantage but after
 * notice, the person's words or the time for them, a decision by another, and an appeal. A new
 * procedure is walked through by itself, and has to say of each end whether it is a disadvantage.
 */
@DandangTest
@Import({Desk.Surroundings.class, AdverseOutcomeTests.Beside.class})
class AdverseOutcomeTests {
  private static final int STEPS =
      Boolean.getBoolean("dandang.long") ? Integer.getInteger("dandang.steps", 100_000) : 3_000;
  private static final int A_WALK = 40;
  private static final LocalDate DAY = LocalDate.of(2026, 6, 1);
  private static final String LIKE = "national/sanctions";

  @Autowired ApplicationContext context;
  @Autowired OtherProcedures procedures;
  @Autowired JdbcClient jdbc;

  private Wanderer wanderer;

  /** Lets procedures run that no pack check has seen. */
  @TestConfiguration(proxyBeanMethods = false)
  static class Beside {
    @Bean
    @Primary
    OtherProcedures besides(@Qualifier("packProcedures") Procedures packs) {
      return new OtherProcedures(packs);
    }
  }

  @BeforeEach
  void people() {
    wanderer = new Wanderer(context, new OnRecordForForms(context).makers());
    wanderer.alsoAbout(
        new SomeOutsiders(context).one(wanderer.unit()),
        Set.of("false-accusation", "credit-entry"));
  }

  private List<Procedure> all() {
    return procedures.on(DAY);
  }

  private static Set<String> adverseEnds(Procedure procedure) {
    return procedure.flow().ends().stream()
        .filter(Node.End::adverse)
        .map(end -> procedure.pack() + " " + end.id())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void noSequenceOfCommandsBringsADisadvantageUponSomebodyUnheard() throws InterruptedException {
    long seed = Long.getLong("dandang.seed", 20261128L);
    List<Procedure> turns = new ArrayList<>();
    Set<String> wanted = new TreeSet<>();
    for (Procedure procedure : all()) {
      Set<String> ends = adverseEnds(procedure);
      wanted.addAll(ends);
      for (int i = 0; i < (ends.isEmpty() ? 1 : 3); i++) {
        turns.add(procedure);
      }
    }
    assertThat(wanted).hasSizeGreaterThan(8);
    Map<String, Integer> reached = new TreeMap<>();
    int steps = 0;
    int accepted = 0;
    int walks = 0;
    int disadvantages = 0;
    List<Long> walkedThrough = new ArrayList<>();
    while (steps < STEPS || (steps < 3 * STEPS && !reached.keySet().containsAll(wanted))) {
      Procedure procedure = turns.get(walks % turns.size());
      Wanderer.Walked walked = wanderer.walk(procedure, new Random(seed + walks), A_WALK);
      assertThat(walked.faults())
          .as("seed %d, %s: %s", seed + walks, procedure.pack(), walked.said())
          .isEmpty();
      reached.merge(procedure.pack() + " " + walked.end(), 1, Integer::sum);
      disadvantages += walked.brought().isEmpty() ? 0 : 1;
      if (walked.matter() > 0) {
        walkedThrough.add(walked.matter());
      }
      steps += walked.tried();
      accepted += walked.accepted();
      walks++;
    }
    System.out.printf(
        "%d commands tried, %d taken, %d matters, %d disadvantages%n%s%n",
        steps, accepted, walks, disadvantages, reached);
    assertThat(reached.keySet()).as("each adverse end was come to, lawfully").containsAll(wanted);
    assertThat(accepted).isGreaterThan(steps / 4);
    // What came of it later, by the clock or by other matters, is fair as well.
    FairHearing hearing = new FairHearing(context);
    for (long matter : walkedThrough) {
      assertThat(hearing.faults(matter)).as("matter " + matter).isEmpty();
    }
  }

  @Test
  void everyEndSaysWhetherItIsADisadvantage() throws IOException {
    Set<String> harmless = new TreeSet<>();
    try (var file = getClass().getResourceAsStream("/procedures/harmless-ends.txt")) {
      new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(line -> harmless.add(line.substring(0, line.indexOf(':'))));
    }
    Set<String> ends = new TreeSet<>();
    for (Procedure procedure : all()) {
      procedure.flow().ends().stream()
          .filter(end -> !end.adverse())
          .forEach(end -> ends.add(procedure.pack() + " " + end.id()));
    }
    assertThat(ends)
        .as("an end is dandang:adverse, or a line of harmless-ends.txt says why it is none")
        .isEqualTo(harmless);
  }

  @Test
  void onlyAdverseEndsEnterWhatIsADisadvantage() {
    Set<String> adverse =
        RegisterKinds.ofTheProgram().all().stream()
            .filter(RegisterKind::adverse)
            .map(RegisterKind::word)
            .filter(word -> !word.startsWith("test-"))
            .collect(Collectors.toSet());
    assertThat(FairHearing.unknownRegisters(adverse))
        .as("where these keep their entries has to be said in FairHearing")
        .isEmpty();
    for (Procedure procedure : all()) {
      for (Node.Step step : procedure.flow().steps()) {
        assertThat(adverse).as(procedure.pack() + " " + step.id()).doesNotContain(step.enters());
      }
      for (Node.End end : procedure.flow().ends()) {
        if (adverse.contains(end.enters())) {
          assertThat(end.adverse()).as(procedure.pack() + " " + end.id()).isTrue();
        }
      }
    }
  }

  /** The shipped procedure of sanctions, which no longer says that it ends badly, and changed. */
  private Procedure broken(String name, String... changes) {
    Procedure like = procedures.find(LIKE, DAY, "test").orElseThrow();
    String bpmn = like.bpmn().replace(" dandang:adverse=\"true\"", "");
    for (int i = 0; i < changes.length; i += 2) {
      assertThat(bpmn).contains(changes[i]);
      bpmn = bpmn.replace(changes[i], changes[i + 1]);
    }
    return procedures.add("control/" + name, like, bpmn);
  }

  private Set<Fault> firstFaults(Procedure procedure, Fault awaited) throws InterruptedException {
    for (int i = 0; i < 400; i++) {
      Wanderer.Walked walked = wanderer.walk(procedure, new Random(i), A_WALK);
      if (walked.faults().contains(awaited)) {
        return walked.faults();
      }
    }
    return Set.of();
  }

  private static String arrow(String from, String to) {
    return "sourceRef=\"" + from + "\" targetRef=\"" + to + "\"";
  }

  @Test
  void aProcedureThatHidesItsDisadvantageIsFound() throws InterruptedException {
    assertThat(firstFaults(broken("hidden"), Fault.NOT_DECLARED))
        .containsExactly(Fault.NOT_DECLARED);
  }

  @Test
  void aProcedureThatGoesRoundTheReplyIsFound() throws InterruptedException {
    Procedure broken =
        broken(
            "unheard",
            arrow("begun", "reply"),
            arrow("begun", "assess"),
            arrow("reply", "assess"),
            arrow("reply", "none"),
            arrow("assess-way", "none"),
            arrow("assess-way", "reply"));
    assertThat(firstFaults(broken, Fault.NOT_HEARD)).contains(Fault.NOT_HEARD);
  }

  @Test
  void aProcedureInWhichWhoeverProposedDecidesIsFound() throws InterruptedException {
    Procedure broken =
        broken(
            "same-person",
            " dandang:who=\"head-of-unit\" dandang:not-by=\"begun assess\"",
            " dandang:who=\"head-of-unit personnel-officer discipline-officer\"");
    assertThat(firstFaults(broken, Fault.DECIDED_BY_PROPOSER)).contains(Fault.DECIDED_BY_PROPOSER);
  }

  @Test
  void aProcedureInWhichAnOfficerSpeaksForThePersonIsFound() throws InterruptedException {
    Procedure broken =
        broken(
            "no-notice",
            " dandang:who=\"party\" dandang:form=\"reply\" dandang:due=\"reply-days\""
                + " dandang:outcomes=\"replied no-reply\" dandang:lapse=\"no-reply\"",
            " dandang:who=\"discipline-officer personnel-officer\""
                + " dandang:outcomes=\"replied no-reply\"");
    assertThat(firstFaults(broken, Fault.NOT_HEARD)).contains(Fault.NOT_HEARD);
  }

  @Test
  void aProcedureWithoutAnAppealIsFound() throws InterruptedException {
    Procedure broken =
        broken(
            "no-appeal",
            arrow("decide-way", "none"),
            arrow("decide-way", "object") + " id=\"swap\"",
            arrow("decide-way", "object") + " name=",
            arrow("decide-way", "imposed") + " name=",
            " id=\"swap\"",
            "");
    assertThat(firstFaults(broken, Fault.NO_APPEAL)).contains(Fault.NO_APPEAL);
  }

  @Test
  void aNoticeThatWasNotSentAndATimeThatDidNotRunAreFound() throws InterruptedException {
    Procedure whole = procedures.find(LIKE, DAY, "test").orElseThrow();
    JdbcClient administrator = DandangTest.Server.administrator(jdbc);
    FairHearing hearing = new FairHearing(context);
    Wanderer.Walked imposed = null;
    for (int i = 0; imposed == null; i++) {
      Wanderer.Walked walked = wanderer.walk(whole, new Random(7_000 + i), A_WALK);
      boolean ranOut =
          jdbc.sql(
                      "select count(*) from platform.matter_step where matter_id = ? and state ="
                          + " 'lapsed'")
                  .param(walked.matter())
                  .query(Integer.class)
                  .single()
              > 0;
      if ("imposed".equals(walked.end()) && ranOut) {
        imposed = walked;
      }
    }
    assertThat(hearing.faults(imposed.matter())).isEmpty();
    administrator
        .sql(
            "update platform.matter_step set due_on = due_on + 30 where matter_id = ? and state ="
                + " 'lapsed'")
        .param(imposed.matter())
        .update();
    assertThat(hearing.faults(imposed.matter())).containsExactly(Fault.TIME_NOT_RUN);
    administrator
        .sql(
            """
            delete from platform.notice where cause in
              (select 'matter-step:' || id from platform.matter_step where matter_id = ?)
            """)
        .param(imposed.matter())
        .update();
    assertThat(hearing.faults(imposed.matter()))
        .containsExactlyInAnyOrder(Fault.TIME_NOT_RUN, Fault.NOT_TOLD);
  }
}
