package org.dandang.policy.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.dandang.engine.Compilation;
import org.dandang.engine.DecisionModel;
import org.dandang.engine.InputTypes;
import org.dandang.engine.InputTypes.InputColumn;
import org.dandang.engine.InvalidModelException;
import org.dandang.engine.ModelInput;
import org.dandang.engine.ModelTable;
import org.dandang.engine.TableAnalysis;
import org.dandang.engine.TableFinding;
import org.dandang.policy.fact.Fact;
import org.dandang.policy.fact.FactCatalogue;

/** Everything that can be told of a pack without running it over people. */
public final class PackCheck {
  private final Packs packs;
  private final FactCatalogue facts;

  public PackCheck(Packs packs, FactCatalogue facts) {
    this.packs = packs;
    this.facts = facts;
  }

  /** The findings on one pack, its cases included; empty when there is nothing to say. */
  public List<Finding> check(String id) {
    List<Finding> findings = new ArrayList<>();
    packs.read(id, findings::add).ifPresent(pack -> check(pack, findings::add));
    return findings;
  }

  /** What is to be said of a pack's tables and of its cases under them. */
  public void checkTables(Pack pack, Consumer<Finding> told) {
    Set<String> hit = new LinkedHashSet<>();
    for (TableFile file : pack.tables()) {
      PackTest.run(pack, file.from())
          .forEach(
              result -> {
                if (result.rule() != null) {
                  hit.add(result.rule());
                }
                hit.addAll(result.conditions());
              });
      checkTable(pack, file, hit, new Needed(), told);
    }
  }

  private void check(Pack pack, Consumer<Finding> told) {
    Needed needed = new Needed();
    pack.parameters()
        .values()
        .forEach(p -> p.values().forEach(v -> needed.clauses.addAll(v.clauses().values())));
    for (Part part : pack.parts()) {
      switch (part) {
        case Part.Policy policy -> {
          checkFacts(pack, pack.id() + "/pack.yaml", told);
          checkPolicy(pack, needed, told);
        }
        case Part.Proposal proposal -> {
          ProposalCheck.check(pack, proposal, told);
          checkPolicy(pack.asProposing(), needed, told);
        }
        case Part.Procedure procedure ->
            procedure.versions().forEach(file -> new Proceeding(pack, file).check(needed, told));
        case Part.PublicNotice notice -> {
          needed.parameters.add(notice.period());
          if (notice.named() != null) {
            needed.parameters.add(notice.named());
          }
        }
        // Which parameters an instrument uses the module that asks tells.
        // It rests on its text as a whole: a question is not a clause.
        case Part.Instrument instrument -> {
          needed.parameters.addAll(pack.parameters().keySet());
          needed.clauses.addAll(pack.clauses().keySet());
        }
        // What its records bring is said by figures, each with its clause.
        case Part.Records records -> {
          needed.parameters.addAll(pack.parameters().keySet());
          needed.clauses.addAll(records.clauses());
          records.measures().forEach(measure -> needed.words.add("measure." + measure));
        }
      }
    }
    for (Clause clause : pack.clauses().values()) {
      if (!needed.clauses.contains(clause.number())) {
        told.accept(
            Finding.warning(
                pack.id() + "/clauses.md", clause.line(), clause.number(), "clause-not-cited"));
      }
    }
    pack.parameters().keySet().stream()
        .filter(parameter -> !needed.parameters.contains(parameter))
        .forEach(
            parameter ->
                told.accept(
                    Finding.warning(
                        pack.id() + "/parameters.yaml",
                        0,
                        parameter,
                        "parameter-not-used",
                        parameter)));
    checkWords(pack, needed.words, told);
  }

  /** What the parts of a pack need of the rest of it. */
  static final class Needed {
    final Set<String> clauses = new LinkedHashSet<>();
    final Set<String> parameters = new LinkedHashSet<>();
    final Set<String> words = new LinkedHashSet<>();
  }

  private void checkPolicy(Pack pack, Needed needed, Consumer<Finding> told) {
    String manifest = pack.id() + "/pack.yaml";
    checkGiven(pack, told);
    Set<String> hit = new LinkedHashSet<>();
    if (!pack.cases().isEmpty()) {
      PackTest.run(pack)
          .forEach(
              result -> {
                result.findings().forEach(told);
                if (result.rule() != null) {
                  hit.add(result.rule());
                }
                hit.addAll(result.conditions());
              });
    }
    pack.tables().stream()
        .map(TableFile::from)
        .min(Comparator.naturalOrder())
        .filter(first -> first.isAfter(pack.inForce().from()))
        .ifPresent(
            first ->
                told.accept(
                    Finding.error(
                        manifest, 0, "in-force", "table-too-late", first, pack.inForce().from())));
    for (TableFile file : pack.tables()) {
      checkTable(pack, file, hit, needed, told);
    }
    pack.outcomes().keySet().forEach(outcome -> needed.words.add("outcome." + outcome));
    pack.figures().forEach(figure -> needed.words.add("figure." + figure));
  }

  private void checkFacts(Pack pack, String manifest, Consumer<Finding> told) {
    Set<String> named = new LinkedHashSet<>(pack.facts());
    named.addAll(pack.population().keySet());
    for (String id : named) {
      Optional<Fact> fact = facts.find(id);
      if (fact.isEmpty()) {
        told.accept(Finding.error(manifest, 0, "facts", "unknown-fact", id, near(id, pack)));
      } else if (!fact.get().subject().equals(pack.subject())) {
        told.accept(
            Finding.error(
                manifest,
                0,
                "facts",
                "fact-of-another-subject",
                id,
                fact.get().subject(),
                pack.subject()));
      }
    }
  }

  private static void checkGiven(Pack pack, Consumer<Finding> told) {
    for (Case example : pack.cases()) {
      for (String given : example.given().keySet()) {
        if (!pack.facts().contains(given)) {
          told.accept(
              Finding.error(
                  pack.id() + "/cases.yaml",
                  example.line(),
                  example.name(),
                  "case-unknown-given",
                  given));
        }
      }
    }
  }

  private String near(String id, Pack pack) {
    return String.join(
        ", ",
        facts.all().stream()
            .filter(fact -> fact.subject().equals(pack.subject()))
            .map(Fact::id)
            .sorted(Comparator.comparingInt(other -> distance(id, other)))
            .limit(3)
            .toList());
  }

  private void checkTable(
      Pack pack, TableFile file, Set<String> hit, Needed needed, Consumer<Finding> told) {
    DecisionModel model;
    try {
      model = DecisionModel.read(file.name(), Files.readAllBytes(file.path()));
    } catch (InvalidModelException e) {
      e.findings()
          .forEach(
              finding ->
                  told.accept(
                      Finding.error(file.name(), 0, finding.where(), "model", finding.message())));
      return;
    } catch (IOException e) {
      told.accept(Finding.error(file.name(), 0, "", "unreadable", String.valueOf(e.getMessage())));
      return;
    }
    if (!model.decisions().contains(pack.decision())) {
      told.accept(
          Finding.error(
              file.name(),
              0,
              "",
              "no-decision",
              pack.decision(),
              String.join(", ", model.decisions())));
      return;
    }
    Set<String> used = new LinkedHashSet<>();
    model.inputs(pack.decision()).forEach(input -> used.add(input.name()));
    for (String figure : pack.figures()) {
      if (model.decisions().contains(figure)) {
        model.inputs(figure).forEach(input -> used.add(input.name()));
      } else if (!pack.parameters().containsKey(figure)) {
        told.accept(Finding.error(file.name(), 0, "figures", "figure-unknown", figure));
      }
    }
    for (ModelInput input : model.inputs()) {
      if (!pack.facts().contains(input.name()) && !pack.parameters().containsKey(input.name())) {
        told.accept(Finding.error(file.name(), 0, input.name(), "input-not-given", input.name()));
      }
    }
    pack.facts().stream()
        .filter(fact -> !used.contains(fact))
        .forEach(
            fact -> told.accept(Finding.warning(file.name(), 0, fact, "input-not-used", fact)));
    needed.parameters.addAll(used);
    model
        .table(pack.decision())
        .ifPresent(table -> checkRules(pack, file, table, hit, needed, told));
    StepCheck.check(pack, file, model, hit, needed, told);
    checkCompiles(pack, file, model, told);
  }

  /** A row has an id, a clause, a case that hits it, and words. */
  static void checkRow(
      Pack pack,
      TableFile file,
      ModelTable table,
      ModelTable.Row row,
      Set<String> hit,
      Needed needed,
      Consumer<Finding> told) {
    String cell = table.name() + "!row " + row.index();
    if (!row.named()) {
      told.accept(Finding.error(file.name(), 0, cell, "rule-without-id", row.index()));
    }
    String clause = table.annotation(row, "clause");
    if (clause.isBlank()) {
      told.accept(Finding.error(file.name(), 0, cell, "rule-without-clause", row.id()));
    } else if (!pack.clauses().containsKey(clause)) {
      told.accept(Finding.error(file.name(), 0, cell, "rule-unknown-clause", row.id(), clause));
    } else {
      needed.clauses.add(clause);
    }
    if (!hit.contains(row.id())) {
      told.accept(Finding.warning(file.name(), 0, cell, "rule-no-case", row.id()));
    }
    needed.words.add("rule." + row.id());
  }

  private static void checkRules(
      Pack pack,
      TableFile file,
      ModelTable table,
      Set<String> hit,
      Needed needed,
      Consumer<Finding> told) {
    for (int i = 0; i < table.inputs().size(); i++) {
      if (!pack.facts().contains(table.inputs().get(i).expression())) {
        needed.words.add("column." + (i + 1));
      }
    }
    Set<String> given = new LinkedHashSet<>();
    for (ModelTable.Row row : table.rows()) {
      String cell = table.name() + "!row " + row.index();
      checkRow(pack, file, table, row, hit, needed, told);
      String outcome = row.outputs().isEmpty() ? "" : row.outputs().getFirst().replace("\"", "");
      given.add(outcome);
      if (!pack.outcomes().containsKey(outcome)) {
        told.accept(Finding.error(file.name(), 0, cell, "outcome-not-declared", outcome));
      }
    }
    pack.outcomes().keySet().stream()
        .filter(outcome -> !given.contains(outcome))
        .forEach(
            outcome ->
                told.accept(
                    Finding.warning(file.name(), 0, outcome, "outcome-never-given", outcome)));
  }

  private void checkCompiles(
      Pack pack, TableFile file, DecisionModel model, Consumer<Finding> told) {
    if (pack.subject().equals(Part.Proposal.SUBJECT)) {
      checkAnswers(pack, file, model, told);
      return;
    }
    if (!pack.facts().stream().allMatch(fact -> facts.find(fact).isPresent())) {
      return;
    }
    PolicyVersion version =
        PolicyVersion.of(
            pack,
            file.from().isBefore(pack.inForce().from()) ? pack.inForce().from() : file.from());
    checkRows(file, model, version.types(facts), told);
    Compilation compilation = version.compile(model, facts);
    if (compilation instanceof Compilation.NotCompilable not) {
      not.refusals()
          .forEach(
              refusal ->
                  told.accept(
                      Finding.warning(
                          file.name(),
                          0,
                          refusal.cell(),
                          "not-compiled",
                          refusal.construct() + ": " + refusal.why())));
    }
  }

  /** A table over a matter's answers: it is asked of one matter at a time and never compiled. */
  private static void checkAnswers(
      Pack pack, TableFile file, DecisionModel model, Consumer<Finding> told) {
    Map<String, InputColumn> columns = ProposalCheck.columns(pack, file.from());
    if (columns.keySet().containsAll(pack.facts())) {
      PolicyVersion version = PolicyVersion.of(pack, file.from());
      checkRows(
          file,
          model,
          version.types(
              pack.facts().stream()
                  .flatMap(id -> Optional.ofNullable(columns.get(id)).stream())
                  .toList()),
          told);
    }
  }

  /** What the rows of the tables, taken together, leave out or say twice. */
  private static void checkRows(
      TableFile file, DecisionModel model, InputTypes types, Consumer<Finding> told) {
    for (String decision : model.decisions()) {
      for (TableFinding finding : TableAnalysis.of(model, decision, types)) {
        String key = "table-" + finding.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
        told.accept(
            switch (finding.kind()) {
              case OVERLAP, IMPOSSIBLE ->
                  Finding.error(file.name(), 0, finding.cell(), key, finding.message());
              case GAP, UNREACHABLE, NOT_ANALYSED ->
                  Finding.warning(file.name(), 0, finding.cell(), key, finding.message());
            });
      }
    }
  }

  private static void checkWords(Pack pack, Set<String> needed, Consumer<Finding> told) {
    pack.messages()
        .forEach(
            (language, words) -> {
              String file = pack.id() + "/messages." + language + ".properties";
              for (String key : needed) {
                if (words.getProperty(key, "").isBlank()) {
                  told.accept(Finding.error(file, 0, key, "message-missing", language, key));
                }
              }
              for (String key : new java.util.TreeSet<>(words.stringPropertyNames())) {
                if (!needed.contains(key) && !key.startsWith("value.")) {
                  told.accept(Finding.warning(file, 0, key, "message-extra", language, key));
                }
              }
            });
  }

  /** Edits that turn one id into another, for suggestions. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int swap = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        current[j] = Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + swap);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
