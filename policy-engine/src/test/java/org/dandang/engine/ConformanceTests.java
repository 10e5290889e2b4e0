package org.dandang.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Runs the part of the public suite that {@code -Ddandang.tck=PATH} or the environment variable
 * {@code DANDANG_TCK} names; without either the test is skipped and says so.
 */
class ConformanceTests {

  @Test
  void nothingThatIsCompiledIsWrong() throws Exception {
    String place = System.getProperty("dandang.tck", System.getenv("DANDANG_TCK"));
    Assumptions.assumeTrue(
        place != null && Files.exists(Path.of(place)),
        "skipped: name the suite's folder or zip in -Ddandang.tck or DANDANG_TCK");
    Conformance.Report report = Conformance.run(Path.of(place));
    report.print(
        new java.io.PrintWriter(System.out, true, java.nio.charset.StandardCharsets.UTF_8), true);
    assertThat(report.whole().compiledWrong()).isZero();
  }
}
