package org.dandang.official.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.zip.GZIPInputStream;
import org.dandang.DandangTest;
import org.dandang.official.ImportFile;
import org.dandang.official.ImportOutcome;
import org.dandang.official.Mappings;
import org.dandang.official.RosterImport;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The files of a real service, dirty as they are; the expectations are counted from the files. */
@DandangTest
class ChicagoPoliceTests {
  @Autowired RosterImport imports;
  @Autowired Mappings mappings;
  @Autowired JdbcClient jdbc;
  @TempDir Path folder;
  Rosters rosters;

  @BeforeEach
  void empty() {
    assumeTrue(
        Files.isDirectory(data()),
        "skipped: ../shared/data/chicago-police is not beside the project");
    rosters = new Rosters(imports, mappings, jdbc);
    rosters.empty();
  }

  @Test
  void everyRowIsInOrInTheWorkbookWithItsReasonAndASecondTimeNothingChanges() throws IOException {
    Map<String, String> files =
        Map.of(
            "roster", "roster_2023.csv.gz",
            "units", "unit_history_2014_2020.csv.gz",
            "salary", "salary_2017_2023.csv.gz",
            "awards", "awards_2017_2019.csv.gz");
    Map<String, ImportOutcome> outcomes = new HashMap<>();
    for (String mapping : List.of("roster", "units", "salary", "awards")) {
      ImportOutcome outcome = take(mapping, files.getOrDefault(mapping, ""));
      outcomes.put(mapping, outcome);
      assertThat(workbookRows(mapping)).as(mapping).isEqualTo(outcome.refused());
    }
    Set<String> known = new HashSet<>();
    long rosterRows = 0;
    long blank = 0;
    for (List<String> row : rows("roster_2023.csv.gz", 1)) {
      rosterRows++;
      if (row.getFirst().isEmpty()) {
        blank++;
      } else {
        known.add(row.getFirst());
      }
    }
    ImportOutcome roster = outcome(outcomes, "roster");
    assertThat(roster.read()).isEqualTo(rosterRows);
    assertThat(roster.refusedByReason()).containsEntry("blank-key", blank);
    assertThat(roster.stored()).isEqualTo(known.size());
    assertThat(rosters.count("official.official")).isEqualTo(known.size());
    assertThat(rosters.count("official.current_identity")).isEqualTo(known.size());
    for (Map.Entry<String, String> file : files.entrySet()) {
      if (file.getKey().equals("roster")) {
        continue;
      }
      long read = 0;
      long unknown = 0;
      long keyless = 0;
      for (List<String> row : rows(file.getValue(), 1)) {
        read++;
        keyless += row.getFirst().isEmpty() ? 1 : 0;
        unknown += row.getFirst().isEmpty() || known.contains(row.getFirst()) ? 0 : 1;
      }
      ImportOutcome outcome = outcome(outcomes, file.getKey());
      assertThat(outcome.read()).as(file.getKey()).isEqualTo(read);
      assertThat(outcome.refusedByReason().getOrDefault("unknown-official", 0L)).isEqualTo(unknown);
      assertThat(outcome.refusedByReason().getOrDefault("blank-key", 0L)).isEqualTo(keyless);
      assertThat(outcome.refused()).isEqualTo(unknown + keyless);
    }
    postingsRanksAndAwardsAreThoseOfTheFiles(known);
    assertThat(rosters.count("official.award")).isEqualTo(outcome(outcomes, "awards").stored());
    assertThat(rosters.count("official.pay")).isEqualTo(outcome(outcomes, "salary").stored());
    Set<List<String>> noStart = new HashSet<>();
    Set<List<String>> endsBeforeStart = new HashSet<>();
    for (List<String> row : rows("unit_history_2014_2020.csv.gz", 7)) {
      String start = row.get(5);
      String end = row.get(6);
      if (known.contains(row.getFirst())) {
        List<String> posting = List.of(row.getFirst(), row.get(4), start, end);
        if (start.isEmpty()) {
          noStart.add(posting);
        } else if (!end.isEmpty() && end.compareTo(start) < 0) {
          endsBeforeStart.add(posting);
        }
      }
    }
    assertThat(flags("no-start")).isEqualTo(noStart.size());
    assertThat(flags("ends-before-start")).isEqualTo(endsBeforeStart.size()).isPositive();
    assertThat(flags("overlap")).isPositive();
    assertThat(flags("gap")).isPositive();
    assertThat(flags("before-work")).isPositive();
    assertThat(
            rosters.lines(
                "select name from organisation.unit where source = 'chicago-police' and parent_id is null"))
        .containsExactly("Chicago Police Department");
    assertThat(
            rosters.lines("select rank from official.rank_held where rank = 'SERGEANT OF POLICE'"))
        .isEmpty();

    for (Map.Entry<String, String> file : files.entrySet()) {
      ImportOutcome again = take(file.getKey(), file.getValue());
      ImportOutcome first = outcome(outcomes, file.getKey());
      assertThat(again.stored()).as(file.getKey()).isZero();
      assertThat(again.unchanged()).isEqualTo(first.stored() + first.unchanged());
      assertThat(again.refusedByReason()).isEqualTo(first.refusedByReason());
    }
  }

  /** Counted from the files themselves, duplicates once. */
  private void postingsRanksAndAwardsAreThoseOfTheFiles(Set<String> known) throws IOException {
    Map<String, String> stars =
        Map.of(
            "DETECTIVE STAR", "POLICE OFFICER (ASSIGNED AS DETECTIVE)",
            "SERGEANT STAR", "SERGEANT",
            "LIEUTENANT STAR", "LIEUTENANT",
            "CAPTAIN STAR", "CAPTAIN",
            "CROSSING GUARD BADGE", "CROSSING GUARD");
    Set<List<String>> postings = new HashSet<>();
    Set<List<String>> byStar = new HashSet<>();
    for (List<String> row : rows("unit_history_2014_2020.csv.gz", 9)) {
      if (known.contains(row.getFirst())) {
        postings.add(List.of(row.getFirst(), row.get(4), row.get(5), row.get(6)));
        String rank = stars.get(row.get(7));
        if (rank != null) {
          byStar.add(List.of(row.getFirst(), rank, row.get(8)));
        }
      }
    }
    assertThat(rosters.count("official.posting")).isEqualTo(postings.size());
    Set<List<String>> byYear = new HashSet<>();
    for (List<String> row : rows("salary_2017_2023.csv.gz", 12)) {
      if (known.contains(row.getFirst())) {
        byYear.add(List.of(row.getFirst(), row.get(3), row.get(11)));
      }
    }
    byYear.removeAll(byStar);
    assertThat(ranksFrom("units")).isEqualTo(byStar.size()).isGreaterThan(2_000);
    assertThat(ranksFrom("salary")).isEqualTo(byYear.size()).isGreaterThan(6_000);
    Map<String, Set<List<String>>> awards = new HashMap<>();
    for (List<String> row : rows("awards_2017_2019.csv.gz", 12)) {
      if (known.contains(row.getFirst())) {
        String dated = row.get(10).isEmpty() ? row.get(9) : "";
        awards
            .computeIfAbsent(row.get(11), status -> new HashSet<>())
            .add(List.of(row.getFirst(), row.get(8), row.get(10), dated));
      }
    }
    assertThat(rosters.count("official.award where outcome = 'granted'"))
        .isEqualTo(awards.getOrDefault("FINAL", Set.of()).size());
    assertThat(rosters.count("official.award where outcome = 'denied'"))
        .isEqualTo(awards.getOrDefault("DENIED", Set.of()).size())
        .isPositive();
    // The roster says what is held now; the stars say what was held before.
    assertThat(
            rosters.count(
                """
                official.official o
                 cross join lateral (select rank, since from official.rank_in_order r where r.official_id = o.id
                                      order by said_from desc, id desc limit 1) held
                 where not exists (select from official.rank_held r where r.official_id = o.id
                                    and r.since is null and r.rank = held.rank)
                   and exists (select from official.rank_held r where r.official_id = o.id and r.since is null)
                """))
        .isZero();
    assertThat(
            rosters.count(
                "(select official_id from official.rank_in_order group by 1 having count(distinct rank) > 1) promoted"))
        .isGreaterThan(200);
  }

  private long ranksFrom(String mapping) {
    return rosters.count(
        "official.rank_held r join official.import i on i.id = r.import_id where i.mapping = 'chicago-police/%s'"
            .formatted(mapping));
  }

  private static ImportOutcome outcome(Map<String, ImportOutcome> outcomes, String mapping) {
    ImportOutcome outcome = outcomes.get(mapping);
    if (outcome == null) {
      throw new AssertionError(mapping);
    }
    return outcome;
  }

  private ImportOutcome take(String mapping, String file) {
    return rosters.take(
        "chicago-police/" + mapping,
        ImportFile.at(data().resolve(file))
            .refusedTo(folder.resolve(mapping + ".xlsx"), Locale.ENGLISH));
  }

  private long flags(String kind) {
    return rosters.count("official.timeline_flag where kind = '" + kind + "'");
  }

  private long workbookRows(String mapping) throws IOException {
    try (ReadableWorkbook workbook =
            new ReadableWorkbook(folder.resolve(mapping + ".xlsx").toFile());
        var rows = workbook.getFirstSheet().openStream()) {
      return rows.count() - 1;
    }
  }

  private static Iterable<List<String>> rows(String file, int columns) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(data().resolve(file))),
                StandardCharsets.UTF_8))) {
      return de.siegmar.fastcsv.reader.CsvReader.builder()
          .allowMissingFields(true)
          .ofCsvRecord(reader)
          .stream()
          .skip(1)
          .map(record -> List.copyOf(record.getFields().subList(0, columns)))
          .toList();
    }
  }

  /** Beside the project, wherever the project is. */
  private static Path data() {
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
