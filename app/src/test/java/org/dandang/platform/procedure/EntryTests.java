package org.dandang.platform.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.dandang.DandangTest;
import org.dandang.MovedClock;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Assignments;
import org.dandang.platform.deadline.DeadlinePassed;
import org.dandang.platform.deadline.Deadlines;
import org.dandang.platform.deadline.Owner;
import org.dandang.platform.web.Refused;
import org.dandang.policy.fact.FactCatalogue;
import org.dandang.policy.pack.Finding;
import org.dandang.policy.pack.PackCheck;
import org.dandang.policy.pack.Packs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/** What procedures enter into registers: with the act or not at all, and once. */
@DandangTest
@Import({Office.Surroundings.class, EntryTests.Kept.class})
class EntryTests {
  private static final String PACK = "national/inquiry-letter";
  private static final Path PACKS = packs();

  @Autowired Cases cases;
  @Autowired Matters matters;
  @Autowired Reading reading;
  @Autowired Accounts accounts;
  @Autowired Assignments assignments;
  @Autowired Deadlines deadlines;
  @Autowired ApplicationEventPublisher events;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;
  @Autowired MovedClock clock;
  @Autowired Note note;
  @Autowired Mark mark;

  private Office office;

  /** A register that keeps what it was given, and refuses where a test says so. */
  static class Note implements DecisionRegister {
    final List<Entered> entries = new ArrayList<>();
    boolean refuses;

    @Override
    public String kind() {
      return "test-note";
    }

    @Override
    public void enter(Entered entered) {
      if (refuses) {
        throw new Refused("procedure", "procedure.refused.not-open");
      }
      entries.add(entered);
    }
  }

  static final class Mark extends Note {
    @Override
    public String kind() {
      return "test-mark";
    }
  }

  @TestConfiguration(proxyBeanMethods = false)
  static class Kept {
    @Bean
    Note note() {
      return new Note();
    }

    @Bean
    Mark mark() {
      return new Mark();
    }
  }

  @DynamicPropertySource
  static void packsOfTheTest(DynamicPropertyRegistry properties) {
    properties.add("dandang.packs", PACKS::toString);
    properties.add("dandang.packs.moment", () -> "0s"); // They are changed and asked in one breath.
  }

  private static Path packs() {
    return packs(
        "dandang:outcomes=\"approve return refuse\"",
        "dandang:outcomes=\"approve return refuse\" dandang:enters=\"test-note\"",
        "dandang:lapse=\"no-reply\"",
        "dandang:lapse=\"no-reply\" dandang:enters=\"test-note\" dandang:enters-for=\"no-reply\"",
        "endEvent id=\"accepted\"",
        "endEvent id=\"accepted\" dandang:enters=\"test-note\"",
        "endEvent id=\"reminded\"",
        "endEvent id=\"reminded\" dandang:enters=\"test-mark\"");
  }

  /** The shipped letter of inquiry with texts of its drawing replaced. */
  private static Path packs(String... replaced) {
    try {
      Path root = Files.createTempDirectory("dandang-entries");
      Path shipped = FlowReadingTests.SHIPPED.getParent();
      try (var files = Files.walk(shipped)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Path target = root.resolve(PACK).resolve(shipped.relativize(file).toString());
          Files.createDirectories(target.getParent());
          Files.copy(file, target);
        }
      }
      Path bpmn = root.resolve(PACK).resolve("procedure.bpmn");
      String text = Files.readString(bpmn);
      for (int i = 0; i < replaced.length; i += 2) {
        assertThat(text).contains(replaced[i]);
        text = text.replace(replaced[i], replaced[i + 1]);
      }
      Files.writeString(bpmn, text, StandardCharsets.UTF_8);
      Files.writeString(
          root.resolve(PACK).resolve("parameters.yaml"),
          """

          impact:
            title: {zh-CN: 影响期, zh-Hant: 影響期, en: Impact period}
            unit: month
            values:
              - {from: 2015-05-01, clause: "3", value: 6}
          """,
          java.nio.file.StandardOpenOption.APPEND);
      return root;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> found(Path packs) {
    return new PackCheck(new Packs(packs), FactCatalogue.ofTheProgram())
        .check(PACK).stream()
            .filter(Finding::isError)
            .map(one -> one.text(java.util.Locale.ENGLISH))
            .toList();
  }

  @BeforeEach
  void open() {
    clock.moveTo(LocalDate.of(2026, 6, 1));
    office = new Office(accounts, assignments, jdbc);
    note.refuses = false;
    mark.refuses = false;
    note.entries.clear();
    mark.entries.clear();
  }

  private Done act(String who, Done on, String outcome, String reasons, Map<String, String> form) {
    return cases.act(office.by(who), new Acting(on.step(), on.edition(), outcome, reasons, form));
  }

  @Test
  void anEntryHasTheAnswersTheFiguresAndWhoActed() {
    Done done = cases.begin(office.by("drafter"), office.inquiry(PACK));
    assertThat(note.entries).isEmpty();
    done = act("head", done, "approve", "", Map.of());
    Entered entered = note.entries.getFirst();
    assertThat(entered.node()).isEqualTo("approve");
    assertThat(entered.outcome()).isEqualTo("approve");
    assertThat(entered.actor()).isEqualTo("head");
    assertThat(entered.answer("matter")).contains(Office.LETTER.get("matter"));
    assertThat(entered.on()).isEqualTo(LocalDate.of(2026, 6, 1));
    assertThat(entered.figure("impact"))
        .hasValueSatisfying(
            figure -> {
              assertThat(figure.value()).isEqualByComparingTo("6");
              assertThat(figure.unit()).isEqualTo("month");
              assertThat(figure.clause()).isEqualTo("3");
            });
    done = act("party", done, "replied", "", Office.REPLY);
    act("drafter", done, "accept", "", Office.ASSESSMENT);
    assertThat(note.entries).hasSize(2);
    Entered last = note.entries.getLast();
    assertThat(last.node()).isEqualTo("accepted");
    assertThat(last.outcome()).isNull();
    assertThat(last.matter().result()).isEqualTo("accepted");
    assertThat(last.answer("view")).contains(Office.ASSESSMENT.get("view"));
  }

  @Test
  void aFormSignedAgainReplacesWhatItSaidBeforeAndNamesOnRecordKeepTheirNumber() {
    Map<String, String> first = new java.util.HashMap<>(Office.LETTER);
    first.put("copies", "t-department");
    Done done =
        cases.begin(
            office.by("drafter"), new Beginning(PACK, office.unit, List.of(Office.PARTY), first));
    done = act("head", done, "return", "写明", Map.of());
    assertThat(note.entries).isEmpty();
    Map<String, String> second = new java.util.HashMap<>(Office.LETTER);
    second.put("copies", "t-unit");
    done = act("drafter", done, "submit", "", second);
    act("head", done, "approve", "", Map.of());
    assertThat(note.entries.getFirst().onRecord("copies")).contains(office.unit);
    jdbc.sql("update organisation.unit set name = 'renamed' where id = ?")
        .param(office.unit)
        .update();
    assertThat(note.entries.getFirst().onRecord("matter")).isEmpty();
  }

  @Test
  void aRefusedEntryUndoesTheAct() {
    Done done = cases.begin(office.by("drafter"), office.inquiry(PACK));
    note.refuses = true;
    long entries = ledger();
    assertThatThrownBy(() -> act("head", done, "approve", "", Map.of()))
        .isInstanceOf(Refused.class);
    assertThat(matters.openStep(matters.find(done.matter()).orElseThrow()).orElseThrow().id())
        .isEqualTo(done.step());
    assertThat(matters.find(done.matter()).orElseThrow().edition()).isEqualTo(done.edition());
    assertThat(ledger()).isEqualTo(entries);
    note.refuses = false;
    act("head", done, "approve", "", Map.of());
    assertThat(note.entries).hasSize(1);
  }

  private long ledger() {
    return jdbc.sql("select count(*) from platform.ledger_entry").query(Long.class).single();
  }

  @Test
  void sentTwiceItIsEnteredOnce() {
    Done done = cases.begin(office.by("drafter"), office.inquiry(PACK));
    Command command = new Command(UUID.randomUUID(), office.as("head"));
    Acting acting = new Acting(done.step(), done.edition(), "approve", "", Map.of());
    assertThat(cases.act(command, acting).repeated()).isFalse();
    assertThat(cases.act(command, acting).repeated()).isTrue();
    assertThat(note.entries).hasSize(1);
  }

  @Test
  void aStepThatEnteredIsNotTakenBack() {
    Done done =
        act(
            "head",
            cases.begin(office.by("drafter"), office.inquiry(PACK)),
            "approve",
            "",
            Map.of());
    done = act("party", done, "no-reply", "", Map.of());
    assertThat(note.entries).extracting(Entered::outcome).containsExactly("approve", "no-reply");
    Done assess = done;
    assertThatThrownBy(() -> cases.takeBack(office.by("party"), assess.matter(), assess.edition()))
        .isInstanceOf(Refused.class);
  }

  @Test
  void aLapseEntersAsTheClockAndTheAdverseEndAfterItToo() {
    Done done =
        act(
            "head",
            cases.begin(office.by("drafter"), office.inquiry(PACK)),
            "approve",
            "",
            Map.of());
    pass(done.step());
    assertThat(note.entries.getLast().actor()).isEqualTo("clock");
    assertThat(note.entries.getLast().account()).isNull();
    Matter matter = matters.find(done.matter()).orElseThrow();
    done =
        new Done(matter.id(), matters.openStep(matter).orElseThrow().id(), matter.edition(), false);
    done = act("drafter", done, "propose-reminder", "", Office.ASSESSMENT);
    done = act("head", done, "remind", "未说明", Map.of());
    assertThat(mark.entries).isEmpty();
    pass(done.step());
    assertThat(mark.entries).hasSize(1);
    assertThat(mark.entries.getFirst().matter().result()).isEqualTo("reminded");
    assertThat(mark.entries.getFirst().matter().officials())
        .containsExactly(Office.PARTY.subject());
  }

  private void pass(long step) {
    transaction.executeWithoutResult(
        status ->
            deadlines
                .of(new Owner("matter-step", Long.toString(step)))
                .forEach(deadline -> events.publishEvent(new DeadlinePassed(deadline))));
  }

  @Test
  void whatIsShippedForTheTestsIsWhole() {
    assertThat(found(PACKS)).isEmpty();
  }

  @Test
  void anAdverseRegisterIsEnteredAtAnAdverseEndOnly() {
    assertThat(
            found(
                packs(
                    "endEvent id=\"accepted\"",
                    "endEvent id=\"accepted\" dandang:enters=\"test-mark\"")))
        .singleElement()
        .asString()
        .contains("test-mark")
        .contains("adverse");
    assertThat(
            found(
                packs(
                    "dandang:outcomes=\"approve return refuse\"",
                    "dandang:outcomes=\"approve return refuse\" dandang:enters=\"test-mark\"")))
        .singleElement()
        .asString()
        .contains("disadvantage");
  }

  @Test
  void anUnknownRegisterAMissingFieldAndAnUnknownOutcomeAreTold() {
    assertThat(
            found(
                packs(
                    "endEvent id=\"accepted\"",
                    "endEvent id=\"accepted\" dandang:enters=\"nothing\"")))
        .singleElement()
        .asString()
        .contains("nothing")
        .contains("test-note");
    assertThat(
            found(
                packs(
                    "dandang:form=\"assessment\" dandang:form-for=\"propose-reminder accept"
                        + " ask-again\" ",
                    "",
                    "endEvent id=\"accepted\"",
                    "endEvent id=\"accepted\" dandang:enters=\"test-note\"")))
        .anyMatch(finding -> finding.contains("\"view\""));
    assertThat(
            found(
                packs(
                    "dandang:outcomes=\"approve return refuse\"",
                    "dandang:outcomes=\"approve return refuse\" dandang:enters=\"test-note\""
                        + " dandang:enters-for=\"other\"")))
        .anyMatch(finding -> finding.contains("\"other\""));
    assertThat(
            found(
                packs(
                    "dandang:outcomes=\"approve return refuse\"",
                    "dandang:outcomes=\"approve return refuse\" dandang:enters-for=\"approve\"")))
        .anyMatch(finding -> finding.contains("enters-for"));
  }
}
