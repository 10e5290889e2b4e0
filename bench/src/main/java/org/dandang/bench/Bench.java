package org.dandang.bench;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Runs one benchmark by its name; each prints its figures beside a limit or a peer. */
public final class Bench {
  /** A benchmark, with the words after its name. */
  interface Benchmark {
    void run(String[] arguments) throws Exception;
  }

  private static final Map<String, Benchmark> ALL =
      new TreeMap<>(
          Map.of(
              "api",
              ApiBench::run,
              "dossier",
              DossierBench::run,
              "facts",
              FactsBench::run,
              "import",
              ImportBench::run,
              "ledger",
              LedgerBench::run,
              "policy",
              PolicyBench::run,
              "procedure",
              ProcedureBench::run,
              "protection",
              ProtectionBench::run,
              "simulate",
              SimulateBench::run,
              "start",
              StartBench::run));

  private Bench() {}

  public static void main(String[] arguments) throws Exception {
    Benchmark chosen = arguments.length == 0 ? null : ALL.get(arguments[0]);
    if (chosen == null) {
      System.err.println(
          (arguments.length == 0 ? "Say which benchmark" : "There is no benchmark " + arguments[0])
              + ": "
              + String.join(", ", ALL.keySet()));
      System.exit(2);
    } else {
      chosen.run(Arrays.copyOfRange(arguments, 1, arguments.length));
    }
  }
}
