package org.dandang.engine.spark;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.dandang.engine.DecisionModel;
import org.dandang.engine.InvalidModelException;
import org.dandang.engine.RunSummary;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What {@code spark-submit} runs. */
@Command(
    name = "decide-on-spark",
    mixinStandardHelpOptions = true,
    description = "Makes a decision for every row of a Parquet file on Spark.")
public final class DecideOnSpark implements Callable<Integer> {
  @Option(names = "--model", required = true, paramLabel = "FILE", description = "The DMN model.")
  Path model = Path.of("");

  @Option(
      names = "--decision",
      paramLabel = "NAME",
      description = "Which decision; may be left out where the model ends in one.")
  @Nullable String decision;

  @Option(
      names = "--source",
      required = true,
      paramLabel = "PARQUET",
      description = "One column for each input, and the keys.")
  String source = "";

  @Option(
      names = "--keys",
      required = true,
      split = ",",
      paramLabel = "COLUMN",
      description = "Columns to keep beside each result.")
  List<String> keys = List.of();

  @Option(
      names = "--result",
      required = true,
      paramLabel = "FOLDER",
      description = "Where the result is written, as Parquet.")
  String result = "";

  @Option(
      names = "--constant",
      paramLabel = "NAME=VALUE",
      description =
          "An input that is the same for everybody; number, true, false, a date, or text.")
  Map<String, String> constants = new LinkedHashMap<>();

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new DecideOnSpark())
            .setExecutionExceptionHandler(
                (problem, command, parsed) -> {
                  if (problem instanceof SparkRun.NotCompiledException
                      || problem instanceof IllegalArgumentException
                      || problem instanceof InvalidModelException
                      || problem instanceof IOException) {
                    command.getErr().println(problem.getMessage());
                    return 1;
                  }
                  throw problem;
                })
            .execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    DecisionModel read =
        DecisionModel.read(String.valueOf(model.getFileName()), Files.readAllBytes(model));
    String asked =
        decision != null
            ? decision
            : read.onlyDecision()
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "Say which decision: " + String.join(", ", read.decisions())));
    if (!read.decisions().contains(asked)) {
      throw new IllegalArgumentException(
          "There is no decision " + asked + ". There are: " + String.join(", ", read.decisions()));
    }
    Map<String, Object> values = new LinkedHashMap<>();
    constants.forEach((name, text) -> values.put(name, value(text)));
    try (SparkSession session =
        SparkRun.exact(SparkSession.builder().appName("decide " + asked)).getOrCreate()) {
      RunSummary summary = new SparkRun(session, values).run(read, asked, source, keys, result);
      System.out.printf(
          "%,d decided in %.1f s: %,d by no rule, %,d failed%n",
          summary.rows(),
          summary.elapsed().toMillis() / 1e3,
          summary.unmatched(),
          summary.failed());
      summary.hitsPerRule().forEach((rule, hits) -> System.out.printf("%,14d  %s%n", hits, rule));
    }
    return 0;
  }

  static Object value(String text) {
    if (text.equals("true") || text.equals("false")) {
      return Boolean.valueOf(text);
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      try {
        return LocalDate.parse(text);
      } catch (DateTimeParseException f) {
        return text;
      }
    }
  }
}
