package org.dandang.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.dandang.policy.fact.FactCatalogue;
import org.dandang.policy.pack.Finding;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.PackCheck;
import org.dandang.policy.pack.PackSkeleton;
import org.dandang.policy.pack.PackTest;
import org.dandang.policy.pack.Packs;
import org.dandang.policy.pack.PolicyVersion;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a check says of packs that are broken in one place, each from a pack that is whole. */
class PackReadingTests {
  private static final Path SHIPPED = Path.of("..", "packs").toAbsolutePath().normalize();
  private static final String ID = "zhaotong/front-line-quota";

  @TempDir Path folder;
  private Path pack;

  @BeforeEach
  void aCopyOfAPackThatIsWhole() throws IOException {
    pack = Files.createDirectories(folder.resolve(ID));
    try (var files = Files.list(SHIPPED.resolve(ID))) {
      for (Path file : files.toList()) {
        Files.copy(file, pack.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  @Test
  void everyPackThatIsShippedIsWholeAndItsCasesHold() {
    Packs packs = new Packs(SHIPPED);
    PackCheck check = new PackCheck(packs, FactCatalogue.ofTheProgram());
    assertThat(packs.ids()).hasSizeGreaterThanOrEqualTo(3);
    assertThat(packs.ids().stream().flatMap(id -> check.check(id).stream())).isEmpty();
    assertThat(packs.all().stream().flatMap(p -> PackTest.run(p).stream()))
        .isNotEmpty()
        .allMatch(PackTest.CaseResult::holds);
  }

  @Test
  void aWholePackHasNoFindings() {
    assertThat(findings()).isEmpty();
  }

  @Test
  void namesTheLineOfAnUnknownKey() throws IOException {
    change("pack.yaml", text -> text.replace("place: zhaotong", "palce: zhaotong"));
    assertThat(said()).anyMatch(line -> line.startsWith(ID + "/pack.yaml:7 [palce]"));
  }

  @Test
  void suggestsTheFactThatWasMeant() throws IOException {
    change(
        "pack.yaml",
        text -> text.replace("[unit-level, promoted-count,", "[unit-level, promotedcount,"));
    assertThat(said())
        .anyMatch(line -> line.contains("promotedcount") && line.contains("promoted-count"));
  }

  @Test
  void refusesAParameterWithoutAFigureOnSomeDays() throws IOException {
    change(
        "parameters.yaml",
        text -> text.replace("{from: 2016-01-01, clause", "{from: 2017-01-01, clause"));
    assertThat(said())
        .anyMatch(line -> line.contains("parameters.yaml") && line.contains("2016-01-01"));
  }

  @Test
  void refusesAParameterWithTwoFiguresOnOneDay() throws IOException {
    change(
        "parameters.yaml",
        text ->
            text.replace("{from: 2016-01-01, clause", "{from: 2016-01-01, to: 2020-01-01, clause")
                + "    - {from: 2019-01-01, clause: \"2\", city: 0.65, county: 0.8, city-department: 0.5}\n");
    assertThat(said()).anyMatch(line -> line.contains("two figures"));
  }

  @Test
  void refusesAClauseThatIsNotThere() throws IOException {
    change("clauses.md", text -> text.replace("## 4", "## 5"));
    assertThat(said())
        .anyMatch(line -> line.contains("parameters.yaml") && line.contains("no clause 4"))
        .anyMatch(line -> line.contains("no clause 4"));
  }

  @Test
  void refusesARuleWithoutItsClause() throws IOException {
    change(
        "front-line-quota.2016-01-01.dmn",
        text ->
            text.replaceFirst(
                "<annotationEntry><text>1</text></annotationEntry>",
                "<annotationEntry><text></text></annotationEntry>"));
    assertThat(said()).anyMatch(line -> line.contains("row 1") && line.contains("clause"));
  }

  @Test
  void namesTheCaseThatDoesNotHold() throws IOException {
    change(
        "cases.yaml",
        text ->
            text.replaceFirst(
                "promoted-with-front-line-count: 8", "promoted-with-front-line-count: 7"));
    assertThat(said()).anyMatch(line -> line.contains("cases.yaml:1") && line.contains("not-met"));
  }

  @Test
  void tellsOfARuleThatNoCaseHits() throws IOException {
    change(
        "cases.yaml",
        text -> text.substring(0, text.indexOf("- name: In 2019 a county that promoted nobody")));
    assertThat(said())
        .anyMatch(
            line ->
                line.contains("row 1")
                    && line.contains("note:")
                    && line.contains("nobody-promoted"));
  }

  @Test
  void tellsOfAWordThatALanguageLacks() throws IOException {
    change("messages.zh-Hant.properties", text -> text.replaceFirst("outcome.met=.*\n", ""));
    assertThat(said())
        .anyMatch(
            line -> line.contains("messages.zh-Hant.properties") && line.contains("outcome.met"));
  }

  @Test
  void tellsWhereATableIsNoDmn() throws IOException {
    change("front-line-quota.2016-01-01.dmn", text -> "<html/>");
    assertThat(said())
        .anyMatch(
            line -> line.contains("front-line-quota.2016-01-01.dmn") && line.contains("error:"));
  }

  @Test
  void tellsWhereATableIsHostile() throws IOException {
    change(
        "front-line-quota.2016-01-01.dmn",
        text ->
            text.replaceFirst(
                "<definitions",
                "<!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]><definitions"));
    assertThat(said()).anyMatch(line -> line.contains("document type"));
  }

  @Test
  void tellsOfAFileThatIsNotUtf8() throws IOException {
    Files.write(pack.resolve("clauses.md"), "## 2\n条款".getBytes("GBK"));
    assertThat(said()).anyMatch(line -> line.contains("clauses.md") && line.contains("UTF-8"));
  }

  @Test
  void tellsOfYamlThatCannotBeRead() throws IOException {
    change("pack.yaml", text -> text.replace("subject: unit", "subject: [unit"));
    assertThat(said()).anyMatch(line -> line.contains("pack.yaml:") && line.contains("YAML"));
  }

  @Test
  void saysWhatATableMustBeInterpretedFor() throws IOException {
    change(
        "front-line-quota.2016-01-01.dmn",
        text ->
            text.replace(
                "promoted-with-front-line-count - required-share * promoted-count</text></inputExpression>",
                "exp(0) * (promoted-with-front-line-count - required-share * promoted-count)</text></inputExpression>"));
    assertThat(said()).anyMatch(line -> line.contains("input 3") && line.contains("exp"));
  }

  @Test
  void everyFindingSpeaksEveryLanguage() throws IOException {
    change("pack.yaml", text -> text.replace("place: zhaotong", "palce: zhaotong"));
    for (String tag : List.of("zh-CN", "zh-Hant", "en")) {
      assertThat(findings())
          .allSatisfy(
              finding ->
                  assertThat(finding.text(Locale.forLanguageTag(tag))).doesNotContain("finding."));
    }
  }

  @Test
  void aDatePicksTheTableAndTheFiguresInForceThen() throws IOException {
    Packs packs = new Packs(SHIPPED);
    Pack sergeant = packs.find("example/sergeant-eligibility").orElseThrow();
    assertThat(
            PolicyVersion.of(sergeant, LocalDate.of(2018, 12, 31))
                .figuresFor(java.util.Map.of())
                .get("awards-for-shortening"))
        .hasToString("5");
    assertThat(
            PolicyVersion.of(sergeant, LocalDate.of(2019, 1, 1))
                .figuresFor(java.util.Map.of())
                .get("awards-for-shortening"))
        .hasToString("10");
    org.assertj.core.api.Assertions.assertThatExceptionOfType(PolicyProblem.class)
        .isThrownBy(() -> PolicyVersion.of(sergeant, LocalDate.of(2016, 12, 31)));
  }

  private void change(String file, UnaryOperator<String> how) throws IOException {
    Path path = pack.resolve(file);
    String before = Files.readString(path);
    String after = how.apply(before);
    assertThat(after).as("the change changes something").isNotEqualTo(before);
    Files.writeString(path, after, StandardCharsets.UTF_8);
  }

  private List<Finding> findings() {
    return new PackCheck(new Packs(folder), FactCatalogue.ofTheProgram()).check(ID);
  }

  private List<String> said() {
    return findings().stream().map(finding -> finding.text(Locale.ENGLISH)).toList();
  }

  @Test
  void aNewPackPassesItsCheckAndItsCases() throws IOException {
    FactCatalogue catalogue = FactCatalogue.ofTheProgram();
    for (String fact : List.of("months-of-service", "promoted-count")) {
      String id = "somewhere/looks-at-" + fact;
      new PackSkeleton(id, catalogue.get(fact), java.time.LocalDate.of(2026, 1, 1)).write(folder);
      Packs packs = new Packs(folder);

      assertThat(new PackCheck(packs, catalogue).check(id)).isEmpty();
      assertThat(PackTest.run(packs.find(id).orElseThrow()))
          .isNotEmpty()
          .allMatch(PackTest.CaseResult::holds);
      assertThatExceptionOfType(PolicyProblem.class)
          .isThrownBy(
              () ->
                  new PackSkeleton(id, catalogue.get(fact), java.time.LocalDate.of(2026, 1, 1))
                      .write(folder));
    }
  }

  @Test
  void refusesAStepThatNamesWhatIsNotThere() throws IOException {
    String step = "national/rank-advance";
    Path copy = Files.createDirectories(folder.resolve(step));
    try (var files = Files.list(SHIPPED.resolve(step))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    PackCheck check = new PackCheck(new Packs(folder), FactCatalogue.ofTheProgram());
    assertThat(check.check(step)).isEmpty();
    Path manifest = copy.resolve("pack.yaml");
    String whole = Files.readString(manifest);
    for (String wrong :
        List.of("to: the-next", "from: the-next", "asked: the-next", "has: the-next")) {
      Files.writeString(
          manifest, whole.replaceFirst(wrong.replace("the-next", "[a-z-]+(?=[,}\\n])"), wrong));
      assertThat(check.check(step))
          .as(wrong)
          .anyMatch(
              finding -> finding.isError() && finding.text(Locale.ENGLISH).contains("the-next"));
    }
    Files.writeString(manifest, whole.replace("    time-in-rank:", "    time-at-rank:"));
    assertThat(check.check(step)).anyMatch(Finding::isError);
    Files.writeString(manifest, whole);
    Path cases = copy.resolve("cases.yaml");
    Files.writeString(
        cases, Files.readString(cases).replaceFirst("time-in-rank: met", "time-in-rank: not-met"));
    assertThat(check.check(step)).anyMatch(Finding::isError);
  }

  @Test
  void tellsOfRowsThatOverlapAndOfGaps() throws IOException {
    change(
        "front-line-quota.2016-01-01.dmn",
        text -> text.replaceFirst("&gt;= 0</text></inputEntry>", "&gt;= -1</text></inputEntry>"));
    assertThat(said()).anyMatch(line -> line.contains("rows give several"));
  }
}
