package org.dandang.commandline;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.dandang.organisation.OrganisationProblem;
import org.dandang.organisation.ReorganisationFile;
import org.dandang.organisation.ReorganisationImport;
import org.dandang.organisation.ReorganisationImportOutcome;
import org.dandang.organisation.ReorganisationImportOutcome.Remark;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Takes a table of units' names by years in, in one transaction. Ends with 0 when it was taken,
 * rows refused or not; with 1 when it could not be taken at all.
 */
@Command(
    name = "reorganisations",
    mixinStandardHelpOptions = true,
    description = {
      "Takes in the names units had from year to year, as reorganisations.",
      "The csv has the columns uid, organisation, year_from, year_to: units are founded, renamed",
      "and closed on the first days of years."
    })
class ImportReorganisationsCommand implements Callable<Integer> {
  @Mixin DataOptions data = new DataOptions();

  @Parameters(arity = "1", paramLabel = "FILE", description = "csv")
  Path file = Path.of("");

  @Option(
      names = "--notes",
      paramLabel = "FILE",
      description = {
        "csv of note_id (year_uid) and note_details: the note on a unit's change becomes its"
            + " document."
      })
  @Nullable Path notes;

  @Option(
      names = "--source",
      paramLabel = "NAME",
      required = true,
      description = "The register whose codes the file uses.")
  String source = "";

  @Mixin LanguageOption language = new LanguageOption();

  @Override
  public Integer call() {
    Locale words = language.locale();
    try (RunningApplication application = RunningApplication.forCommand(data)) {
      tell(
          application
              .get(ReorganisationImport.class)
              .take(new ReorganisationFile(file, notes, source), "command line"),
          application.get(MessageSource.class),
          words);
      return 0;
    } catch (OrganisationProblem problem) {
      System.err.println(problem.text(words));
      return 1;
    }
  }

  private void tell(ReorganisationImportOutcome outcome, MessageSource messages, Locale words) {
    for (Remark remark : outcome.remarks()) {
      say(
          messages,
          words,
          "import.remark",
          remark.file(),
          Integer.toString(remark.line()),
          messages.getMessage(
              "reorganisation.refused." + remark.reason(), remark.values().toArray(), words));
    }
    say(
        messages,
        words,
        "import.counts",
        String.valueOf(file.getFileName()),
        number(outcome.read()),
        number(outcome.stored()),
        number(outcome.unchanged()),
        number(outcome.refused()));
    outcome
        .changes()
        .forEach(
            (kind, count) ->
                say(
                    messages,
                    words,
                    "import.change",
                    messages.getMessage("reorganisation.kind." + kind.word(), null, words),
                    number(count)));
    if (notes != null) {
      say(messages, words, "import.notes", number(outcome.notes()));
    }
  }

  private static void say(MessageSource messages, Locale words, String key, String... values) {
    System.out.println(messages.getMessage("reorganisation." + key, values, words));
  }

  private static String number(long count) {
    return "%,d".formatted(count);
  }
}
