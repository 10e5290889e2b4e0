package org.dandang.policy.pack;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dandang.engine.DecisionModel;
import org.dandang.engine.Evaluation;
import org.dandang.engine.ModelTable;
import org.dandang.platform.procedure.Field;
import org.dandang.platform.procedure.Figure;
import org.dandang.platform.procedure.Form;
import org.dandang.platform.procedure.Matter;
import org.dandang.platform.procedure.Proposal;
import org.dandang.platform.procedure.Proposals;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the tables of packs propose on the answers to a matter's forms. */
@Component
class PackProposals implements Proposals {
  private final Packs packs;
  private final Models models;
  private final InForce inForce;

  PackProposals(Packs packs, Models models, InForce inForce) {
    this.packs = packs;
    this.models = models;
    this.inForce = inForce;
  }

  @Override
  public Optional<Proposal> at(Matter matter, String step, Map<String, String> answers) {
    return packs
        .find(matter.procedure().pack())
        .filter(
            pack ->
                pack.part(Part.Proposal.class)
                    .filter(proposal -> proposal.steps().contains(step))
                    .isPresent())
        .map(Pack::asProposing)
        .map(pack -> proposal(pack, matter, answers));
  }

  private Proposal proposal(Pack pack, Matter matter, Map<String, String> answers) {
    PolicyVersion version = inForce.version(pack, matter.begunOn(), "proposal");
    DecisionModel model = models.of(version);
    Map<String, Proposal.Used> used = used(pack, matter, answers);
    Map<String, @Nullable Object> inputs = new LinkedHashMap<>();
    used.forEach((fact, answer) -> inputs.put(fact, value(answer.field(), answer.value())));
    inputs.putAll(version.figuresFor(inputs));
    Evaluation evaluation = model.evaluate(pack.decision(), inputs);
    String outcome = text(evaluation);
    Evaluation.@Nullable Hit hit =
        evaluation.decided().isEmpty() ? null : evaluation.decided().getFirst();
    Optional<ModelTable> table = model.table(pack.decision());
    OutcomeKind bearing = outcome == null ? null : pack.outcomes().get(outcome);
    return new Proposal(
        outcome,
        (bearing == null ? OutcomeKind.PERSON_DECIDES : bearing).word(),
        hit == null ? null : hit.rule(),
        hit == null || table.isEmpty()
            ? null
            : table.get().annotation(table.get().row(hit.row()), "clause"),
        version.name(),
        List.copyOf(used.values()),
        figures(pack, version),
        changes(pack, model, used, inputs, outcome),
        evaluation.problems());
  }

  private static Map<String, Proposal.Used> used(
      Pack pack, Matter matter, Map<String, String> answers) {
    Map<String, Proposal.Used> used = new LinkedHashMap<>();
    for (String fact : pack.facts()) {
      for (Form form : matter.procedure().forms().values()) {
        form.field(fact)
            .ifPresent(
                field ->
                    used.putIfAbsent(fact, new Proposal.Used(form.id(), field, answers.get(fact))));
      }
    }
    return used;
  }

  private static List<Figure> figures(Pack pack, PolicyVersion version) {
    List<Figure> figures = new ArrayList<>();
    version
        .figures()
        .forEach(
            (id, dated) -> {
              Parameter parameter = pack.parameters().get(id);
              if (parameter != null && !Proceeding.TIMES.contains(parameter.unit())) {
                parameter
                    .figure(dated)
                    .filter(figure -> figure.word() == null)
                    .ifPresent(figures::add);
              }
            });
    return figures;
  }

  /** Only answers that are one of several are tried. */
  private static List<Proposal.Change> changes(
      Pack pack,
      DecisionModel model,
      Map<String, Proposal.Used> used,
      Map<String, @Nullable Object> inputs,
      @Nullable String outcome) {
    List<Proposal.Change> changes = new ArrayList<>();
    used.forEach(
        (fact, answer) -> {
          if (answer.field().kind() instanceof Field.Kind.Choice choice) {
            for (String option : choice.options()) {
              if (!option.equals(answer.value())) {
                Map<String, @Nullable Object> other = new LinkedHashMap<>(inputs);
                other.put(fact, option);
                String then = text(model.evaluate(pack.decision(), other));
                if (then != null && !then.equals(outcome)) {
                  changes.add(new Proposal.Change(answer.form(), answer.field(), option, then));
                }
              }
            }
          }
        });
    return changes;
  }

  private static @Nullable String text(Evaluation evaluation) {
    return evaluation.value() == null ? null : String.valueOf(evaluation.value());
  }

  private static @Nullable Object value(Field field, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return switch (field.kind()) {
        case Field.Kind.Number number -> new BigDecimal(text);
        case Field.Kind.Day day -> LocalDate.parse(text);
        case Field.Kind.Text any -> text;
        case Field.Kind.Choice choice -> text;
        case Field.Kind.OnRecord record -> text;
        case Field.Kind.Documents documents -> null;
      };
    } catch (NumberFormatException | DateTimeParseException notReadable) {
      return null;
    }
  }
}
