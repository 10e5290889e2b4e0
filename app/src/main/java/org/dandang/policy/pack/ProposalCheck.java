package org.dandang.policy.pack;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.dandang.engine.ColumnType;
import org.dandang.engine.InputTypes.InputColumn;
import org.dandang.platform.procedure.Field;
import org.dandang.platform.procedure.Form;
import org.dandang.platform.procedure.Procedure;

/** What the tables of a procedure see: the answers to its forms. */
final class ProposalCheck {
  private ProposalCheck() {}

  /** Columns of the answers on a day, by field. */
  static Map<String, InputColumn> columns(Pack pack, LocalDate day) {
    Map<String, InputColumn> columns = new LinkedHashMap<>();
    procedure(pack, day)
        .ifPresent(
            found -> {
              for (Form form : found.forms().values()) {
                for (Field field : form.fields()) {
                  type(field)
                      .ifPresent(
                          type -> columns.put(field.id(), new InputColumn(field.id(), type, true)));
                }
              }
            });
    return columns;
  }

  private static Optional<Procedure> procedure(Pack pack, LocalDate day) {
    return Proceeding.fileOn(pack, day).flatMap(file -> new Proceeding(pack, file).on(day));
  }

  private static Optional<ColumnType> type(Field field) {
    return switch (field.kind()) {
      case Field.Kind.Choice choice -> Optional.of(new ColumnType.Text());
      case Field.Kind.Number number -> Optional.of(new ColumnType.Decimal(18, 6));
      case Field.Kind.Day date -> Optional.of(new ColumnType.Day());
      case Field.Kind.Text text -> Optional.empty();
      case Field.Kind.OnRecord record -> Optional.empty();
      case Field.Kind.Documents documents -> Optional.empty();
    };
  }

  /** That it is asked of answers there are, at steps there are. */
  static void check(Pack pack, Part.Proposal proposal, Consumer<Finding> told) {
    String manifest = pack.id() + "/pack.yaml";
    LocalDate day = pack.inForce().from();
    Optional<Procedure> procedure = procedure(pack, day);
    if (procedure.isEmpty()) {
      told.accept(Finding.error(manifest, 0, "proposes", "proposal-without-procedure"));
      return;
    }
    for (String step : proposal.steps()) {
      if (procedure.get().flow().step(step).isEmpty()) {
        told.accept(Finding.error(manifest, 0, "proposes", "proposal-no-such-step", step));
      }
    }
    Map<String, InputColumn> columns = columns(pack, day);
    for (String fact : proposal.policy().facts()) {
      if (!columns.containsKey(fact)) {
        told.accept(
            Finding.error(
                manifest,
                0,
                "facts",
                "proposal-no-such-answer",
                fact,
                String.join(", ", columns.keySet())));
      }
    }
  }
}
