package org.dandang.commandline;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dandang.official.ImportCancelled;
import org.dandang.official.ImportFile;
import org.dandang.official.ImportProblem;
import org.dandang.protection.MatterImport;
import org.dandang.protection.MatterOutcome;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Takes closed matters in, both files in one transaction. Ends with 0 when they were taken, rows
 * refused or not; with 1 when a file or the pack could not be read; with 130 when somebody stopped
 * it. Then nothing is stored.
 */
@Command(
    name = "matters",
    mixinStandardHelpOptions = true,
    description = {
      "Takes in matters that were handled and closed elsewhere: csv, csv.gz or xlsx.",
      "A pack says which column says what, and what findings and penalties mean."
    })
class ImportMattersCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin DataOptions data = new DataOptions();

  @Option(
      names = "--pack",
      paramLabel = "PACK",
      required = true,
      description = "The pack that says how the files are read, such as chicago/complaints.")
  String pack = "";

  @Option(names = "--matters", paramLabel = "FILE", description = "A matter a row.")
  @Nullable Path matters;

  @Option(
      names = "--accused",
      paramLabel = "FILE",
      description = "A row for each thing one person was accused of in a matter.")
  @Nullable Path accused;

  @Option(names = "--dry-run", description = "Tells what would happen and stores nothing.")
  boolean dryRun;

  @Option(
      names = "--errors",
      paramLabel = "FOLDER",
      description = "Where refused rows are written, as NAME-refused.xlsx (default: here).")
  Path errors = Path.of("");

  @Mixin LanguageOption language = new LanguageOption();

  @Override
  public Integer call() {
    Locale words = language.locale();
    if (matters == null && accused == null) {
      throw new ParameterException(
          spec.commandLine(), "Name at least one file, with --matters or --accused.");
    }
    try (Interruption stop = new Interruption();
        RunningApplication application = RunningApplication.forCommand(data)) {
      return take(application, words, stop.asked());
    }
  }

  private int take(RunningApplication application, Locale words, AtomicBoolean cancelled) {
    MessageSource messages = application.get(MessageSource.class);
    ConsoleProgress progress =
        new ConsoleProgress(System.err, System.console() != null, pack, messages, words, cancelled);
    try {
      List<MatterOutcome> outcomes =
          application
              .get(MatterImport.class)
              .take(
                  pack,
                  file(matters, words),
                  file(accused, words),
                  "command line",
                  dryRun,
                  progress);
      progress.over();
      outcomes.forEach(outcome -> tell(messages, words, outcome));
      return 0;
    } catch (ImportProblem problem) {
      progress.over();
      System.err.println(problem.in(words, messages));
      return 1;
    } catch (ImportCancelled e) {
      progress.over();
      System.err.println(messages.getMessage("importing.cancelled", new Object[] {pack}, words));
      return 130;
    }
  }

  private @Nullable ImportFile file(@Nullable Path path, Locale words) {
    if (path == null) {
      return null;
    }
    ImportFile file = ImportFile.at(path);
    return file.refusedTo(
        errors.resolve(file.name().replaceAll("(?i)\\.(csv|csv\\.gz|xlsx)$", "") + "-refused.xlsx"),
        words);
  }

  private void tell(MessageSource messages, Locale words, MatterOutcome outcome) {
    say(
        messages,
        words,
        dryRun ? "closed.counts-dry-run" : "closed.counts",
        outcome.file(),
        number(outcome.read()),
        number(outcome.stored()),
        number(outcome.unchanged()),
        number(outcome.refused()),
        messages.getMessage("closed.part." + outcome.part().word(), null, words));
    for (Map.Entry<String, Long> reason : outcome.refusedByReason().entrySet()) {
      say(
          messages,
          words,
          "importing.refused-by-reason",
          messages.getMessage("closed.reason." + reason.getKey(), null, words),
          number(reason.getValue()));
    }
    for (Map.Entry<String, Long> made : outcome.made().entrySet()) {
      say(
          messages,
          words,
          "closed.made",
          messages.getMessage("closed.made." + made.getKey(), null, words),
          number(made.getValue()));
    }
    if (outcome.errors() != null) {
      say(messages, words, "importing.refused-are-in", outcome.errors().toString());
    }
  }

  private static void say(MessageSource messages, Locale words, String key, Object... details) {
    System.out.println(messages.getMessage(key, details, words));
  }

  private static String number(long count) {
    return "%,d".formatted(count);
  }
}
