package org.dandang.official.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.dandang.DandangTest;
import org.dandang.official.ImportFile;
import org.dandang.official.ImportOutcome;
import org.dandang.official.Mappings;
import org.dandang.official.RosterImport;
import org.dandang.organisation.ReorganisationFile;
import org.dandang.organisation.ReorganisationImport;
import org.dandang.organisation.ReorganisationImportOutcome;
import org.dandang.organisation.Units;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Real places and a real service's reorganisations, as they are published. */
@DandangTest
class PublicPlacesTests {
  @Autowired RosterImport imports;
  @Autowired Mappings mappings;
  @Autowired ReorganisationImport reorganisations;
  @Autowired Units units;
  @Autowired JdbcClient jdbc;
  Rosters rosters;

  @BeforeEach
  void empty() {
    rosters = new Rosters(imports, mappings, jdbc);
    rosters.empty();
  }

  @Test
  void theDivisionsOfAWholeCountryStandBelowEachOther() {
    Path data = data("cn-admin-divisions");
    Map<String, Integer> rows =
        Map.of("provinces", 31, "cities", 342, "areas", 2_978, "streets", 41_352);
    for (String level : List.of("provinces", "cities", "areas", "streets")) {
      ImportOutcome outcome =
          rosters.take(
              "cn-admin-divisions/" + level, ImportFile.at(data.resolve(level + ".csv.gz")));
      assertThat(outcome.read()).as(level).isEqualTo(rows.get(level).longValue());
      assertThat(outcome.stored()).as(level).isEqualTo(outcome.read());
      assertThat(outcome.refused()).as(level).isZero();
    }
    assertThat(
            rosters
                .take("cn-admin-divisions/streets", ImportFile.at(data.resolve("streets.csv.gz")))
                .unchanged())
        .isEqualTo(41_352);
    assertThat(units.on(LocalDate.of(2026, 1, 1)).size()).isEqualTo(44_703);
    assertThat(units.on(LocalDate.of(2026, 1, 1)).roots()).hasSize(31);
    assertThat(rosters.count("organisation.unit_description")).isEqualTo(44_703);
  }

  @Test
  void theCensusPlacesStandBelowWhatTheirCodesSay() {
    Path data = data("cn-census-2020");
    ImportOutcome outcome =
        rosters.take("cn-census-2020/counties", ImportFile.at(data.resolve("county_2020.xlsx")));
    assertThat(outcome.read()).isEqualTo(3_358);
    // The whole country and 45 zones have no code; one code names a province that there is not.
    assertThat(outcome.refusedByReason()).isEqualTo(Map.of("missing", 46L, "unknown-parent", 1L));
    assertThat(outcome.stored()).isEqualTo(3_311);
    assertThat(units.roots()).hasSize(31);
  }

  @Test
  void theDepartmentsOfAServiceAreFoundedRenamedAndClosed() {
    Path data = data("uk-csps");
    ReorganisationFile file =
        new ReorganisationFile(
            data.resolve("02_02-org_history.csv"),
            data.resolve("02_02-org_history_notes.csv"),
            "uk-csps");
    ReorganisationImportOutcome outcome = reorganisations.take(file, "tester");
    assertThat(outcome.read()).isEqualTo(273);
    assertThat(outcome.stored() + outcome.refused()).isEqualTo(273);
    assertThat(outcome.unchanged()).isZero();
    assertThat(rosters.count("organisation.unit")).isEqualTo(178);
    ReorganisationImportOutcome again = reorganisations.take(file, "tester");
    assertThat(again.stored()).isZero();
    assertThat(again.unchanged()).isEqualTo(outcome.stored());
  }

  /** Beside the project, wherever the project is. */
  private static Path data(String name) {
    Path found = null;
    for (Path at = Path.of("").toAbsolutePath(); at != null && found == null; at = at.getParent()) {
      Path folder = at.resolve("shared/data").resolve(name);
      found = Files.isDirectory(folder) ? folder : null;
    }
    String named = System.getenv("DANDANG_SHARED_DATA");
    Path folder = found != null ? found : Path.of(named == null ? "shared" : named, name);
    assumeTrue(
        Files.isDirectory(folder),
        "skipped: ../shared/data/" + name + " is not beside the project");
    return folder;
  }
}
