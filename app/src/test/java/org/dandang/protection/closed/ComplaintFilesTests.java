package org.dandang.protection.closed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.dandang.DandangTest;
import org.dandang.official.ImportFile;
import org.dandang.official.Mappings;
import org.dandang.official.RosterImport;
import org.dandang.platform.jobs.Progress;
import org.dandang.protection.MatterImport;
import org.dandang.protection.MatterOutcome;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/**
 * The complaints of a real service, as they are; what is expected is counted from the files here,
 * past the program.
 */
@DandangTest
@TestPropertySource(properties = "dandang.test.database=complaint-files")
class ComplaintFilesTests {
  private static final String PACK = "chicago/complaints";

  @Autowired RosterImport rosters;
  @Autowired Mappings mappings;
  @Autowired MatterImport imports;
  @Autowired JdbcClient jdbc;
  @TempDir Path folder;

  /** A row of the accused whose matter was taken in. */
  private record Accused(
      String matter,
      String closed,
      String year,
      String uid,
      String unit,
      String finding,
      String penalty,
      Map<String, String> cells) {}

  private final Map<String, NamedCsvRecord> matters = new HashMap<>();
  private final Map<String, String> refusedMatters = new HashMap<>();

  @Test
  void everyRowIsInOrRefusedAndTheRegistersCountWhatTheFilesDo() throws IOException {
    assumeTrue(
        Files.isDirectory(data()),
        "skipped: ../shared/data/chicago-police is not beside the project");
    for (Map.Entry<String, String> file :
        List.of(
            Map.entry("roster", "roster_2023.csv.gz"),
            Map.entry("units", "unit_history_2014_2020.csv.gz"))) {
      rosters.take(
          ImportFile.at(data().resolve(file.getValue())),
          mappings.named("chicago-police/" + file.getKey()),
          "tester",
          false,
          Progress.unwatched());
    }
    readMatters();
    List<Accused> accused = readAccused();

    List<MatterOutcome> dry = take(true);
    assertThat(count("protection.lead")).isZero();
    assertThat(count("protection.sanction")).isZero();
    List<MatterOutcome> outcomes = take(false);
    MatterOutcome first = outcomes.get(0);
    MatterOutcome second = outcomes.get(1);
    assertThat(dry.get(0).refusedByReason()).isEqualTo(first.refusedByReason());
    assertThat(dry.get(1).made()).isEqualTo(second.made());

    assertThat(first.read()).isEqualTo(matters.size() + refusedMatters.size());
    assertThat(first.stored()).isEqualTo(matters.size()).isPositive();
    Map<String, Long> reasons = new TreeMap<>();
    refusedMatters.values().forEach(reason -> reasons.merge(reason, 1L, Long::sum));
    assertThat(first.refusedByReason()).isEqualTo(reasons);
    assertThat(workbookRows("complaints_2000_2023-refused.xlsx")).isEqualTo(first.refused());
    assertThat(second.read()).isEqualTo(accused.size() + second.refused());
    assertThat(second.stored()).isEqualTo(accused.size()).isPositive();
    assertThat(second.refusedByReason().keySet()).containsExactly("no-such-matter");
    assertThat(workbookRows("complaints_accused_2000_2023-refused.xlsx"))
        .isEqualTo(second.refused());

    assertThat(
            counts(
                "select extract(year from l.received_on)::text, count(*) from protection.lead l"))
        .isEqualTo(
            counted(
                matters.values().stream()
                    .map(row -> row.getField("complaint_date").substring(0, 4))
                    .toList()));
    String allegations = " from protection.allegation a join protection.lead l on l.id = a.lead_id";
    assertThat(counts("select a.finding, count(*)" + allegations))
        .isEqualTo(counted(accused.stream().map(Accused::finding).toList()));
    assertThat(
            counts(
                "select extract(year from l.received_on) || ' ' || a.finding, count(*)"
                    + allegations))
        .isEqualTo(counted(accused.stream().map(row -> row.year() + " " + row.finding()).toList()));
    assertThat(counts("select a.unit_code || ' ' || a.finding, count(*)" + allegations))
        .isEqualTo(counted(accused.stream().map(row -> row.unit() + " " + row.finding()).toList()));

    peopleAndWhatTheyCameTo(accused);
    measures(accused, second);

    List<MatterOutcome> again = take(false);
    for (MatterOutcome outcome : again) {
      assertThat(outcome.stored()).isZero();
      assertThat(outcome.made().values().stream().limit(3)).allMatch(number -> number == 0);
    }
    assertThat(again.get(1).unchanged()).isEqualTo(second.stored());
    assertThat(count("protection.allegation")).isEqualTo(accused.size());
    assertThat(count("protection.sanction")).isEqualTo(second.made().get("sanctions"));
  }

  /**
   * A person's accusations in one matter come to one outcome; who is cleared has none left open.
   */
  private void peopleAndWhatTheyCameTo(List<Accused> accused) {
    Set<String> known =
        new HashSet<>(
            jdbc.sql("select key from official.known_as where source = 'chicago-police'")
                .query(String.class)
                .list());
    Map<List<String>, Set<String>> findings = new HashMap<>();
    Set<List<String>> unnamed = new HashSet<>();
    for (Accused row : accused) {
      if (row.uid().isEmpty()) {
        unnamed.add(
            List.of(
                row.matter(),
                row.cells().get("gender"),
                row.cells().get("birth_year"),
                row.cells().get("appointed_date"),
                row.cells().get("assigned_unit"),
                row.cells().get("assigned_rank")));
      } else {
        findings
            .computeIfAbsent(List.of(row.matter(), row.uid()), key -> new HashSet<>())
            .add(row.finding());
      }
    }
    assertThat(count("protection.lead_person")).isEqualTo(findings.size() + unnamed.size());
    assertThat(count("protection.lead_person where official_id is not null"))
        .isEqualTo(findings.keySet().stream().filter(key -> known.contains(key.get(1))).count())
        .isGreaterThan(10_000);
    long cleared =
        findings.entrySet().stream()
            .filter(one -> known.contains(one.getKey().get(1)))
            .filter(one -> Set.of("UNFOUNDED", "EXONERATED").containsAll(one.getValue()))
            .count();
    assertThat(count("protection.unfounded_report")).isEqualTo(cleared).isGreaterThan(1_000);
    assertThat(count("protection.clarification")).as("nothing is cleared by itself").isZero();
    assertThat(count("protection.lead_person where outcome = 'breach' and official_id is not null"))
        .isEqualTo(
            findings.entrySet().stream()
                .filter(one -> known.contains(one.getKey().get(1)))
                .filter(one -> one.getValue().contains("SUSTAINED"))
                .count());
  }

  private void measures(List<Accused> accused, MatterOutcome outcome) {
    Set<String> known =
        new HashSet<>(
            jdbc.sql("select key from official.known_as where source = 'chicago-police'")
                .query(String.class)
                .list());
    Set<List<String>> expected = new HashSet<>();
    long entered = 0;
    for (Accused row : accused) {
      if (!row.penalty().isEmpty()
          && row.finding().equals("SUSTAINED")
          && known.contains(row.uid())
          && !measure(row.penalty()).isEmpty()) {
        expected.add(List.of(row.uid(), row.matter(), row.closed(), measure(row.penalty())));
        entered++;
      }
    }
    assertThat(outcome.made().get("sanctions")).isEqualTo((long) expected.size());
    assertThat(outcome.made().get("penalties-entered")).isEqualTo(entered);
    assertThat(
            outcome.made().entrySet().stream()
                .filter(one -> one.getKey().startsWith("penalties-"))
                .mapToLong(Map.Entry::getValue)
                .sum())
        .isEqualTo(accused.stream().filter(row -> !row.penalty().isEmpty()).count());
    assertThat(
            new HashSet<>(
                jdbc.sql(
                        """
                        select o.key || ' ' || s.number || ' ' || s.decided_on || ' ' || s.measure
                          from protection.sanction s join official.official o on o.id = s.official_id
                        """)
                    .query(String.class)
                    .list()))
        .isEqualTo(new HashSet<>(expected.stream().map(one -> String.join(" ", one)).toList()));
    // Months as parameters.yaml of the pack has them.
    assertThat(
            counts(
                "select s.measure || ' ' || e.amount || ' ' || e.unit || ' ' || e.most, count(*)"
                    + " from protection.sanction s join protection.sanction_effect e on"
                    + " e.sanction_id = s.id"))
        .isEqualTo(
            counted(
                expected.stream()
                    .map(one -> one.get(3))
                    .filter(MONTHS::containsKey)
                    .map(measure -> measure + " " + MONTHS.get(measure) + " month 60")
                    .toList()));
    assertThat(count("protection.allegation where sanction_id is not null")).isEqualTo(entered);
  }

  private static final Map<String, Integer> MONTHS =
      Map.of(
          "sanction-reprimand", 12,
          "sanction-short-suspension", 12,
          "sanction-suspension", 24,
          "sanction-long-suspension", 36);

  /** What a penalty comes to, read from its number and words past the pack's patterns. */
  private static String measure(String penalty) {
    if (penalty.equals("SUSPENSION")) {
      return "sanction-short-suspension";
    }
    int code = Integer.parseInt(penalty.substring(0, 3));
    if (penalty.contains("SUSPENSION")) {
      return code <= 7 ? "sanction-short-suspension" : "sanction-suspension";
    }
    return switch (code) {
      case 0 -> "sanction-violation-noted";
      case 100 -> "sanction-reprimand";
      case 200 -> "sanction-long-suspension";
      case 400 -> "sanction-separation";
      default -> "";
    };
  }

  private List<MatterOutcome> take(boolean dryRun) {
    return imports.take(
        PACK,
        file("complaints_2000_2023"),
        file("complaints_accused_2000_2023"),
        "tester",
        dryRun,
        Progress.unwatched());
  }

  private ImportFile file(String name) {
    return ImportFile.at(data().resolve(name + ".csv.gz"))
        .refusedTo(folder.resolve(name + "-refused.xlsx"), Locale.ENGLISH);
  }

  private void readMatters() throws IOException {
    for (NamedCsvRecord row : rows("complaints_2000_2023.csv.gz")) {
      String closed = row.getField("closed_date");
      if (closed.isEmpty()) {
        refusedMatters.put(row.getField("cr_id"), "not-closed");
      } else if (closed.compareTo(row.getField("complaint_date")) < 0) {
        refusedMatters.put(row.getField("cr_id"), "closed-before");
      } else {
        matters.put(row.getField("cr_id"), row);
      }
    }
  }

  private List<Accused> readAccused() throws IOException {
    List<Accused> accused = new java.util.ArrayList<>();
    for (NamedCsvRecord row : rows("complaints_accused_2000_2023.csv.gz")) {
      NamedCsvRecord matter = matters.get(row.getField("cr_id"));
      if (matter != null) {
        accused.add(
            new Accused(
                row.getField("cr_id"),
                matter.getField("closed_date"),
                matter.getField("complaint_date").substring(0, 4),
                row.getField("uid"),
                row.getField("assigned_unit").replaceAll("\\.0$", ""),
                row.getField("final_finding").toUpperCase(Locale.ROOT),
                row.getField("final_penalty"),
                row.getFieldsAsMap()));
      }
    }
    return accused;
  }

  private static Map<String, Long> counted(List<String> words) {
    Map<String, Long> counts = new TreeMap<>();
    words.forEach(word -> counts.merge(word, 1L, Long::sum));
    return counts;
  }

  private Map<String, Long> counts(String select) {
    Map<String, Long> counts = new TreeMap<>();
    jdbc.sql(select + " group by 1")
        .query(
            row -> {
              counts.put(row.getString(1), row.getLong(2));
            });
    return counts;
  }

  private long count(String from) {
    return jdbc.sql("select count(*) from " + from).query(Long.class).single();
  }

  private long workbookRows(String name) throws IOException {
    try (ReadableWorkbook workbook = new ReadableWorkbook(folder.resolve(name).toFile());
        var rows = workbook.getFirstSheet().openStream()) {
      return rows.count() - 1;
    }
  }

  private static List<NamedCsvRecord> rows(String file) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(data().resolve(file))),
                StandardCharsets.UTF_8))) {
      return CsvReader.builder().ofNamedCsvRecord(reader).stream().toList();
    }
  }

  /** Beside the project, wherever the project is. */
  static Path data() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path folder = at.resolve("shared/data/chicago-police");
      if (Files.isDirectory(folder)) {
        return folder;
      }
    }
    String named = System.getenv("DANDANG_SHARED_DATA");
    return Path.of(named == null ? "shared" : named, "chicago-police");
  }
}
