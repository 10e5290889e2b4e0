package org.dandang.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Start on kept data: from the start of the process to the first answer over HTTP, and the memory
 * resident once nobody has asked for anything for half a minute.
 *
 * <p>{@code [--data DIR] [--times N]}: the folder is the demonstration's where it has been filled,
 * else a small one made for the occasion.
 */
final class StartBench {
  private static final double SECONDS_ALLOWED = 4;
  private static final double MEGABYTES_ALLOWED = 400;
  private static final int IDLE_SECONDS = 30;

  private final Program program;

  private StartBench(Program program) {
    this.program = program;
  }

  static void run(String[] arguments) throws IOException, InterruptedException {
    @Nullable Path given = null;
    int times = 5;
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      switch (arguments[i]) {
        case "--data" -> given = Path.of(arguments[i + 1]);
        case "--times" -> times = Integer.parseInt(arguments[i + 1]);
        default -> throw new IllegalArgumentException("Unknown: " + arguments[i]);
      }
    }
    new StartBench(Program.overKeptData(given)).measure(times);
  }

  private void measure(int times) throws IOException, InterruptedException {
    List<Double> seconds = new ArrayList<>();
    long javaBytes = 0;
    long postgresBytes = 0;
    for (int i = 0; i < times; i++) {
      int port = Program.freePort();
      long began = System.nanoTime();
      Process process = program.start(port, "serve");
      try {
        Program.awaitAnswer(port, process);
        double took = (System.nanoTime() - began) / 1e9;
        seconds.add(took);
        double busy =
            process.info().totalCpuDuration().map(time -> time.toMillis() / 1e3).orElse(Double.NaN);
        System.out.printf(
            Locale.ROOT,
            "start %d: first answer after %.2f s (%.1f s of processor; %.1f processes waited on %d processors)%n",
            i + 1,
            took,
            busy,
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
            Runtime.getRuntime().availableProcessors());
        if (i == times - 1) {
          System.out.printf("idle for %d s …%n", IDLE_SECONDS);
          TimeUnit.SECONDS.sleep(IDLE_SECONDS);
          javaBytes = kilobytes(process.toHandle(), "status", "VmRSS:");
          postgresBytes =
              process
                  .descendants()
                  .mapToLong(child -> kilobytes(child, "smaps_rollup", "Pss:"))
                  .sum();
        }
      } finally {
        process.destroy();
        process.waitFor();
      }
    }
    double longest = seconds.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    seconds.sort(null);
    double middle = seconds.get(seconds.size() / 2);
    System.out.println();
    tell("first answer, median of " + times, middle, SECONDS_ALLOWED, "s");
    tell("first answer, slowest of " + times, longest, SECONDS_ALLOWED, "s");
    tell("resident when idle, Java", javaBytes / 1000.0, MEGABYTES_ALLOWED, "MB");
    tell(
        "… and PostgreSQL (its share of shared pages)",
        postgresBytes / 1000.0,
        MEGABYTES_ALLOWED,
        "MB");
    tell("… together", (javaBytes + postgresBytes) / 1000.0, MEGABYTES_ALLOWED, "MB");
  }

  private static void tell(String what, double figure, double limit, String unit) {
    System.out.printf(
        Locale.ROOT,
        "%-46s %8.2f %-2s  limit %5.0f %-2s  ratio %.2f%n",
        what,
        figure,
        unit,
        limit,
        unit,
        figure / limit);
  }

  /** A figure of /proc in units of 1000 bytes. */
  private static long kilobytes(ProcessHandle process, String file, String name) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), file))) {
      return lines
              .filter(line -> line.startsWith(name))
              .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
              .sum()
          * 1024
          / 1000;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
