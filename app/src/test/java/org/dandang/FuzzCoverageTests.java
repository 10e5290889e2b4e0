package org.dandang;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.dandang.Coverage.Reached;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The broken files of the fuzzing tests reach nearly all of the readers they are made for: a floor
 * for lines and branches, in hundredths, below which a reader has grown past its fuzzing.
 */
class FuzzCoverageTests {
  private static final int FILES = Boolean.getBoolean("dandang.long") ? 50_000 : 2_000;

  @ParameterizedTest
  @CsvSource({
    "org.dandang.platform.procedure.FlowReading, org.dandang.platform.procedure.FlowFuzzTests, 95,"
        + " 90",
    "org.dandang.platform.procedure.FlowCheck, org.dandang.platform.procedure.FlowFuzzTests, 75,"
        + " 68",
    "org.dandang.policy.pack.FormReader, org.dandang.policy.pack.FormFuzzTests, 88, 84",
    "org.dandang.policy.pack.YamlNode, org.dandang.policy.pack.FormFuzzTests, 80, 84",
    "org.dandang.official.form.LrmxReader, org.dandang.official.form.LrmxTests, 69, 62"
  })
  void reachesTheReader(String reader, String fuzzing, int lines, int branches) throws Exception {
    reaches(reader, fuzzing, "tried", FILES, lines, branches);
  }

  /** Files that take longer, of which fewer are enough. */
  @ParameterizedTest
  @CsvSource({
    "org.dandang.official.importing.WorkbookParts, org.dandang.official.importing.RosterFuzzTests,"
        + " xlsx, 300, 91, 77",
    "org.dandang.official.importing.FileReading org.dandang.official.importing.CsvRows,"
        + " org.dandang.official.importing.RosterFuzzTests, csv, 800, 69, 66",
    "org.dandang.official.importing.XlsxRows, org.dandang.official.importing.RosterFuzzTests,"
        + " xlsx, 300, 81, 63",
    "org.dandang.policy.pack.ParametersReader, org.dandang.policy.pack.PackFuzzTests, tried, 500,"
        + " 82, 64",
    "org.dandang.policy.pack.PackReader, org.dandang.policy.pack.PackFuzzTests, tried, 500, 80, 74",
    "org.dandang.engine.SafeReading, org.dandang.policy.pack.DmnFuzzTests, tried, 60, 71, 48"
  })
  void reachesTheReaderWithFewerFiles(
      String reader, String fuzzing, String method, int files, int lines, int branches)
      throws Exception {
    reaches(
        reader,
        fuzzing,
        method,
        Boolean.getBoolean("dandang.long") ? 50 * files : files,
        lines,
        branches);
  }

  /** Of one reader, or of several with a space between them. */
  private static void reaches(
      String reader, String fuzzing, String method, int files, int lines, int branches)
      throws Exception {
    List<Class<?>> readers = new ArrayList<>();
    for (String name : reader.split(" ", -1)) {
      readers.add(Class.forName(name));
    }
    Coverage coverage = new Coverage(readers.toArray(Class[]::new));
    Reached reached = coverage.by(fuzzing, method, files);
    System.out.printf(
        "%s: %.1f %% of lines, %.1f %% of branches by %,d files%n",
        reader, reached.lines() * 100, reached.branches() * 100, files);
    assertThat(reached.lines() * 100).as("lines").isGreaterThanOrEqualTo(lines);
    assertThat(reached.branches() * 100).as("branches").isGreaterThanOrEqualTo(branches);
    // The control: no files, and one, are not enough.
    assertThat(coverage.by(fuzzing, method, 0).lines() * 100).isLessThan(lines);
    assertThat(coverage.by(fuzzing, method, 1).branches() * 100).isLessThan(branches);
  }
}
