package org.dandang.commandline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.dandang.platform.jobs.Progress;
import org.dandang.platform.ledger.Checkpoint;
import org.dandang.platform.ledger.Finding;
import org.dandang.platform.ledger.InclusionProof;
import org.dandang.platform.ledger.Verification;
import org.dandang.platform.ledger.Verified;
import org.dandang.platform.storage.Database;
import org.dandang.platform.storage.EmbeddedDatabase;
import org.dandang.platform.storage.StorageProblem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "ledger",
    mixinStandardHelpOptions = true,
    description = "Checks the record of every change and reading, and takes proofs out of it.",
    subcommands = {
      LedgerCommand.Verify.class,
      LedgerCommand.Head.class,
      LedgerCommand.Prove.class,
      LedgerCommand.CheckProof.class
    })
class LedgerCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to do: verify, head, prove or check-proof.");
  }

  /** What is done with a connection to the database, without starting the application. */
  @FunctionalInterface
  private interface Work {
    int with(Connection connection) throws SQLException, IOException;
  }

  private static int on(DataOptions data, Work work) throws IOException {
    if (data.external != null && !data.external.isBlank()) {
      return on(RunningApplication.external(data), work);
    }
    if (!Files.isDirectory(data.folder)) {
      throw new StorageProblem(
          "There is no data folder %s. Name it with --data DIR.".formatted(data.folder));
    }
    try (EmbeddedDatabase embedded = EmbeddedDatabase.open(data.folder)) {
      return on(embedded.database(), work);
    }
  }

  private static int on(Database database, Work work) throws IOException {
    try (Connection connection =
        DriverManager.getConnection(database.url(), database.user(), database.password())) {
      return work.with(connection);
    } catch (SQLException e) {
      if ("42P01".equals(e.getSQLState()) || "3F000".equals(e.getSQLState())) {
        throw new StorageProblem(
            "The database has no ledger of this version. Start it once with ./dandang serve.", e);
      }
      throw new StorageProblem("The ledger cannot be read (%s).".formatted(e.getMessage()), e);
    }
  }

  private static List<Checkpoint> anchors(List<Path> places) throws IOException {
    List<Checkpoint> anchors = new ArrayList<>();
    for (Path place : places) {
      if (!Files.exists(place)) {
        throw new StorageProblem("There is no anchor at %s.".formatted(place));
      }
      try {
        List<Checkpoint> found = Verification.anchorsIn(place);
        if (found.isEmpty()) {
          throw new StorageProblem("There is no checkpoint in %s.".formatted(place));
        }
        anchors.addAll(found);
      } catch (IllegalArgumentException e) {
        throw new StorageProblem(String.valueOf(e.getMessage()), e);
      }
    }
    return anchors;
  }

  /** What a check came to, in lines; also at the end of a restore. */
  static void print(Verified found, boolean withAnchor) {
    for (Finding finding : found.findings()) {
      System.out.println("BROKEN  " + finding.text());
    }
    if (found.broken() > found.findings().size()) {
      System.out.printf("BROKEN  … and %,d more%n", found.broken() - found.findings().size());
    }
    System.out.printf(
        "%,d entries linked, %,d checkpoints, %,d entries waiting to be linked; %.1f s%n",
        found.positions(), found.checkpoints(), found.waiting(), found.took().toMillis() / 1000.0);
    if (found.keys().size() > 0) {
      System.out.println("signed by key " + String.join(", then ", found.keys()));
    }
    if (found.late() > 0) {
      System.out.printf(
          "%,d entries were linked more than ten minutes after the time they state, the first is"
              + " entry %d: a long import, or dated back%n",
          found.late(), found.firstLate());
    }
    if (found.beyond() > 0 && found.whole()) {
      System.out.printf(
          "%,d anchors are newer than the database, as expected after a restore to an earlier"
              + " time%n",
          found.beyond());
    }
    if (withAnchor) {
      System.out.printf(
          "%,d anchors compared; they vouch for positions 1 to %,d%n",
          found.anchors(), found.anchored());
    } else {
      System.out.println(
          "No anchor was given: a chain made anew by the owner of database and key would not be"
              + " noticed. Name one kept outside with --anchor.");
    }
    System.out.println(found.whole() ? "The ledger is whole." : "The ledger is BROKEN.");
  }

  /** Progress on standard error, where somebody watches. */
  static Progress watched(String what) {
    boolean terminal = System.console() != null;
    return new Progress() {
      private long shown;

      @Override
      public void at(String step, long done, long total) {
        long now = System.nanoTime();
        if (terminal && total > 0 && now - shown > 200_000_000L) {
          shown = now;
          System.err.printf("\r%s  %,d / %,d  %d %% ", what, done, total, done * 100 / total);
          if (done >= total) {
            System.err.print("\r" + " ".repeat(60) + "\r");
          }
        }
      }

      @Override
      public boolean cancelled() {
        return false;
      }
    };
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = {
        "Follows the whole chain and names what was changed, deleted, cut off or put in another"
            + " order.",
        "Ends with 0 when it is whole, with 1 when it is broken."
      })
  static class Verify implements Callable<Integer> {
    @Mixin DataOptions data = new DataOptions();

    @Option(
        names = "--anchor",
        paramLabel = "FILE|FOLDER",
        description = {
          "Checkpoints kept outside; may be given several times.",
          "Only they show a chain that its owner made anew."
        })
    List<Path> anchors = List.of();

    @Override
    public Integer call() throws IOException {
      List<Checkpoint> outside = LedgerCommand.anchors(anchors);
      return on(
          data,
          connection -> {
            Verified found =
                Verification.of(
                    connection, data.folder, outside, false, watched("Checking the ledger"));
            print(found, !anchors.isEmpty());
            return found.whole() ? 0 : 1;
          });
    }
  }

  @Command(
      name = "head",
      mixinStandardHelpOptions = true,
      description =
          "Prints the newest checkpoint, to be kept where the database's owner cannot write.")
  static class Head implements Callable<Integer> {
    @Mixin DataOptions data = new DataOptions();

    @Option(
        names = "--out",
        paramLabel = "FILE",
        description = "Adds it as a line to a file instead.")
    @Nullable Path out;

    @Override
    public Integer call() throws IOException {
      return on(
          data,
          connection -> {
            Optional<Checkpoint> newest = Verification.newest(connection);
            if (newest.isEmpty()) {
              System.err.println("The ledger has no checkpoint yet.");
              return 1;
            }
            if (out == null) {
              System.out.println(newest.get().line());
            } else {
              Files.writeString(
                  out,
                  newest.get().line() + "\n",
                  StandardOpenOption.CREATE,
                  StandardOpenOption.APPEND);
              System.out.printf("%s added to %s%n", newest.get(), out);
            }
            return 0;
          });
    }
  }

  @Command(
      name = "prove",
      mixinStandardHelpOptions = true,
      description =
          "Writes the proof that an entry stands in the ledger; it tells nothing of others.")
  static class Prove implements Callable<Integer> {
    @Mixin DataOptions data = new DataOptions();

    @Parameters(paramLabel = "ENTRY", description = "Number of the entry.")
    long entry;

    @Option(names = "--out", required = true, paramLabel = "FILE.json")
    Path out = Path.of("proof.json");

    @Override
    public Integer call() throws IOException {
      return on(
          data,
          connection -> {
            Optional<InclusionProof> proof = InclusionProof.of(connection, entry);
            if (proof.isEmpty()) {
              System.err.printf(
                  "Entry %d does not exist, or is in no checkpoint yet; try again in a minute.%n",
                  entry);
              return 1;
            }
            Files.writeString(out, proof.get().json());
            System.out.println("Written to " + out);
            return 0;
          });
    }
  }

  @Command(
      name = "check-proof",
      mixinStandardHelpOptions = true,
      description = {
        "Checks a proof, without any database.",
        "Ends with 0 when it holds, with 1 when it does not."
      })
  static class CheckProof implements Callable<Integer> {
    @Parameters(paramLabel = "FILE.json")
    Path file = Path.of("proof.json");

    @Option(
        names = "--anchor",
        paramLabel = "FILE|FOLDER",
        description =
            "The checkpoint as kept outside; without it the one in the proof is believed.")
    List<Path> anchors = List.of();

    @Override
    public Integer call() throws IOException {
      InclusionProof proof;
      try {
        proof = InclusionProof.read(Files.readString(file));
      } catch (IllegalArgumentException e) {
        throw new StorageProblem("%s: %s".formatted(file, e.getMessage()), e);
      }
      Optional<Checkpoint> anchor =
          LedgerCommand.anchors(anchors).stream()
              .filter(
                  each ->
                      each.database().equals(proof.checkpoint().database())
                          && each.number() == proof.checkpoint().number())
              .findFirst();
      if (!anchors.isEmpty() && anchor.isEmpty()) {
        System.out.printf("Checkpoint %d is not among the anchors.%n", proof.checkpoint().number());
        return 1;
      }
      InclusionProof.Outcome outcome = proof.check(anchor.orElse(null));
      System.out.println(
          switch (outcome) {
            case HOLDS ->
                "The proof holds: entry %d stood at position %d by %s (key %s)%s."
                    .formatted(
                        proof.entry().id(),
                        proof.position(),
                        proof.checkpoint().at(),
                        proof.checkpoint().keyName(),
                        anchors.isEmpty() ? "; no anchor was given" : ", as the anchor says");
            case DOES_NOT_FIT -> "The proof does not hold: the entry is not what was linked.";
            case NOT_SIGNED -> "The proof does not hold: its checkpoint is not signed.";
            case OTHER_ANCHOR ->
                "The proof does not hold: the anchor states another checkpoint of that number.";
          });
      return outcome == InclusionProof.Outcome.HOLDS ? 0 : 1;
    }
  }
}
