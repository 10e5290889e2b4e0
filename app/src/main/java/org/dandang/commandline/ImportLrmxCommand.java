package org.dandang.commandline;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.dandang.official.FormImport;
import org.dandang.official.FormOutcome;
import org.dandang.official.ImportCancelled;
import org.dandang.official.ImportProblem;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Takes appointment-and-removal forms in. Ends with 0 when every form was taken; with 1 when one
 * was refused or a file could not be read at all; with 130 when somebody stopped it.
 */
@Command(
    name = "lrmx",
    mixinStandardHelpOptions = true,
    description = "Takes appointment-and-removal forms in: .lrmx, .lrm, a folder or a zip of them.")
class ImportLrmxCommand implements Callable<Integer> {
  @Mixin DataOptions data = new DataOptions();

  @Parameters(arity = "1..*", paramLabel = "FILE|FOLDER|ZIP")
  List<Path> files = List.of();

  @Option(names = "--dry-run", description = "Tells what would happen and stores nothing.")
  boolean dryRun;

  @Mixin LanguageOption language = new LanguageOption();

  @Override
  public Integer call() {
    Locale words = language.locale();
    LocaleContextHolder.setLocale(words);
    try (Interruption interruption = new Interruption();
        RunningApplication application = RunningApplication.forCommand(data)) {
      MessageSource messages = application.get(MessageSource.class);
      FormImport forms = application.get(FormImport.class);
      int result = 0;
      for (Path path : files) {
        String name = path.getFileName() == null ? path.toString() : path.getFileName().toString();
        ConsoleProgress progress =
            new ConsoleProgress(
                System.err, System.console() != null, name, messages, words, interruption.asked());
        try {
          FormOutcome outcome = forms.take(path, name, "command line", dryRun, progress);
          progress.over();
          tell(name, outcome, messages, words);
          result = Math.max(result, outcome.refused() > 0 ? 1 : 0);
        } catch (ImportProblem problem) {
          progress.over();
          System.err.println(problem.in(words, messages));
          result = 1;
        } catch (ImportCancelled e) {
          progress.over();
          System.err.println(
              messages.getMessage("importing.cancelled", new Object[] {name}, words));
          return 130;
        }
      }
      return result;
    }
  }

  private void tell(String name, FormOutcome outcome, MessageSource messages, Locale words) {
    System.out.println(
        messages.getMessage(
            dryRun ? "importing.forms.counts-dry-run" : "importing.forms.counts",
            new Object[] {
              name,
              "%,d".formatted(outcome.read()),
              "%,d".formatted(outcome.stored()),
              "%,d".formatted(outcome.unchanged()),
              "%,d".formatted(outcome.refused()),
              "%,d".formatted(outcome.created()),
              "%,d".formatted(outcome.unsettled())
            },
            words));
    if (outcome.controlCharacters() > 0) {
      System.out.println(
          messages.getMessage(
              "importing.forms.controls",
              new Object[] {"%,d".formatted(outcome.controlCharacters())},
              words));
    }
    for (FormOutcome.Problem problem : outcome.problems()) {
      System.out.println(
          "  "
              + (problem.text().startsWith(problem.file())
                  ? problem.text()
                  : problem.file() + ": " + problem.text()));
    }
  }
}
