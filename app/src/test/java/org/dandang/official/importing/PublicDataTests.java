package org.dandang.official.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.dandang.DandangTest;
import org.dandang.official.ImportFile;
import org.dandang.official.ImportOutcome;
import org.dandang.official.Mappings;
import org.dandang.official.RosterImport;
import org.dandang.platform.jobs.Progress;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** Public registers taken in by mappings alone; skipped where {@code ../shared/data} is missing. */
@DandangTest
@TestPropertySource(properties = "dandang.test.database=public-data")
class PublicDataTests {
  private static final Path DATA = Path.of("../../shared/data");

  @Autowired RosterImport imports;
  @Autowired Mappings mappings;
  @Autowired JdbcClient jdbc;

  @BeforeEach
  void empty() {
    jdbc.sql("truncate official.official, official.import, organisation.unit cascade").update();
  }

  private ImportOutcome take(String file, String mapping) {
    Path path = DATA.resolve(file);
    Assumptions.assumeTrue(Files.isRegularFile(path), "../shared/data/" + file + " is missing");
    return imports.take(
        ImportFile.at(path), mappings.named(mapping), "tester", false, Progress.unwatched());
  }

  private long count(String from) {
    return jdbc.sql("select count(*) from " + from).query(Long.class).single();
  }

  @Test
  void termsInACongressBecomePostings() {
    ImportOutcome outcome =
        take("us-congress-careers/terms_current_flat.csv.gz", "us-congress/terms");
    assertThat(outcome.stored() + outcome.unchanged() + outcome.refused())
        .isEqualTo(outcome.read());
    assertThat(outcome.refused()).isZero();
    assertThat(count("official.official")).isEqualTo(537);
    assertThat(count("official.current_posting") + outcome.unchanged()).isEqualTo(outcome.read());
    ImportOutcome again =
        take("us-congress-careers/terms_current_flat.csv.gz", "us-congress/terms");
    assertThat(again.unchanged()).isEqualTo(again.read());
  }
}
