package org.dandang.commandline;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dandang.demonstration.Demonstration;
import org.dandang.demonstration.DemonstrationAccounts;
import org.dandang.demonstration.DemonstrationVotes;
import org.dandang.demonstration.Size;
import org.dandang.official.ImportCancelled;
import org.dandang.official.ImportOutcome;
import org.dandang.platform.storage.Sights;
import org.dandang.platform.storage.StorageProblem;
import org.springframework.context.MessageSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Serves an invented prefecture on loopback, filled on the first start.",
      "Its data folder is var/demo of the project unless --data names another."
    })
final class DemoCommand extends ServeCommand {
  @Option(names = "--small", description = "About 1,000 officials instead of 30,000.")
  boolean small;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    if (!spec.commandLine().getParseResult().hasMatchedOption("--data")) {
      data.folder = Path.of(System.getProperty("dandang.home", ""), "var", "demo");
    }
    return super.call();
  }

  /** Its accounts are everybody's: a second factor one visitor sets up would keep the next out. */
  @Override
  Map<String, String> settings() {
    return Map.of("dandang.second-factor.required", "");
  }

  @Override
  void onceServing(RunningApplication application) {
    Sights.everywhere(() -> fillAndTell(application));
  }

  private void fillAndTell(RunningApplication application) {
    Demonstration demonstration = application.get(Demonstration.class);
    if (!demonstration.isFilled()) {
      fill(application, demonstration);
    }
    application
        .get(Demonstration.class)
        .somebody()
        .ifPresent(person -> application.get(DemonstrationVotes.class).hold(person.officialId()));
    System.out.println("Demonstration accounts (name / password):");
    for (DemonstrationAccounts.Shown account :
        application.get(DemonstrationAccounts.class).open()) {
      System.out.printf(
          "  %-10s %-14s %s%n", account.signInName(), account.password(), account.who());
    }
  }

  private void fill(RunningApplication application, Demonstration demonstration) {
    long began = System.nanoTime();
    System.err.println("Filling the demonstration with invented people; this happens once …");
    MessageSource messages = application.get(MessageSource.class);
    boolean terminal = System.console() != null;
    List<ImportOutcome> outcomes;
    try {
      outcomes =
          demonstration.fill(
              small ? Size.SMALL : Size.FULL,
              file ->
                  new ConsoleProgress(
                      System.err,
                      terminal,
                      file,
                      messages,
                      Locale.ENGLISH,
                      application.stopping()));
    } catch (ImportCancelled e) {
      throw new StorageProblem("Stopped. The next start goes on from here.", e);
    } finally {
      if (terminal) {
        System.err.println();
      }
    }
    long refused = outcomes.stream().mapToLong(ImportOutcome::refused).sum();
    System.err.printf(
        "Took in %,d rows, %,d of them refused, in %d s.%n",
        outcomes.stream().mapToLong(ImportOutcome::read).sum(),
        refused,
        (System.nanoTime() - began) / 1_000_000_000L);
  }
}
