package org.dandang.policy.simulation;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dandang.engine.DecisionModel;
import org.dandang.platform.export.Exports;
import org.dandang.platform.export.Mark;
import org.dandang.platform.jobs.Progress;
import org.dandang.policy.fact.Facts;
import org.dandang.policy.pack.PolicyVersion;
import org.dandang.policy.run.ResultFile;
import org.dandang.policy.run.RowsFile;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Writes a simulation to a file: everybody before and after, in a workbook with the figures. */
@Component
public class SimulationFiles {
  private final Simulations simulations;
  private final Facts facts;
  private final MessageSource messages;

  SimulationFiles(Simulations simulations, Facts facts, MessageSource messages) {
    this.simulations = simulations;
    this.facts = facts;
    this.messages = messages;
  }

  /** A comparison in words of a language. */
  public SimulationWords words(Simulation simulation, Locale language) {
    return new SimulationWords(messages, language, simulation.pack(), facts.catalogue());
  }

  /**
   * Writes each subject with key, name, outcome, rule and clause before and after, and the facts.
   *
   * @param out ends in .xlsx, .csv or .parquet
   */
  public void write(
      Simulation simulation, String actor, Progress progress, Path out, Locale language) {
    write(simulation, actor, progress, out, language, null);
  }

  /**
   * The same for a file that leaves.
   *
   * @return the mark in it; null without a register
   * @param exports where it is registered; null for a file that stays with the machine's operator
   */
  public @Nullable Mark write(
      Simulation simulation,
      String actor,
      Progress progress,
      Path out,
      Locale language,
      @Nullable Exports exports) {
    ResultFile form = ResultFile.of(out);
    return simulations.<@Nullable Mark>ask(
        simulation,
        actor,
        progress,
        simulator -> {
          List<RowsFile.Sheet> sheets =
              form == ResultFile.XLSX
                  ? sheets(simulation, simulator.compare(simulation.after()), language)
                  : List.of();
          progress.at("job.keeping", 0, -1);
          simulations.exported(simulation, simulator.subjects(), actor);
          Mark mark =
              exports == null
                  ? null
                  : exports.begin(
                      actor,
                      "simulation-exported",
                      form.name().toLowerCase(Locale.ROOT),
                      simulator.subjects(),
                      language);
          try {
            simulator.alone(
                connection -> {
                  RowsFile file = new RowsFile(connection, out, mark);
                  file.nameSubjects(facts, simulation.pack());
                  file.write(question(simulation, simulator), sheets);
                  try (Statement statement = connection.createStatement()) {
                    statement.execute("drop table names");
                  }
                  return out;
                });
            if (exports != null && mark != null) {
              exports.record(mark, out);
            }
            return mark;
          } catch (IOException | SQLException e) {
            throw new IllegalStateException("The simulation could not be written.", e);
          }
        });
  }

  private List<RowsFile.Sheet> sheets(
      Simulation simulation, Comparison comparison, Locale language) {
    SimulationWords words = words(simulation, language);
    long least = simulations.smallestGroup(simulation.pack());
    List<List<@Nullable Object>> about = new ArrayList<>();
    about.add(List.of(simulation.pack().title().in(language)));
    about.add(List.of(simulation.pack().id()));
    about.add(List.of(words.word("why.as-of", simulation.before().asOf())));
    about.add(
        List.of(
            words.word(
                "simulation.versions", comparison.before().name(), comparison.after().name())));
    words.change(simulation).forEach(line -> about.add(List.of(line)));
    about.add(List.of(words.word("simulation.caveat")));
    about.add(
        List.of(
            words.word(
                "simulation.threshold",
                Fairness.FOUR_FIFTHS.ratio(),
                Fairness.FOUR_FIFTHS.source(),
                Fairness.FOUR_FIFTHS.from())));
    List<RowsFile.Sheet> sheets = new ArrayList<>();
    sheets.add(new RowsFile.Sheet(words.word("simulation.about"), about));
    sheets.addAll(words.tables(comparison, false, least));
    sheets.add(words.outcomesByGroup(comparison, false, least));
    return sheets;
  }

  private String question(Simulation simulation, Simulator simulator) throws SQLException {
    String decision = simulation.pack().decision();
    Clauses clauses = new Clauses(model(simulation.before()), model(simulation.after()), decision);
    StringBuilder columns = new StringBuilder();
    for (String fact : simulation.after().pack().facts()) {
      columns.append(", f.\"").append(fact).append('"');
      if (simulation.slate() != null) {
        columns.append(", b.\"").append(fact).append("\" as \"").append(fact).append(" before\"");
      }
    }
    return """
    select n.key, n.name, e.outcome_before, e.rule_before, cb.clause as clause_before,
           e.outcome_after, e.rule_after, ca.clause as clause_after%s
      from (%s) e join names n on n.subject = e.subject
      join %s f on f.subject = e.subject join facts b on b.subject = e.subject
      left join (values %s) cb(rule, clause) on cb.rule = e.rule_before
      left join (values %s) ca(rule, clause) on ca.rule = e.rule_after
     order by e.subject
    """
        .formatted(
            columns,
            simulator.everybody(simulation.after()),
            simulation.slate() == null ? "facts" : "facts_after",
            clauses.beforeAsValues(),
            clauses.afterAsValues());
  }

  private static DecisionModel model(PolicyVersion version) {
    return DecisionModel.read(version.table().name(), version.model());
  }
}
