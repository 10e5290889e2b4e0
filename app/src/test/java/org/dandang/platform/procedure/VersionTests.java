package org.dandang.platform.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.dandang.DandangTest;
import org.dandang.MovedClock;
import org.dandang.platform.access.Accounts;
import org.dandang.platform.access.Assignments;
import org.dandang.platform.access.Role;
import org.dandang.platform.web.Refused;
import org.dandang.policy.PolicyProblem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Versions side by side, and several who sign, with packs made for the tests. */
@DandangTest
@Import(Office.Surroundings.class)
class VersionTests {
  private static final Path PACKS = packs();

  @Autowired Cases cases;
  @Autowired Matters matters;
  @Autowired Signatures signatures;
  @Autowired Accounts accounts;
  @Autowired Assignments assignments;
  @Autowired JdbcClient jdbc;
  @Autowired MovedClock clock;

  private Office office;

  @DynamicPropertySource
  static void packsOfTheTest(DynamicPropertyRegistry properties) {
    properties.add("dandang.packs", PACKS::toString);
    properties.add("dandang.packs.moment", () -> "0s"); // They are changed and asked in one breath.
  }

  private static Path packs() {
    try {
      Path root = Files.createTempDirectory("dandang-packs");
      copy(FlowReadingTests.SHIPPED.getParent(), root.resolve("national/inquiry-letter"));
      for (String sign : List.of("all", "in-order")) {
        Path pack = Files.createDirectories(root.resolve("test/" + sign));
        Files.write(
            pack.resolve("procedure.bpmn"),
            Objects.requireNonNull(
                    VersionTests.class.getResourceAsStream("/procedures/" + sign + ".bpmn"))
                .readAllBytes());
        Files.writeString(
            pack.resolve("pack.yaml"),
            """
            id: test/%s
            title: {zh-CN: 会签, zh-Hant: 會簽, en: Signing}
            place: test
            level: county
            in-force: {from: 2020-01-01}
            """
                .formatted(sign));
        Files.writeString(pack.resolve("clauses.md"), "");
        for (String language : List.of("zh-CN", "zh-Hant", "en")) {
          Files.writeString(
              pack.resolve("messages." + language + ".properties"),
              """
              start=x
              step.sign=x
              outcome.sign.agree=x
              outcome.sign.disagree=x
              consequence.sign.agree=x
              consequence.sign.disagree=x
              result.agreed=x
              result.not-agreed=x
              """);
        }
      }
      return root;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  @BeforeEach
  void open() {
    clock.moveTo(LocalDate.of(2026, 6, 1));
    office = new Office(accounts, assignments, jdbc);
    office.person("discipline", Role.DISCIPLINE_OFFICER, office.department);
    office.person("finance", Role.FINANCE_OFFICER, office.unit);
  }

  @Test
  void aMatterEndsUnderTheVersionItBeganWith() throws IOException {
    Path pack = PACKS.resolve("national/inquiry-letter");
    Done old = cases.begin(office.by("drafter"), office.inquiry("national/inquiry-letter"));
    String bpmn = Files.readString(pack.resolve("procedure.bpmn"));
    Files.writeString(
        pack.resolve("procedure.2026-06-10.bpmn"),
        bpmn.replace(
                "dandang:outcomes=\"approve return refuse\"", "dandang:outcomes=\"approve refuse\"")
            .replaceAll("(?m)^ *<sequenceFlow id=\"approved-to-revise\".*\\n", "")
            .replaceAll(
                "(?s)<bpmndi:BPMNEdge id=\"approved-to-revise-edge\".*?</bpmndi:BPMNEdge>", "")
            .replaceAll(
                "(?m)^.*<(userTask id=\"revise\"|sequenceFlow id=\"revise-to-approve\").*\\n", "")
            .replaceAll(
                "(?s)<bpmndi:BPMNEdge id=\"revise-to-approve-edge\".*?</bpmndi:BPMNEdge>", "")
            .replace("dandang:withdraw=\"approve revise\"", "dandang:withdraw=\"approve\"")
            .replace("begun revise", "begun"));
    assertThat(
            FlowReading.read(Files.readAllBytes(pack.resolve("procedure.2026-06-10.bpmn"))).flaws())
        .isEmpty();
    Files.writeString(
        pack.resolve("parameters.yaml"),
        Files.readString(pack.resolve("parameters.yaml"))
            .replace(
                "- {from: 2015-05-01, clause: \"3\", value: 15}",
                "- {from: 2015-05-01, clause: \"3\", value: 15}\n"
                    + "    - {from: 2026-06-10, clause: \"3\", value: 7}"));
    clock.moveTo(LocalDate.of(2026, 6, 10));
    Done young = cases.begin(office.by("drafter"), office.inquiry("national/inquiry-letter"));
    assertThatThrownBy(() -> act("head", young, "return", "改"))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.key()).endsWith("no-such-outcome"));
    Done returned = act("head", old, "return", "改");
    assertThat(at(old.matter())).isEqualTo("revise");
    Done again =
        cases.act(
            office.by("drafter"),
            new Acting(returned.step(), returned.edition(), "submit", "", Office.LETTER));
    act("head", again, "approve", "");
    act("head", young, "approve", "");
    assertThat(due(old.matter())).isEqualTo(LocalDate.of(2026, 7, 2));
    assertThat(due(young.matter())).isEqualTo(LocalDate.of(2026, 6, 22));
    // What has begun to hold may not be changed under its name.
    Files.writeString(
        pack.resolve("procedure.2026-06-10.bpmn"),
        Files.readString(pack.resolve("procedure.2026-06-10.bpmn"))
            .replace("name=\"审批函询\"", "name=\"审批\""));
    assertThatThrownBy(
            () -> cases.begin(office.by("drafter"), office.inquiry("national/inquiry-letter")))
        .isInstanceOf(PolicyProblem.class);
    assertThat(at(young.matter())).isEqualTo("reply");
  }

  @Test
  void allSignInWhateverOrderAndEachOnce() {
    Done done = cases.begin(office.by("drafter"), signing("all"));
    done = act("discipline", done, "agree", "");
    assertThat(at(done.matter())).isEqualTo("sign");
    Done once = done;
    assertThatThrownBy(() -> act("discipline", once, "agree", "")).isInstanceOf(Refused.class);
    done = act("head", done, "agree", "");
    assertThat(matters.find(done.matter()).orElseThrow().result()).isEqualTo("agreed");
  }

  @Test
  void oneWhoDoesNotAgreeDecides() {
    Done done = cases.begin(office.by("drafter"), signing("all"));
    done = act("discipline", done, "disagree", "材料不足");
    assertThat(matters.find(done.matter()).orElseThrow().result()).isEqualTo("not-agreed");
  }

  @Test
  void inOrderOnlyTheNextSignsAndOneMoreIsAsked() {
    Done done = cases.begin(office.by("drafter"), signing("in-order"));
    Done first = done;
    assertThatThrownBy(() -> act("discipline", first, "agree", ""))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.key()).endsWith("not-your-turn"));
    assertThatThrownBy(
            () ->
                cases.addSigner(
                    office.by("head"), first.step(), first.edition(), office.as("party"), "核实"))
        .isInstanceOf(Refused.class);
    assertThatThrownBy(
            () ->
                cases.addSigner(
                    office.by("head"), first.step(), first.edition(), office.as("drafter"), "核实"))
        .isInstanceOf(Refused.class);
    done =
        cases.addSigner(
            office.by("head"), done.step(), done.edition(), office.as("finance"), "涉及经费");
    done = act("head", done, "agree", "");
    done = act("discipline", done, "agree", "");
    assertThat(at(done.matter())).isEqualTo("sign");
    assertThat(signatures.of(done.step())).hasSize(3);
    done = act("finance", done, "agree", "");
    assertThat(matters.find(done.matter()).orElseThrow().result()).isEqualTo("agreed");
  }

  private Beginning signing(String sign) {
    return new Beginning("test/" + sign, office.unit, List.of(Office.PARTY), Map.of());
  }

  private Done act(String who, Done last, String outcome, String reasons) {
    return cases.act(
        new Command(UUID.randomUUID(), office.as(who)),
        new Acting(last.step(), last.edition(), outcome, reasons, Map.of()));
  }

  private String at(long matter) {
    return matters
        .openStep(matters.find(matter).orElseThrow())
        .map(step -> step.node().id())
        .orElse("");
  }

  private LocalDate due(long matter) {
    return matters.openStep(matters.find(matter).orElseThrow()).orElseThrow().dueOn();
  }
}
