package org.dandang.commandline;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.dandang.policy.fact.Fact;
import org.dandang.policy.fact.FactCatalogue;
import org.dandang.policy.fact.Snapshots;
import org.dandang.policy.pack.Pack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "facts",
    mixinStandardHelpOptions = true,
    description =
        "The catalogue of facts: type, unit, meaning, what a missing value means, who uses it.",
    subcommands = FactsCommand.Snapshot.class)
class FactsCommand implements Callable<Integer> {
  @Mixin PackOptions options = new PackOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<Pack> packs = options.packs().policies();
    for (Fact fact : FactCatalogue.ofTheProgram().all()) {
      List<String> users =
          packs.stream().filter(pack -> pack.uses(fact.id())).map(Pack::id).toList();
      out.printf(
          "%s%n  %s%n  %s · %s%s · from %s%n  missing: %s%n  used by: %s%n",
          fact.id(),
          fact.title().in(options.language()),
          fact.subject(),
          fact.type().word(),
          fact.unit() == null ? "" : " · " + fact.unit(),
          fact.module(),
          fact.missing(),
          users.isEmpty() ? "–" : String.join(", ", users));
    }
    return 0;
  }

  @Command(
      name = "snapshot",
      mixinStandardHelpOptions = true,
      description = {
        "Lays out everybody's facts as of a date in a columnar file (Parquet).",
        "It is kept until a register changes; then it is computed anew."
      })
  static class Snapshot implements Callable<Integer> {
    @Mixin DataOptions data = new DataOptions();
    @Mixin PackOptions options = new PackOptions();

    @Parameters(
        index = "0",
        paramLabel = "SUBJECT",
        description = "What the facts speak of: official or unit.")
    String subject = "";

    @Parameters(index = "1..*", paramLabel = "FACT", description = "All when left out.")
    List<String> ids = List.of();

    @Option(names = "--as-of", required = true, paramLabel = "DATE", description = "The day asked.")
    LocalDate asOf = LocalDate.EPOCH;

    @Option(
        names = "--out",
        paramLabel = "FILE",
        description = "Copy it to this file; else the kept file''s place is printed.")
    @Nullable Path out;

    @Option(names = "--anew", description = "Compute it even if it is kept.")
    boolean anew;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
      PrintWriter print = spec.commandLine().getOut();
      FactCatalogue catalogue = FactCatalogue.ofTheProgram();
      List<String> known =
          catalogue.all().stream()
              .filter(fact -> fact.subject().equals(subject))
              .map(Fact::id)
              .toList();
      if (known.isEmpty()) {
        throw new ParameterException(
            spec.commandLine(), "No facts speak of \"" + subject + "\". Say official or unit.");
      }
      for (String id : ids) {
        if (!known.contains(id)) {
          throw new ParameterException(
              spec.commandLine(),
              "There is no fact "
                  + id
                  + " of "
                  + subject
                  + ". There are: "
                  + String.join(", ", known));
        }
      }
      try (RunningApplication application = RunningApplication.forCommand(data)) {
        Snapshots.Kept kept =
            application
                .get(Snapshots.class)
                .take(
                    new Snapshots.Content(
                        subject, ids.isEmpty() ? known : ids, Map.of(), asOf, null),
                    anew);
        Path file = kept.file();
        if (out != null) {
          Files.copy(file, out, StandardCopyOption.REPLACE_EXISTING);
          file = out;
        }
        print.printf(
            "%s: %,d subjects, %d facts, %,d bytes (%s)%n",
            file,
            kept.subjects(),
            (ids.isEmpty() ? known : ids).size(),
            Files.size(file),
            kept.wasKept() ? "kept" : "computed");
        return 0;
      }
    }
  }
}
