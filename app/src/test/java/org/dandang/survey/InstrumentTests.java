package org.dandang.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dandang.policy.fact.FactCatalogue;
import org.dandang.policy.pack.Finding;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.PackCheck;
import org.dandang.policy.pack.Packs;
import org.dandang.survey.instrument.InstrumentReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Instruments of packs: what is shipped holds, and what is wrong is named by file, line and key.
 */
class InstrumentTests {
  private static final Path SHIPPED = Path.of("..", "packs");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "national/democratic-recommendation",
        "national/panel-vote",
        "national/satisfaction",
        "national/positive-negative-survey"
      })
  void whatIsShippedIsRightAndItsSentencesHold(String id) {
    Packs packs = new Packs(SHIPPED);
    assertThat(new PackCheck(packs, FactCatalogue.ofTheProgram()).check(id))
        .filteredOn(Finding::isError)
        .isEmpty();
    Pack pack = packs.find(id).orElseThrow();
    assertThat(texts(InstrumentCheck.check(pack))).isEmpty();
    assertThat(InstrumentCheck.test(pack))
        .isNotEmpty()
        .allSatisfy(result -> assertThat(texts(result.findings())).as(result.name()).isEmpty());
  }

  private static List<String> texts(List<Finding> findings) {
    return findings.stream().map(finding -> finding.text(Locale.ENGLISH)).toList();
  }

  /** A change to a right scheme, and how what is wrong with it is told. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "secrecy: either|secrecy: maybe|:2 [secrecy] error: \"maybe\" is not one of: secret, named,"
            + " either",
        "kind: motion|kind: motoin|sections[1].questions[1].kind] error: \"motoin\" is not one of",
        "for-each: matters|for-each: things|error: There is no list \"things\". Lists: matters",
        "of: due}|of: everybody}|majority.of] error: \"everybody\" is not one of: due, present,"
            + " cast",
        "most: 100|most: many|lists.matters.most] error: \"many\" must be a whole number from 1 to"
            + " 500",
        "id: matter|id: Matter 1|error: The id \"Matter 1\" must be small letters",
        "for-each: matters|options: []|error: \"options\" means nothing for a question of the kind"
            + " motion",
        "en: Your vote|de: Ihre Stimme|error: The words in en are missing",
        "kind: instrument|kind: instrument\\nbogus: 1|error: \"bogus\" is not known here",
        "- id: vote|- id: vote\\n    id: vote|error: The key \"id\" is written twice",
      })
  void whatIsWrongIsNamedByFileLineAndKey(String right, String wrong, String told)
      throws IOException {
    String text = Files.readString(SHIPPED.resolve("national/panel-vote/scheme.yaml"));
    assertThat(text).contains(right);
    List<Finding> findings = new ArrayList<>();
    assertThat(
            InstrumentReader.read(
                text.replaceFirst(
                    Pattern.quote(right), Matcher.quoteReplacement(wrong.replace("\\n", "\n"))),
                "national/panel-vote/scheme.yaml",
                findings::add))
        .isEmpty();
    assertThat(texts(findings))
        .anyMatch(
            line -> line.startsWith("national/panel-vote/scheme.yaml:") && line.contains(told));
  }

  @Test
  void aRuleWithoutItsFigureAndASentenceThatDoesNotHoldAreTold(@TempDir Path folder)
      throws IOException {
    Path copy = folder.resolve("national/panel-vote");
    Files.createDirectories(copy);
    try (Stream<Path> files = Files.list(SHIPPED.resolve("national/panel-vote"))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    Path cases = copy.resolve("counting.yaml");
    Files.writeString(
        cases, Files.readString(cases).replace("for: 5, against: 1", "for: 6, against: 1"));
    assertThat(
            texts(
                InstrumentCheck.check(new Packs(folder).find("national/panel-vote").orElseThrow())))
        .singleElement()
        .asString()
        .contains("counting.yaml:")
        .contains("expect.matter.1.for")
        .contains("Expected 6, counted 5");
    Path parameters = copy.resolve("parameters.yaml");
    Files.writeString(parameters, Files.readString(parameters).replace("\"2/3\"", "\"3/2\""));
    assertThat(
            texts(
                InstrumentCheck.check(new Packs(folder).find("national/panel-vote").orElseThrow())))
        .anyMatch(line -> line.contains("[quorum] error: \"3/2\" is not a share"));
    Files.writeString(parameters, Files.readString(parameters).replace("approval:", "consent:"));
    assertThat(
            texts(
                InstrumentCheck.check(new Packs(folder).find("national/panel-vote").orElseThrow())))
        .anyMatch(line -> line.contains("There is no parameter \"approval\""))
        .anyMatch(line -> line.contains("does not use the parameter \"consent\""));
  }
}
