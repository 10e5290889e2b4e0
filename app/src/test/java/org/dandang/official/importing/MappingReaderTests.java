package org.dandang.official.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.nio.file.Path;
import org.dandang.official.ImportProblem;
import org.dandang.official.register.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingReaderTests {
  private static final String GOOD =
      """
      id: place/people
      title: {zh-CN: 人员, zh-Hant: 人員, en: People}
      source: place
      official:
        key: {headers: [uid]}
      feeds:
        identity:
          status: {headers: [status], values: {Y: serving, N: left}}
          left-on: {headers: [gone], formats: [yyyy-MM-dd], ends: last-day}
          born: {headers: [birth year], formats: [year]}
      """;

  @Test
  void takesEveryWordAsItIsWritten() {
    MappingDefinition mapping = MappingReader.read("m.yaml", new StringReader(GOOD));
    FieldRule status = mapping.feeds().get(Field.IDENTITY_STATUS);
    assertThat(status).isNotNull();
    assertThat(status.values()).containsEntry("y", "serving").containsEntry("n", "left");
    assertThat(mapping.createOfficials()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "source: place; sauce: place; mapping-unknown; 3",
        "source: place; source: The Place; mapping-value; 3",
        "source: place; source: [place]; mapping-text; 3",
        "zh-Hant: 人員,; ; mapping-missing; 2",
        "Y: serving; Y: present; mapping-value; 8",
        "status: {; state: {; mapping-unknown; 8",
        "identity:; identities:; mapping-unknown; 7",
        "formats: [yyyy-MM-dd]; formats: [yesterday]; mapping-value; 9",
        "formats: [yyyy-MM-dd]; formats: yyyy-MM-dd; mapping-list; 9",
        "ends: last-day; ends: eventually; mapping-value; 9",
        "headers: [gone],; ; mapping-missing; 9",
        "headers: [birth year]; headers: [birth year], ends: last-day; mapping-unknown; 10",
        "key: {headers: [uid]}; unknown: create; mapping-missing; 5",
        "formats: [year]}; formats: [year]; mapping-yaml; 11",
      })
  void refusesWhatItDoesNotUnderstandNamingTheLine(
      String word, String instead, String reason, int line) {
    String bad = GOOD.replace(word, instead == null ? "" : instead);
    assertThat(bad).isNotEqualTo(GOOD);
    assertThatThrownBy(() -> MappingReader.read("m.yaml", new StringReader(bad)))
        .isInstanceOfSatisfying(
            ImportProblem.class,
            problem -> {
              assertThat(problem.reason()).isEqualTo(reason);
              assertThat(problem.getMessage()).contains("m.yaml, " + line);
            });
  }

  @Test
  void everyMappingOfTheProjectIsWellFormedAndNamedAsItsFile() {
    MappingFolder folder = new MappingFolder(new FileReading());
    assertThat(folder.names()).hasSizeGreaterThanOrEqualTo(12);
    for (String name : folder.names()) {
      assertThat(folder.named(name).id()).isEqualTo(name);
    }
  }

  @Test
  void refusesAMappingThatIsNotThere() {
    MappingFolder folder = new MappingFolder(new FileReading());
    assertThatThrownBy(() -> folder.named("standard/no-such"))
        .isInstanceOfSatisfying(
            ImportProblem.class, e -> assertThat(e.reason()).isEqualTo("mapping-not-found"));
    assertThatThrownBy(() -> folder.at(Path.of("no-such.yaml"))).isInstanceOf(ImportProblem.class);
  }
}
