package org.dandang.policy.pack;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.dandang.engine.DecisionModel;
import org.dandang.engine.ModelTable;

/** A step leads from a fact, by conditions that are tables, to a parameter or decision. */
final class StepCheck {
  private StepCheck() {}

  static void check(
      Pack pack,
      TableFile file,
      DecisionModel model,
      Set<String> hit,
      PackCheck.Needed needed,
      Consumer<Finding> told) {
    Step step = pack.step();
    if (step == null) {
      return;
    }
    needed.words.add("step");
    if (!pack.facts().contains(step.from())) {
      told.accept(Finding.error(file.name(), 0, "step", "step-unknown", step.from()));
    }
    Set<String> known = new LinkedHashSet<>(pack.parameters().keySet());
    known.addAll(model.decisions());
    if (!known.contains(step.to())) {
      told.accept(Finding.error(file.name(), 0, "step", "step-unknown", step.to()));
    }
    known.addAll(pack.facts());
    for (Step.Condition condition : step.conditions()) {
      needed.words.add("condition." + condition.decision());
      for (String part : Arrays.asList(condition.asked(), condition.has())) {
        if (part != null && !known.contains(part)) {
          told.accept(Finding.error(file.name(), 0, condition.decision(), "step-unknown", part));
        }
      }
      checkTable(pack, file, model, condition, hit, needed, told);
    }
  }

  private static void checkTable(
      Pack pack,
      TableFile file,
      DecisionModel model,
      Step.Condition condition,
      Set<String> hit,
      PackCheck.Needed needed,
      Consumer<Finding> told) {
    Optional<ModelTable> table = model.table(condition.decision());
    if (table.isEmpty()) {
      told.accept(
          Finding.error(
              file.name(),
              0,
              condition.decision(),
              "no-decision",
              condition.decision(),
              String.join(", ", model.decisions())));
      return;
    }
    for (ModelTable.Row row : table.get().rows()) {
      PackCheck.checkRow(pack, file, table.get(), row, hit, needed, told);
      String outcome = row.outputs().isEmpty() ? "" : row.outputs().getFirst().replace("\"", "");
      if (OutcomeKind.of(outcome).isEmpty()) {
        told.accept(
            Finding.error(
                file.name(),
                0,
                table.get().name() + "!row " + row.index(),
                "unknown-outcome-kind",
                outcome));
      }
    }
  }
}
