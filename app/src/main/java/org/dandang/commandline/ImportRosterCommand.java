package org.dandang.commandline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dandang.official.ImportCancelled;
import org.dandang.official.ImportFile;
import org.dandang.official.ImportOutcome;
import org.dandang.official.ImportProblem;
import org.dandang.official.Mapping;
import org.dandang.official.Mappings;
import org.dandang.official.RosterImport;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Takes roster files in, one transaction a file. Ends with 0 when every file was taken, rows
 * refused or not; with 1 when a file could not be taken at all, after the others were; with 130
 * when somebody stopped it.
 */
@Command(
    name = "roster",
    mixinStandardHelpOptions = true,
    description = "Takes roster files into the registers: csv, csv.gz or xlsx.")
class ImportRosterCommand implements Callable<Integer> {
  @Mixin DataOptions data = new DataOptions();

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "csv, csv.gz or xlsx")
  List<Path> files = List.of();

  @Option(
      names = "--mapping",
      paramLabel = "MAP",
      description = {
        "How columns feed the registers: a name such as standard/postings, or a YAML file.",
        "When left out, the standard mapping whose columns the file has."
      })
  @Nullable String mapping;

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "The register whose keys the files use, when the mapping names another.")
  @Nullable String source;

  @Option(names = "--dry-run", description = "Tells what would happen and stores nothing.")
  boolean dryRun;

  @Option(
      names = "--errors",
      paramLabel = "FILE.xlsx",
      description =
          "Where refused rows are written; in a folder as NAME-refused.xlsx (default: the working folder).")
  @Nullable Path errors;

  @Mixin LanguageOption language = new LanguageOption();

  @Override
  public Integer call() {
    Locale words = language.locale();
    try (Interruption stop = new Interruption();
        RunningApplication application = RunningApplication.forCommand(data)) {
      return take(application, words, stop.asked());
    }
  }

  private int take(RunningApplication application, Locale words, AtomicBoolean cancelled) {
    MessageSource messages = application.get(MessageSource.class);
    Mappings mappings = application.get(Mappings.class);
    RosterImport imports = application.get(RosterImport.class);
    int result = 0;
    for (Path path : files) {
      ImportFile file = ImportFile.at(path).in(words);
      ConsoleProgress progress =
          new ConsoleProgress(
              System.err, System.console() != null, file.name(), messages, words, cancelled);
      try {
        Mapping chosen = mapping == null ? mappings.fitting(file) : mappings.named(mapping);
        if (source != null) {
          chosen = chosen.withSource(source);
        }
        if (mapping == null) {
          say(messages, words, "with-mapping", file.name(), chosen.id(), chosen.title(words));
        }
        Path workbook = errorsOf(file);
        ImportOutcome outcome =
            imports.take(file.refusedTo(workbook, words), chosen, "command line", dryRun, progress);
        progress.over();
        tell(messages, words, file.name(), outcome);
      } catch (ImportProblem problem) {
        progress.over();
        System.err.println(problem.in(words, messages));
        result = 1;
      } catch (ImportCancelled e) {
        progress.over();
        System.err.println(message(messages, words, "cancelled", file.name()));
        return 130;
      }
    }
    return result;
  }

  private Path errorsOf(ImportFile file) {
    String name = file.name();
    String stem =
        name.toLowerCase(Locale.ROOT).replaceAll("\\.(csv|csv\\.gz|xlsx)$", "").length()
                == name.length()
            ? name
            : name.replaceAll("(?i)\\.(csv|csv\\.gz|xlsx)$", "");
    if (errors == null || Files.isDirectory(errors)) {
      Path folder = errors == null ? Path.of("") : errors;
      return folder.resolve(stem + "-refused.xlsx");
    }
    if (files.size() == 1) {
      return errors;
    }
    String given = errors.getFileName().toString().replaceAll("(?i)\\.xlsx$", "");
    return errors.resolveSibling(given + "-" + stem + ".xlsx");
  }

  private void tell(MessageSource messages, Locale words, String name, ImportOutcome outcome) {
    outcome.remarks().forEach(System.out::println);
    say(
        messages,
        words,
        dryRun ? "counts-dry-run" : "counts",
        name,
        number(outcome.read()),
        number(outcome.stored()),
        number(outcome.unchanged()),
        number(outcome.refused()));
    for (Map.Entry<String, Long> reason : outcome.refusedByReason().entrySet()) {
      say(
          messages,
          words,
          "refused-by-reason",
          message(messages, words, "reason." + reason.getKey()),
          number(reason.getValue()));
    }
    if (outcome.errors() != null) {
      say(messages, words, "refused-are-in", outcome.errors().toString());
    }
  }

  private static void say(MessageSource messages, Locale words, String key, String... details) {
    System.out.println(message(messages, words, key, details));
  }

  private static String message(
      MessageSource messages, Locale words, String key, String... details) {
    return messages.getMessage("importing." + key, details, words);
  }

  private static String number(long count) {
    return "%,d".formatted(count);
  }
}
