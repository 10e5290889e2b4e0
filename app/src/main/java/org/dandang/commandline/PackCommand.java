package org.dandang.commandline;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.dandang.policy.PolicyProblem;
import org.dandang.policy.fact.Fact;
import org.dandang.policy.fact.FactCatalogue;
import org.dandang.policy.pack.Finding;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.PackCheck;
import org.dandang.policy.pack.PackSkeleton;
import org.dandang.policy.pack.PackTest;
import org.dandang.policy.pack.Packs;
import org.dandang.protection.RecordsCheck;
import org.dandang.survey.InstrumentCheck;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "pack",
    mixinStandardHelpOptions = true,
    description = "Lists, checks, tests and begins packs. Needs no database.",
    subcommands = {
      PackCommand.ListPacks.class,
      PackCommand.Check.class,
      PackCommand.Test.class,
      PackCommand.New.class
    })
class PackCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say list, check, test or new.");
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists all packs.")
  static class ListPacks implements Callable<Integer> {
    @Mixin PackOptions options = new PackOptions();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      for (Pack pack : options.packs().all()) {
        out.printf(
            "%-40s %-8s %s%n",
            pack.id(), String.join(" ", pack.practices()), pack.title().in(options.language()));
      }
      return 0;
    }
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description =
          "Checks packs: form, dates, clauses, facts, words, tables and cases. 1 when one has an"
              + " error.")
  static class Check implements Callable<Integer> {
    @Mixin PackOptions options = new PackOptions();

    @Parameters(
        arity = "0..*",
        paramLabel = "PACK",
        description = "Ids or folders, of packs or of several; all when left out.")
    List<String> names = List.of();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      PackOptions.Chosen chosen = options.chosen(names);
      PackCheck check = new PackCheck(chosen.packs(), FactCatalogue.ofTheProgram());
      long errors = 0;
      long warnings = 0;
      for (String id : chosen.ids()) {
        List<Finding> findings = new ArrayList<>(check.check(id));
        chosen
            .packs()
            .find(id)
            .ifPresent(
                pack -> {
                  findings.addAll(InstrumentCheck.check(pack));
                  findings.addAll(RecordsCheck.check(pack));
                });
        findings.forEach(finding -> out.println(finding.text(options.language())));
        errors += findings.stream().filter(Finding::isError).count();
        warnings += findings.stream().filter(finding -> !finding.isError()).count();
      }
      out.printf("%d packs, %d errors, %d notes%n", chosen.ids().size(), errors, warnings);
      return errors == 0 ? 0 : 1;
    }
  }

  @Command(
      name = "test",
      mixinStandardHelpOptions = true,
      description = "Runs the cases of packs. 1 when one does not hold.")
  static class Test implements Callable<Integer> {
    @Mixin PackOptions options = new PackOptions();

    @Parameters(
        arity = "0..*",
        paramLabel = "PACK",
        description = "Ids or folders, of packs or of several; all when left out.")
    List<String> names = List.of();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      PackOptions.Chosen chosen = options.chosen(names);
      long passed = 0;
      long failed = 0;
      for (String id : chosen.ids()) {
        List<Finding> broken = new ArrayList<>();
        Pack pack = chosen.packs().read(id, broken::add).orElse(null);
        if (pack == null) {
          broken.forEach(finding -> out.println(finding.text(options.language())));
          failed++;
          continue;
        }
        out.println(pack.id());
        for (PackTest.CaseResult result : PackTest.run(pack)) {
          out.printf("  %s %s%n", result.holds() ? "✓" : "✗", result.example().name());
          result.findings().forEach(f -> out.println("      " + f.text(options.language())));
          if (result.holds()) {
            passed++;
          } else {
            failed++;
          }
        }
        for (InstrumentCheck.CaseResult result : InstrumentCheck.test(pack)) {
          out.printf("  %s %s%n", result.holds() ? "✓" : "✗", result.name());
          result.findings().forEach(f -> out.println("      " + f.text(options.language())));
          if (result.holds()) {
            passed++;
          } else {
            failed++;
          }
        }
      }
      out.printf("%d passed, %d failed%n", passed, failed);
      return failed == 0 ? 0 : 1;
    }
  }

  @Command(
      name = "new",
      mixinStandardHelpOptions = true,
      description =
          "Writes a new pack to go on from: one number against one parameter. It passes its check.")
  static class New implements Callable<Integer> {
    @Mixin PackOptions options = new PackOptions();

    @Parameters(paramLabel = "PLACE/PRACTICE", description = "Such as zhaotong/months-in-post.")
    String id = "";

    @Option(
        names = "--fact",
        paramLabel = "FACT",
        defaultValue = "months-of-service",
        description = "The number its first table looks at (default: ${DEFAULT-VALUE}).")
    String fact = "";

    @Option(
        names = "--from",
        paramLabel = "DATE",
        description = "The day it comes into force (default: the first of this year).")
    @Nullable LocalDate from;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
      Packs packs = options.packs();
      try {
        Fact looked =
            FactCatalogue.ofTheProgram()
                .find(fact)
                .orElseThrow(() -> new PolicyProblem("no-such-fact", fact));
        LocalDate begins =
            from != null ? from : LocalDate.now(ZoneId.systemDefault()).withDayOfYear(1);
        new PackSkeleton(id, looked, begins)
            .write(packs.root())
            .keySet()
            .forEach(spec.commandLine().getOut()::println);
        return 0;
      } catch (PolicyProblem problem) {
        spec.commandLine().getErr().println(problem.text(options.language()));
        return 1;
      }
    }
  }
}
