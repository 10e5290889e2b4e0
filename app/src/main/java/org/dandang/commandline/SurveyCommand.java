package org.dandang.commandline;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.dandang.policy.Words;
import org.dandang.survey.count.Bulletin;
import org.dandang.survey.count.BulletinProblem;
import org.dandang.survey.count.BulletinReader;
import org.dandang.survey.count.Count;
import org.dandang.survey.count.Counts;
import org.dandang.survey.count.Result;
import org.dandang.survey.count.Turnout;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "survey",
    mixinStandardHelpOptions = true,
    description = "Counts the published ballots of a vote again.",
    subcommands = SurveyCommand.Recount.class)
class SurveyCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say recount.");
  }

  @Command(
      name = "recount",
      mixinStandardHelpOptions = true,
      description = {
        "Counts the ballots in a bulletin's file again, without any database.",
        "Ends with 0 when everything holds, with 1 when something does not."
      })
  static class Recount implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The file the bulletin offers: ballots-N.txt.")
    Path file = Path.of("ballots.txt");

    @Option(
        names = "--hash",
        paramLabel = "HEX",
        description = {
          "The ballots' fingerprint as the bulletin's page or the ledger states it.",
          "Without it only the file itself is believed."
        })
    @Nullable String hash;

    @Option(
        names = "--receipt",
        paramLabel = "CODE",
        description = "Says whether the ballot with this code is in the file.")
    @Nullable String receipt;

    @Option(
        names = "--language",
        paramLabel = "TAG",
        defaultValue = "${DANDANG_LANGUAGE:-en}",
        description = "Of questions and options: zh-CN, zh-Hant or en (default: ${DEFAULT-VALUE}).")
    String language = "en";

    @Override
    public Integer call() throws IOException {
      if (!Files.isRegularFile(file)) {
        System.err.println(file + " cannot be read; name the file that the bulletin offers.");
        return 1;
      }
      Bulletin bulletin;
      try {
        bulletin = BulletinReader.read(file);
      } catch (BulletinProblem e) {
        System.err.printf("%s:%d: %s.%n", file, e.line(), e.getMessage());
        return 1;
      }
      PrintWriter print = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
      new Recounted(bulletin, Words.tag(Locale.forLanguageTag(language)), print).all();
      boolean whole = fingerprint(bulletin, print);
      for (String contradiction : bulletin.contradictions()) {
        print.println("DOES NOT FIT  " + contradiction);
        whole = false;
      }
      if (receipt != null) {
        boolean found = bulletin.holds(receipt);
        print.printf(
            found
                ? "Receipt %s is in the file: that ballot is counted.%n"
                : "Receipt %s is NOT in the file. Check it; if it is right, raise it with the"
                    + " staff of the vote.%n",
            receipt.strip());
        whole &= found;
      }
      return whole ? 0 : 1;
    }

    private boolean fingerprint(Bulletin bulletin, PrintWriter print) {
      String own = bulletin.about().ballots();
      print.println("Fingerprint of the ballots: " + bulletin.hash());
      if (hash != null && !bulletin.hash().equalsIgnoreCase(hash.strip())) {
        print.println("ALTERED: it is not the one given with --hash.");
        return false;
      }
      if (!bulletin.hash().equalsIgnoreCase(own)) {
        print.println("ALTERED: the file itself states " + own + ".");
        return false;
      }
      print.println(
          hash != null
              ? "It is the one given."
              : "It is the one the file states. Whoever alters both is not noticed: give the one of"
                  + " the bulletin's page with --hash.");
      return true;
    }
  }

  /** A count in lines. */
  private record Recounted(Bulletin bulletin, String language, PrintWriter print) {
    void all() {
      Bulletin.About about = bulletin.about();
      Turnout turnout = about.turnout();
      Counts counts = bulletin.count();
      print.printf("Vote %d: %s%n", about.survey(), about.title());
      print.printf(
          "%,d could vote, %,d ballots were received (%,d electronic, %,d on paper, %,d of them"
              + " spoilt), %,d were absent.%n",
          turnout.due(),
          turnout.present(),
          turnout.electronic(),
          turnout.paper(),
          turnout.spoilt(),
          turnout.absent());
      if (counts.quorate() != null) {
        print.println(counts.quorate() ? "Enough took part." : "Too few took part for a decision.");
      }
      if (about.withheld()) {
        print.println("Too few voted for their answers to be published.");
        return;
      }
      counts.questions().forEach(this::question);
      print.println();
    }

    private void question(Count count) {
      String title = count.one().question().title().in(language);
      String about = count.one().about();
      print.printf(
          "%n%s  %s%n", count.one().key(), about.isEmpty() ? title : about + " · " + title);
      if (count.result() instanceof Result.Said) {
        print.println("  Written words are not published.");
        return;
      }
      TextTable.print(print, lines(count));
      String verdict = verdict(count.result());
      if (!verdict.isEmpty()) {
        print.println("  " + verdict);
      }
    }

    private List<List<Object>> lines(Count count) {
      List<List<Object>> lines = new ArrayList<>();
      switch (count.result()) {
        case Result.Options options ->
            options
                .options()
                .forEach(o -> lines.add(List.of(o.option().title().in(language), o.votes())));
        case Result.Steps steps ->
            steps.steps().forEach(s -> lines.add(List.of(Integer.toString(s.step()), s.votes())));
        case Result.Order order ->
            order
                .items()
                .forEach(
                    i ->
                        lines.add(
                            List.of(
                                i.text(),
                                "%,d points, first %,d times, ranked %,d times"
                                    .formatted(i.points(), i.first(), i.ranked()))));
        case Result.People people ->
            people.people().forEach(p -> lines.add(List.of(p.name(), p.votes())));
        case Result.Vote vote -> {
          lines.add(List.of("for", vote.forIt()));
          lines.add(List.of("against", vote.against()));
          lines.add(List.of("abstaining", vote.abstaining()));
        }
        case Result.Said said -> {}
      }
      lines.add(List.of("answered", count.answered()));
      lines.add(List.of("blank", count.blank()));
      return lines;
    }

    private static String verdict(Result result) {
      return switch (result) {
        case Result.Options options ->
            options.positive() + options.negative() == 0
                ? ""
                : "positive %,d, negative %,d".formatted(options.positive(), options.negative());
        case Result.Steps steps -> steps.mean() == null ? "" : "mean " + steps.mean();
        case Result.People people ->
            people.places() == 0
                ? ""
                : "through: %s%s"
                    .formatted(
                        String.join(", ", people.through()),
                        people.tied().isEmpty()
                            ? ""
                            : "; tied, a person decides: " + String.join(", ", people.tied()));
        case Result.Vote vote -> vote.decision() == null ? "" : decision(vote, vote.decision());
        case Result.Order order -> "";
        case Result.Said said -> "";
      };
    }

    private static String decision(Result.Vote vote, Result.Decision decision) {
      String outcome =
          switch (decision) {
            case CARRIED -> "carried";
            case NOT_CARRIED -> "not carried";
            case TIED -> "tied, a person decides";
            case NO_QUORUM -> "no quorum";
          };
      return "%s: %,d for of %,d".formatted(outcome, vote.forIt(), vote.whole());
    }
  }
}
