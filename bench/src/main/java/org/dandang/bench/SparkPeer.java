package org.dandang.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.dandang.engine.DecisionModel;
import org.dandang.engine.spark.SparkRun;

/**
 * The benchmark's table on Spark in local mode, in a process of its own with what Spark asks for.
 */
public final class SparkPeer {
  private static final List<String> OPENS =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.io",
          "java.net",
          "java.nio",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "jdk.internal.ref",
          "sun.nio.ch",
          "sun.nio.cs",
          "sun.security.action",
          "sun.util.calendar");

  private SparkPeer() {}

  /** Seconds for the best of five counts; the counts by row are written into the array. */
  static double inItsOwnProcess(Path parquet, long[] counts)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of("-Xmx1g", "--enable-native-access=ALL-UNNAMED"));
    OPENS.forEach(open -> command.add("--add-opens=java.base/" + open + "=ALL-UNNAMED"));
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            SparkPeer.class.getName(),
            parquet.toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    double best = Double.NaN;
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ");
        if (words[0].equals("best")) {
          best = Double.parseDouble(words[1]);
        } else if (words[0].equals("row")) {
          counts[Integer.parseInt(words[1])] = Long.parseLong(words[2]);
        }
      }
    }
    if (process.waitFor() != 0 || Double.isNaN(best)) {
      throw new IllegalStateException("Spark did not come to an end");
    }
    return best;
  }

  public static void main(String[] arguments) throws IOException {
    DecisionModel model =
        DecisionModel.read("bench.dmn", PolicyBench.text().getBytes(StandardCharsets.UTF_8));
    try (SparkSession session =
        SparkRun.exact(SparkSession.builder().master("local[2]").appName("bench"))
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate()) {
      SparkRun run = new SparkRun(session, Map.of());
      double best = Double.MAX_VALUE;
      Map<Integer, Long> counts = Map.of();
      for (int i = 0; i < 5; i++) {
        long began = System.nanoTime();
        counts = run.count(model, PolicyBench.DECISION, arguments[0]);
        best = Math.min(best, (System.nanoTime() - began) / 1e9);
      }
      System.out.println("best " + best);
      counts.forEach((row, count) -> System.out.println("row " + row + " " + count));
    }
  }
}
