package org.dandang.policy.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.dandang.platform.procedure.Field;
import org.dandang.platform.procedure.Form;
import org.dandang.platform.procedure.Procedure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Choices of a form that come from a code table. */
class CodeTableTests {
  private static final String FORM =
      """
      fields:
        - {id: day, kind: date}
        - {id: level, kind: choice, required: true, codes: levels, as-of: day}
      """;
  private static final String TABLE =
      """
      code,from,to,zh-CN,zh-Hant,en
      old,,2019-06-01,旧,舊,Old
      new,2019-06-01,,新,新,New
      always,,,常,常,Always
      """;
  private static final LocalDate TODAY = LocalDate.of(2026, 6, 1);

  @TempDir Path folder;

  private final List<Finding> findings = new ArrayList<>();

  private Optional<Form> form(String form, String table) throws IOException {
    Files.createDirectories(folder.resolve("codes"));
    Files.writeString(folder.resolve("codes/levels.csv"), table);
    Path file = Files.writeString(folder.resolve("form.yaml"), form);
    return FormReader.read(
        "form", file, "form.yaml", new CodeTables(folder, "place/pack"), findings::add);
  }

  private static List<String> problems(Form form, Map<String, String> answers) {
    return form.problems(form.taken(answers), Map.of(), TODAY, (kind, text) -> true).stream()
        .map(Form.Problem::key)
        .toList();
  }

  @Test
  void offersTheTablesCodesAndTakesThoseInForceOnTheDay() throws IOException {
    Form form = form(FORM, TABLE).orElseThrow();
    assertThat(findings).isEmpty();
    Field.Kind.Choice choice = (Field.Kind.Choice) form.field("level").orElseThrow().kind();
    assertThat(choice.options()).containsExactly("old", "new", "always");
    assertThat(problems(form, Map.of("level", "new"))).isEmpty();
    assertThat(problems(form, Map.of("level", "always"))).isEmpty();
    assertThat(problems(form, Map.of("level", "old"))).containsExactly("not-in-force");
    assertThat(problems(form, Map.of("level", "old", "day", "2019-05-31"))).isEmpty();
    assertThat(problems(form, Map.of("level", "old", "day", "2019-06-01")))
        .containsExactly("not-in-force");
    assertThat(problems(form, Map.of("level", "new", "day", "2019-05-31")))
        .containsExactly("not-in-force");
    assertThat(problems(form, Map.of("level", "other"))).containsExactly("not-an-option");
    assertThat(problems(form, Map.of())).containsExactly("required");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "old,,2019-06-01 ; old,2020-06-01,2019-06-01 ; codes/levels.csv:2 ; ends (2019-06-01)"
            + " before",
        "new,2019-06-01 ; new,1 June ; codes/levels.csv:3 ; \"\"\"1 June\"\" is no date\"",
        "new,2019 ; old,2019 ; codes/levels.csv:3 ; The code old stands twice",
        "always,,,常,常,Always ; always,,,常,,Always ; codes/levels.csv:4 ; The words in zh-Hant are"
            + " missing",
        "always,,,常,常,Always ; always,,,常 ; codes/levels.csv:4 ; has the columns",
        "always, ; al ways, ; codes/levels.csv:4 ; is no code",
        "code,from ; code,since ; codes/levels.csv:1 ; has the columns code,from,to"
      })
  void namesTheLineThatIsWrong(String found, String written, String place, String said)
      throws IOException {
    String table = TABLE.replace(found, written);
    assertThat(table).isNotEqualTo(TABLE);
    assertThat(form(FORM, table)).isEmpty();
    assertThat(findings.getFirst().text(Locale.ENGLISH)).contains(place).contains(said);
  }

  @Test
  void saysWhatIsWrongWithTheFormThatNamesIt() throws IOException {
    assertThat(form(FORM.replace("codes: levels", "codes: none"), TABLE)).isEmpty();
    assertThat(form(FORM.replace("codes: levels", "codes: ../form"), TABLE)).isEmpty();
    assertThat(form(FORM.replace("as-of: day", "as-of: level"), TABLE)).isEmpty();
    assertThat(form(FORM.replace("as-of: day", "options: [a, b]"), TABLE)).isEmpty();
    assertThat(form(FORM, "code,from,to,zh-CN,zh-Hant,en\n")).isEmpty();
    assertThat(findings)
        .extracting(Finding::key)
        .containsExactly(
            "codes-none", "codes-none", "codes-as-of", "codes-and-options", "codes-size");
  }

  @Test
  void theProgramsTablesAreOfferedInThreeLanguagesAndChangeTheVersion() throws IOException {
    Packs packs = new Packs(Path.of(System.getProperty("dandang.home", ".."), "packs"));
    Pack sanctions = packs.read("national/sanctions", findings::add).orElseThrow();
    Procedure procedure =
        new Proceeding(sanctions, Proceeding.fileOn(sanctions, TODAY).orElseThrow())
            .on(TODAY)
            .orElseThrow();
    String key = "option.case.rank-then.rank-6";
    assertThat(procedure.texts().in("zh-CN", key)).isEqualTo("四级调研员");
    assertThat(procedure.texts().in("zh-Hant", key)).isEqualTo("四級調研員");
    assertThat(procedure.texts().in("en", key)).isEqualTo("Fourth researcher");
    Form form = procedure.forms().get("case");
    Map<String, String> whole = Map.of("cause", "c", "facts", "f");
    Map<String, String> before = new java.util.HashMap<>(whole);
    before.putAll(Map.of("conduct-on", "2017-03-01", "rank-then", "post-4"));
    assertThat(form.problems(before, Map.of("evidence", 1), TODAY, (kind, text) -> true)).isEmpty();
    before.put("conduct-on", "2020-03-01");
    assertThat(form.problems(before, Map.of("evidence", 1), TODAY, (kind, text) -> true))
        .extracting(Form.Problem::key)
        .containsExactly("not-in-force");
  }
}
