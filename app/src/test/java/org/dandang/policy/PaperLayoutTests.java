package org.dandang.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.dandang.policy.fact.FactCatalogue;
import org.dandang.policy.pack.Finding;
import org.dandang.policy.pack.PackCheck;
import org.dandang.policy.pack.Packs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layouts of papers are checked with the pack: what they name has to be there. */
class PaperLayoutTests {
  private static final String ID = "national/sanctions";
  private static final Path SHIPPED = Path.of("..", "packs");

  @TempDir Path folder;
  private Path pack;

  @BeforeEach
  void copy() throws IOException {
    pack = folder.resolve(ID);
    Path from = SHIPPED.resolve(ID);
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path to = pack.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, to);
        }
      }
    }
  }

  private List<String> errors() {
    return new PackCheck(new Packs(folder), FactCatalogue.ofTheProgram())
        .check(ID).stream()
            .filter(Finding::isError)
            .map(finding -> finding.text(Locale.ENGLISH))
            .toList();
  }

  private void change(String file, String what, String by) throws IOException {
    String before = Files.readString(pack.resolve(file));
    assertThat(before).contains(what);
    Files.writeString(pack.resolve(file), before.replace(what, by), StandardCharsets.UTF_8);
  }

  @Test
  void theShippedPackPasses() {
    assertThat(errors()).isEmpty();
  }

  @Test
  void aFieldThereIsNoneOfIsNamedWithThoseThereAre() throws IOException {
    change("papers/decision.yaml", "case.cause", "case.why");
    assertThat(errors()).singleElement().asString().contains("case.why").contains("case.cause");
  }

  @Test
  void aDateThatIsNoneAndAStepThereIsNoneOfAreTold() throws IOException {
    change(
        "papers/decision.yaml", "date: decision.decided-on", "date: decision.number\nafter: dec");
    assertThat(errors())
        .hasSize(2)
        .anyMatch(error -> error.contains("decision.number"))
        .anyMatch(error -> error.contains("\"dec\""));
  }

  @Test
  void placesInTextsMeanSomethingAndAreTheSameInEveryLanguage() throws IOException {
    change("messages.en.properties", "{figure.objection-months}", "{figure.objection-weeks}");
    assertThat(errors())
        .anyMatch(error -> error.contains("figure.objection-weeks") && error.contains("signed-on"))
        .anyMatch(error -> error.contains("differs"));
  }

  @Test
  void aTextWithoutWordsAndAPaperOfNoFormAreTold() throws IOException {
    change("messages.zh-Hant.properties", "paper.decision.decided=", "paper.decision.other=");
    Files.copy(pack.resolve("papers/decision.yaml"), pack.resolve("papers/verdict.yaml"));
    assertThat(errors())
        .anyMatch(error -> error.contains("paper.decision.decided"))
        .anyMatch(error -> error.contains("verdict"));
  }

  @Test
  void whatIsNoPartOrNoSignatureIsTold() throws IOException {
    change("papers/decision.yaml", "{text: decided}", "{text: decided, fields: [case.cause]}");
    change("papers/decision.yaml", "signed: unit", "signed: machine");
    assertThat(errors()).anyMatch(error -> error.contains("machine")).hasSize(2);
  }
}
