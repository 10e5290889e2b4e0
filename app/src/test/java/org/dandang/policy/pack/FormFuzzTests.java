package org.dandang.policy.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.dandang.platform.procedure.Form;
import org.dandang.platform.procedure.Mutations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forms that are broken at random, and answers at random to one that is whole. */
class FormFuzzTests {
  private static final int FILES = Boolean.getBoolean("dandang.long") ? 100_000 : 2_000;
  private static final String WHOLE =
      """
      fields:
        - {id: source, kind: choice, required: true, options: [report, inspection, audit]}
        - {id: matter, kind: long-text, required: true, at-most: 2000}
        - {id: title, kind: text, at-most: 80}
        - {id: on, kind: date}
        - {id: share, kind: number, least: 0, most: 1.5}
        - {id: who, kind: official}
        - {id: where, kind: unit}
        - {id: material, kind: documents, at-most: 3}
        - {id: rank, kind: choice, codes: civil-servant-rank, as-of: on}
      """;
  private static final List<String> WORDS =
      List.of(
          "&a [",
          "*a",
          "!!java.net.URL [x]",
          "kind: nothing",
          "at-most: 1e999999999",
          "at-most: -1",
          "required: perhaps",
          "options: []",
          "codes: none",
          "codes: post-level",
          "as-of: who",
          "- {",
          "}",
          "? x",
          "\t",
          "\u0000",
          "\uFEFF",
          "%YAML 9.9",
          "least: .nan",
          "most: 0x7fffffffffffffffffff",
          "id: source",
          "<<: *a",
          "|",
          ">",
          "'",
          "\"");

  @TempDir Path folder;

  /** What came of so many files. */
  record Tried(int read, Set<String> told) {}

  static Tried tried(int files) throws IOException {
    Path folder = Files.createTempDirectory("form-fuzz");
    Path file = folder.resolve("form.yaml");
    try {
      Mutations mutations = new Mutations(WHOLE.getBytes(StandardCharsets.UTF_8), WORDS);
      Set<String> told = new TreeSet<>();
      int read = 0;
      for (int i = 0; i < files; i++) {
        Files.write(file, mutations.next(new Random(11L * 1_000_003 + i)));
        List<Finding> findings = new ArrayList<>();
        Optional<Form> form;
        try {
          form =
              FormReader.read(
                  "form", file, "form.yaml", new CodeTables(folder, "pack"), findings::add);
        } catch (RuntimeException | StackOverflowError e) {
          throw new AssertionError(
              "file " + i + ": " + Files.readString(file, StandardCharsets.ISO_8859_1), e);
        }
        assertThat(form.isPresent()).as("file " + i).isEqualTo(findings.isEmpty());
        findings.forEach(finding -> told.add(finding.key()));
        read += form.isPresent() ? 1 : 0;
      }
      return new Tried(read, told);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  @Test
  void eachIsReadOrToldWhyNot() throws IOException {
    Tried tried = tried(FILES);
    assertThat(tried.read()).isGreaterThan(FILES / 100);
    assertThat(tried.told())
        .hasSizeGreaterThan(9)
        .contains("yaml", "field-kind", "unknown-key", "field-options");
  }

  @Test
  void whateverIsFilledInIsTakenOrToldWhyNot() throws IOException {
    Path file = Files.writeString(folder.resolve("form.yaml"), WHOLE);
    Form form =
        FormReader.read("form", file, "form.yaml", new CodeTables(folder, "pack"), finding -> {})
            .orElseThrow();
    List<String> values =
        List.of(
            "",
            " ",
            "report",
            "2026-02-30",
            "2026-06-01",
            "0001-01-01",
            "1e9",
            "-0",
            "-5",
            "1.5",
            "1.50000000000001",
            "x".repeat(3000),
            "\u0000",
            "a\nb",
            "\uD83D",
            "99999999999999999999",
            "٣",
            "null");
    Random random = new Random(5);
    Set<String> told = new TreeSet<>();
    for (int i = 0; i < FILES; i++) {
      Map<String, String> given = new java.util.HashMap<>();
      form.fields()
          .forEach(field -> given.put(field.id(), values.get(random.nextInt(values.size()))));
      form.problems(
              form.taken(given),
              Map.of("material", random.nextInt(6)),
              LocalDate.of(2026, 6, 1),
              (kind, text) -> text.equals("report"))
          .forEach(problem -> told.add(problem.key()));
    }
    assertThat(told)
        .contains(
            "required",
            "not-an-option",
            "too-long",
            "one-line",
            "control",
            "not-a-date",
            "not-a-number",
            "too-small",
            "too-large",
            "too-many-files",
            "not-on-record-official",
            "not-on-record-unit");
  }
}
