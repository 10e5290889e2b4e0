package org.dandang.commandline;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.dandang.engine.Refusal;
import org.dandang.policy.PolicyProblem;
import org.dandang.policy.decision.Decision;
import org.dandang.policy.decision.Decisions;
import org.dandang.policy.decision.Replay;
import org.dandang.policy.fact.Evidence;
import org.dandang.policy.fact.Facts;
import org.dandang.policy.pack.Clause;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.run.Explaining;
import org.dandang.policy.run.PolicyRuns;
import org.dandang.policy.run.Reasons;
import org.dandang.policy.run.Result;
import org.dandang.policy.run.RunSummary;
import org.dandang.policy.run.Runs;
import org.dandang.selection.Slates;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    description = "Runs policies over everybody, simulates a change, or explains one result.",
    subcommands = {
      PolicyCommand.Run.class,
      SimulateCommand.class,
      PolicyCommand.Explain.class,
      PolicyCommand.Decide.class,
      PolicyCommand.Again.class,
      ConformanceCommand.class
    })
class PolicyCommand implements Runnable {
  /** A population up to this size is shown subject by subject. */
  private static final int SHOWN = 500;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say run, simulate, explain, decide, replay or conformance.");
  }

  @Command(
      name = "run",
      mixinStandardHelpOptions = true,
      description = "Runs a pack over everybody it speaks of, as of a date.")
  static class Run implements Callable<Integer> {
    @Mixin DataOptions data = new DataOptions();
    @Mixin PackOptions options = new PackOptions();

    @Parameters(paramLabel = "PACK", description = "Such as guizhou/front-line-priority.")
    String pack = "";

    @Option(
        names = "--as-of",
        required = true,
        paramLabel = "DATE",
        description = "The day the facts, the table and the parameters are those of.")
    LocalDate asOf = LocalDate.EPOCH;

    @Option(
        names = "--out",
        paramLabel = "FILE",
        description = "Writes every result to FILE: .xlsx, .csv or .parquet.")
    @Nullable Path out;

    @Option(
        names = "--slate",
        paramLabel = "FILE",
        description = {
          "What a proposed list of promotions would make of it: lines of official''s key,",
          "unit''s code, post level (GB/T 12407 code) and post."
        })
    @Nullable Path slate;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      PrintWriter print = spec.commandLine().getOut();
      try (RunningApplication application = RunningApplication.forCommand(data)) {
        ConsoleProgress progress =
            new ConsoleProgress(
                System.err,
                System.console() != null,
                pack,
                application.get(MessageSource.class),
                options.language(),
                application.stopping());
        PolicyRuns runs = application.get(PolicyRuns.class).over(options.packs());
        Pack policy = runs.pack(pack);
        for (Refusal refusal : runs.notCompiled(policy, asOf)) {
          print.println("interpreted one by one, which is slower: " + refusal);
        }
        Long proposed = slate == null ? null : propose(application, slate, asOf);
        RunSummary summary = runs.run(pack, asOf, null, "command line", progress, out);
        progress.over();
        print(print, policy, summary, runs.clausesOf(policy, asOf));
        Report report = new Report(print, policy, options.language(), application, asOf);
        if (proposed != null) {
          RunSummary after = runs.run(pack, asOf, proposed, "command line", progress, null);
          progress.over();
          report.compare(summary, after);
        } else if (!policy.figures().isEmpty() && summary.subjects() <= SHOWN) {
          report.each(summary);
        }
        if (out != null) {
          print.println("written: " + out);
        }
        return 0;
      } catch (PolicyProblem problem) {
        spec.commandLine().getErr().println(problem.text(options.language()));
        return 1;
      }
    }

    private void print(
        PrintWriter print, Pack policy, RunSummary summary, Map<String, String> clauses) {
      String language = options.languageTag();
      print.printf(
          "%s (%s)%nversion %s, as of %s, %,d subjects, %s in %.1f s%n%n",
          policy.title().in(language),
          policy.id(),
          summary.version(),
          summary.asOf(),
          summary.subjects(),
          summary.how().name().toLowerCase(Locale.ROOT),
          java.time.Duration.between(summary.startedAt(), summary.finishedAt()).toMillis()
              / 1000.0);
      for (RunSummary.Hits hits : summary.hits()) {
        print.printf(
            "%,12d  %5.1f %%  %-28s clause %-4s %s%n",
            hits.subjects(),
            100.0 * hits.subjects() / Math.max(1, summary.subjects()),
            Objects.requireNonNullElse(hits.rule(), "–"),
            hits.rule() == null ? "–" : clauses.getOrDefault(hits.rule(), "–"),
            hits.outcome() == null ? "–" : policy.word(language, "outcome." + hits.outcome()));
      }
      print.println();
    }
  }

  /** Keeps a list of promotions that take effect on a day. */
  static Long propose(RunningApplication application, Path file, LocalDate takesEffect) {
    try {
      return application
          .get(Slates.class)
          .propose(
              String.valueOf(file.getFileName()),
              takesEffect,
              Slates.read(Files.readString(file, StandardCharsets.UTF_8)),
              "command line");
    } catch (IOException e) {
      throw new PolicyProblem("slate-file", file, String.valueOf(e.getMessage()));
    }
  }

  /** Prints what a run gave subject by subject. */
  private static final class Report {
    private final PrintWriter print;
    private final Pack policy;
    private final String language;
    private final Runs runs;
    private final Facts facts;
    private final Explaining explaining;
    private final LocalDate asOf;

    Report(
        PrintWriter print,
        Pack policy,
        Locale language,
        RunningApplication application,
        LocalDate asOf) {
      this.print = print;
      this.policy = policy;
      this.language = org.dandang.policy.Words.tag(language);
      this.runs = application.get(Runs.class);
      this.facts = application.get(Facts.class);
      this.explaining = application.get(Explaining.class);
      this.asOf = asOf;
    }

    void each(RunSummary summary) {
      for (Result result : results(summary)) {
        line(result, explaining.explain(policy, asOf, result.subject(), null), "");
      }
    }

    void compare(RunSummary before, RunSummary after) {
      Map<Long, Result> earlier = new java.util.HashMap<>();
      results(before).forEach(result -> earlier.put(result.subject(), result));
      int changed = 0;
      for (Result result : results(after)) {
        Reasons was = explaining.explain(policy, asOf, result.subject(), null);
        Reasons would = explaining.explain(policy, asOf, result.subject(), after.slate());
        if (!was.facts().stream()
            .map(Reasons.FactUsed::value)
            .toList()
            .equals(would.facts().stream().map(Reasons.FactUsed::value).toList())) {
          changed++;
          line(Objects.requireNonNull(earlier.get(result.subject())), was, "is      ");
          line(result, would, "would be");
        }
      }
      print.printf("%,d subjects would change%n", changed);
    }

    private List<Result> results(RunSummary summary) {
      return runs.results(summary.id(), facts.kind(policy.subject()), null, null, 0, 100_000);
    }

    private void line(Result result, Reasons reasons, String prefix) {
      StringBuilder line = new StringBuilder(prefix).append(prefix.isEmpty() ? "" : "  ");
      line.append(result.label());
      reasons
          .facts()
          .forEach(
              fact -> line.append("  ").append(fact.fact().id()).append('=').append(fact.value()));
      reasons
          .figures()
          .forEach(
              (id, value) ->
                  line.append("  ")
                      .append(policy.word(language, "figure." + id))
                      .append('=')
                      .append(shown(value)));
      line.append("  → ")
          .append(
              result.outcome() == null ? "–" : policy.word(language, "outcome." + result.outcome()))
          .append(" (")
          .append(result.rule())
          .append(')');
      print.println(line);
    }
  }

  private static String shown(@Nullable Object value) {
    return value instanceof java.math.BigDecimal number
        ? number.round(new java.math.MathContext(4)).stripTrailingZeros().toPlainString()
        : String.valueOf(value);
  }

  @Command(
      name = "explain",
      mixinStandardHelpOptions = true,
      description =
          "Why a pack gives one subject its outcome: rule, clause, facts and their sources.")
  static class Explain implements Callable<Integer> {
    @Mixin DataOptions data = new DataOptions();
    @Mixin PackOptions options = new PackOptions();

    @Parameters(
        index = "0",
        paramLabel = "PACK",
        description = "Such as guizhou/front-line-priority.")
    String pack = "";

    @Parameters(
        index = "1",
        paramLabel = "KEY",
        description = "The subject''s key in the register.")
    String key = "";

    @Option(names = "--as-of", required = true, paramLabel = "DATE", description = "The day asked.")
    LocalDate asOf = LocalDate.EPOCH;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      PrintWriter print = spec.commandLine().getOut();
      String language = options.languageTag();
      try (RunningApplication application = RunningApplication.forCommand(data)) {
        Pack policy = application.get(PolicyRuns.class).over(options.packs()).pack(pack);
        long subject = application.get(Facts.class).subject(policy.subject(), key);
        Reasons reasons = application.get(Explaining.class).explain(policy, asOf, subject, null);
        print.printf(
            "%s: %s%n",
            reasons.label(),
            reasons.outcome() == null
                ? "–"
                : policy.word(language, "outcome." + reasons.outcome()));
        print.printf(
            "rule: %s (row %d of %s)%n",
            reasons.rule() == null ? "–" : policy.word(language, "rule." + reasons.rule()),
            reasons.row(),
            reasons.version().table().name());
        Clause clause = reasons.clause();
        if (clause != null) {
          print.printf("clause %s: %s%n", clause.number(), clause.text().in(language));
        }
        for (Reasons.FactUsed used : reasons.facts()) {
          print.printf(
              "fact %s = %s%n",
              used.fact().title().in(language),
              used.value() == null ? used.fact().missing() : used.value());
          for (Evidence row : used.evidence()) {
            print.printf(
                "    %s – %s  %s%s%n",
                row.since() == null ? "?" : row.since(),
                row.until() == null ? "…" : row.until(),
                row.words(),
                row.file() == null ? "" : "  (" + row.file() + ", line " + row.line() + ")");
          }
        }
        for (Reasons.ParameterUsed used : reasons.parameters()) {
          print.printf(
              "parameter %s = %s%s%n",
              used.parameter().title().in(language),
              used.figure(),
              used.clause() == null ? "" : "  (clause " + used.clause().number() + ")");
        }
        for (Reasons.Change change : reasons.changes()) {
          print.printf(
              "with %s = %s: %s%n",
              change.fact(), change.value(), policy.word(language, "outcome." + change.outcome()));
        }
        return 0;
      } catch (PolicyProblem problem) {
        spec.commandLine().getErr().println(problem.text(options.language()));
        return 1;
      }
    }
  }

  @Command(
      name = "decide",
      mixinStandardHelpOptions = true,
      description = "Prepares a decision about one subject and keeps it with all it came from.")
  static class Decide implements Callable<Integer> {
    @Mixin DataOptions data = new DataOptions();
    @Mixin PackOptions options = new PackOptions();

    @Parameters(
        index = "0",
        paramLabel = "PACK",
        description = "Such as guizhou/front-line-priority.")
    String pack = "";

    @Parameters(
        index = "1",
        paramLabel = "KEY",
        description = "The subject''s key in the register.")
    String key = "";

    @Option(names = "--as-of", required = true, paramLabel = "DATE", description = "The day asked.")
    LocalDate asOf = LocalDate.EPOCH;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      PrintWriter print = spec.commandLine().getOut();
      try (RunningApplication application = RunningApplication.forCommand(data)) {
        Pack policy = application.get(PolicyRuns.class).over(options.packs()).pack(pack);
        long subject = application.get(Facts.class).subject(policy.subject(), key);
        Decision kept =
            application.get(Decisions.class).keep(policy, asOf, subject, null, "command line");
        print.printf(
            "decision %d: %s%n",
            kept.id(),
            kept.outcome() == null
                ? "a person must decide"
                : policy.word(options.languageTag(), "outcome." + kept.outcome()));
        if (kept.rule() != null) {
          print.printf(
              "rule %s, clause %s, row %d of %s (version %s)%n",
              kept.rule(), kept.clause(), kept.row(), kept.tableFile(), kept.version());
        }
        kept.facts()
            .forEach(
                (id, used) ->
                    print.printf(
                        "fact %s = %s, resting on %d rows%n",
                        id, used.value() == null ? "–" : used.value(), used.sources().size()));
        if (!kept.missing().isEmpty()) {
          print.printf("without a value: %s%n", String.join(", ", kept.missing()));
        }
        return 0;
      } catch (PolicyProblem problem) {
        spec.commandLine().getErr().println(problem.text(options.language()));
        return 1;
      }
    }
  }

  @Command(
      name = "replay",
      mixinStandardHelpOptions = true,
      description = {
        "Makes a kept decision again from the registers and the pack as they are now.",
        "Ends with 0 when it is the same from the same inputs, else names what changed: 3."
      })
  static class Again implements Callable<Integer> {
    private static final int CHANGED = 3;

    @Mixin DataOptions data = new DataOptions();
    @Mixin PackOptions options = new PackOptions();

    @Parameters(paramLabel = "DECISION", description = "Its number.")
    long decision;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      PrintWriter print = spec.commandLine().getOut();
      try (RunningApplication application = RunningApplication.forCommand(data)) {
        Replay replay = application.get(Decisions.class).over(options.packs()).replay(decision);
        Decision now = replay.now();
        print.printf("then: %s by %s%n", replay.then().outcome(), replay.then().rule());
        print.printf(
            "now:  %s%n",
            now == null ? "can no longer be asked" : now.outcome() + " by " + now.rule());
        replay
            .changes()
            .forEach(
                change ->
                    print.printf(
                        "changed: %s %s: %s, now %s%n",
                        change.input().word(), change.what(), change.then(), change.now()));
        print.println(replay.isSame() ? "the same" : "not the same");
        return replay.isSame() ? 0 : CHANGED;
      } catch (PolicyProblem problem) {
        spec.commandLine().getErr().println(problem.text(options.language()));
        return 1;
      }
    }
  }
}
