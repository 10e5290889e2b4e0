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
          Map.<String, Benchmark>ofEntries(
              Map.entry("api", ApiBench::run),
              Map.entry("dossier", DossierBench::run),
              Map.entry("facts", FactsBench::run),
              Map.entry("import", ImportBench::run),
              Map.entry("ledger", LedgerBench::run),
              Map.entry("policy", PolicyBench::run),
              Map.entry("procedure", ProcedureBench::run),
              Map.entry("protection", ProtectionBench::run),
              Map.entry("similar-case", SimilarCaseBench::run),
              Map.entry("simulate", SimulateBench::run),
              Map.entry("start", StartBench::run)));

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
