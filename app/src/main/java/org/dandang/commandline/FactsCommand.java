package org.dandang.commandline;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.dandang.policy.fact.Fact;
import org.dandang.policy.fact.FactCatalogue;
import org.dandang.policy.pack.Pack;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "facts",
    mixinStandardHelpOptions = true,
    description =
        "The catalogue of facts: type, unit, meaning, what a missing value means, who uses it.")
class FactsCommand implements Callable<Integer> {
  @Mixin PackOptions options = new PackOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<Pack> packs = options.packs().all();
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
}
