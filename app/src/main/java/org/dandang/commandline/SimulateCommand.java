package org.dandang.commandline;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.dandang.policy.PolicyProblem;
import org.dandang.policy.fact.Facts;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.run.PolicyRuns;
import org.dandang.policy.run.ResultFile;
import org.dandang.policy.run.RowsFile.Sheet;
import org.dandang.policy.simulation.Changed;
import org.dandang.policy.simulation.Comparison;
import org.dandang.policy.simulation.Fairness;
import org.dandang.policy.simulation.Setting;
import org.dandang.policy.simulation.Simulation;
import org.dandang.policy.simulation.SimulationFiles;
import org.dandang.policy.simulation.SimulationWords;
import org.dandang.policy.simulation.Simulations;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "What a change would make of everybody''s results: before and after, who changes and why,",
      "and shares by group. Nothing is decided and no register is changed."
    })
class SimulateCommand implements Callable<Integer> {
  private static final String ACTOR = "command line";

  @Mixin DataOptions data = new DataOptions();
  @Mixin PackOptions options = new PackOptions();

  @Parameters(paramLabel = "PACK", description = "Such as guizhou/front-line-priority.")
  String id = "";

  @Option(
      names = "--as-of",
      required = true,
      paramLabel = "DATE",
      description = "The day the facts, the table and the parameters are those of.")
  LocalDate asOf = LocalDate.EPOCH;

  @Option(
      names = "--set",
      paramLabel = "PARAMETER=VALUE",
      description = {
        "A figure in place of the one in force; PARAMETER[KEY]=VALUE where a fact picks among",
        "several. May be said several times."
      })
  List<String> settings = List.of();

  @Option(
      names = "--against",
      paramLabel = "VERSION",
      description = {
        "Another version: the day from which it holds, its name, or the path of a table (.dmn)."
      })
  @Nullable String against;

  @Option(
      names = "--slate",
      paramLabel = "FILE",
      description = {
        "A proposed list of promotions: lines of official''s key, unit''s code, post level",
        "(GB/T 12407 code) and post."
      })
  @Nullable Path slate;

  @Option(
      names = "--who",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many of those who change are listed (default: ${DEFAULT-VALUE}).")
  int who = 20;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Writes everybody before and after to FILE: .xlsx, .csv or .parquet.")
  @Nullable Path out;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter print = spec.commandLine().getOut();
    Locale language = options.language();
    try (RunningApplication application = RunningApplication.forCommand(data)) {
      if (out != null) {
        ResultFile.of(out);
      }
      ConsoleProgress progress =
          new ConsoleProgress(
              System.err,
              System.console() != null,
              id,
              application.get(MessageSource.class),
              language,
              application.stopping());
      Pack pack = application.get(PolicyRuns.class).over(options.packs()).pack(id);
      Simulations simulations = application.get(Simulations.class);
      Simulation simulation = asked(application, simulations, pack);
      SimulationFiles files = application.get(SimulationFiles.class);
      SimulationWords words = files.words(simulation, language);
      Comparison comparison =
          simulations.ask(
              simulation, ACTOR, progress, asking -> asking.compare(simulation.after()));
      List<Changed> changed =
          simulations.ask(
              simulation,
              ACTOR,
              progress,
              asking -> asking.changed(simulation.after(), null, 0, who));
      progress.over();
      print(print, simulation, comparison, words, simulations.smallestGroup(simulation.pack()));
      people(print, changed, application.get(Facts.class), words);
      if (out != null) {
        files.write(simulation, ACTOR, progress, out, language);
        progress.over();
        print.println(words.word("simulation.written", out));
      }
      return 0;
    } catch (PolicyProblem problem) {
      spec.commandLine().getErr().println(problem.text(language));
      return 1;
    }
  }

  private Simulation asked(RunningApplication application, Simulations simulations, Pack pack) {
    List<Setting> figures = settings.stream().map(Setting::parse).toList();
    String version = against;
    boolean isFile = version != null && version.toLowerCase(Locale.ROOT).endsWith(".dmn");
    Simulation simulation = simulations.of(pack, asOf, figures, isFile ? null : version, null);
    if (version != null && isFile) {
      simulation = simulations.under(Path.of(version), simulation);
    }
    return slate == null
        ? simulation
        : simulation.with(PolicyCommand.propose(application, slate, asOf));
  }

  private static void print(
      PrintWriter print,
      Simulation simulation,
      Comparison comparison,
      SimulationWords words,
      long least) {
    print.printf(
        "%s (%s)%n", simulation.pack().title().in(words.language()), simulation.pack().id());
    print.println(
        words.word("why.as-of", simulation.before().asOf())
            + " · "
            + words.word(
                "simulation.versions", comparison.before().name(), comparison.after().name()));
    words.change(simulation).forEach(print::println);
    if (comparison.interpreted()) {
      print.println(words.word("simulation.interpreted"));
    }
    print.println(words.word("simulation.changed", comparison.changed(), comparison.subjects()));
    print.println();
    for (Sheet table : words.tables(comparison, true, least)) {
      print.println(table.name());
      TextTable.print(print, table.lines());
      print.println();
    }
    print.println(words.word("simulation.rates"));
    print.println(words.word("simulation.caveat"));
    print.println(
        words.word(
            "simulation.threshold",
            Fairness.FOUR_FIFTHS.ratio(),
            Fairness.FOUR_FIFTHS.source(),
            Fairness.FOUR_FIFTHS.from()));
    print.println();
  }

  private static void people(
      PrintWriter print, List<Changed> changed, Facts facts, SimulationWords words) {
    if (changed.isEmpty()) {
      return;
    }
    Map<Long, String> labels =
        facts.labels(words.pack().subject(), changed.stream().map(Changed::subject).toList());
    print.println(words.word("simulation.who"));
    for (Changed one : changed) {
      print.printf(
          "  %s: %s (%s) → %s (%s)  %s%n",
          labels.getOrDefault(one.subject(), ""),
          words.outcome(one.before().outcome()),
          words.ruleAndClause(one.before()),
          words.outcome(one.after().outcome()),
          words.ruleAndClause(one.after()),
          one.causes().stream().map(words::cause).collect(Collectors.joining("; ")));
    }
    print.println();
  }
}
