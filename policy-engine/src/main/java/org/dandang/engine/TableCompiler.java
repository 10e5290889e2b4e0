package org.dandang.engine;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.api.core.ast.DecisionNode;
import org.kie.dmn.model.api.HitPolicy;
import org.kie.dmn.model.api.InputClause;
import org.kie.dmn.model.api.OutputClause;

/** Compiles a decision table: the number of the matched row first, all else follows from it. */
public final class TableCompiler {
  private final DecisionModel model;
  private final FeelCompiler feel;
  private final List<Refusal> refusals = new ArrayList<>();

  private TableCompiler(DecisionModel model, Map<String, ColumnType> columns) {
    this.model = model;
    this.feel = new FeelCompiler(new FeelSyntax(model.inputs()), columns);
  }

  /**
   * Compiles a decision of a model.
   *
   * @param columns the declared types of the inputs; an input without one does not compile
   */
  public static Compilation compile(
      DecisionModel model, String decision, Map<String, ColumnType> columns) {
    return new TableCompiler(model, columns).table(decision);
  }

  private Compilation table(String decision) {
    Optional<DecisionTable> found = model.table(decision);
    if (found.isEmpty()) {
      return refused(decision, "no decision table", "only decision tables are compiled");
    }
    DecisionTable table = found.get();
    DecisionNode node = model.kie().getDecisionByName(decision);
    org.kie.dmn.model.api.DecisionTable source =
        (org.kie.dmn.model.api.DecisionTable) node.getDecision().getExpression();
    checkForm(decision, source);
    List<Optional<Plan>> values = new ArrayList<>();
    for (int column = 0; column < table.inputs().size(); column++) {
      values.add(input(decision, table, column));
    }
    List<List<Plan>> conditions = new ArrayList<>();
    List<Compilation.Rule> rules = new ArrayList<>();
    for (DecisionTable.Row row : table.rows()) {
      conditions.add(conditions(decision, row, values));
      rules.add(new Compilation.Rule(row.number(), row.id(), outcome(decision, row)));
    }
    checkOutcomes(decision, source, rules);
    if (!refusals.isEmpty()) {
      return new Compilation.NotCompilable(refusals);
    }
    boolean first = source.getHitPolicy() == HitPolicy.FIRST || disjoint(conditions);
    return new Compilation.Compiled(
        decision, first ? firstMatch(conditions) : onlyMatch(conditions), rules);
  }

  private void checkForm(String decision, org.kie.dmn.model.api.DecisionTable table) {
    if (table.getHitPolicy() != HitPolicy.FIRST && table.getHitPolicy() != HitPolicy.UNIQUE) {
      refuse(decision, table.getHitPolicy().value(), "this hit policy is interpreted");
    }
    if (table.getOutput().size() != 1) {
      refuse(decision, table.getOutput().size() + " outputs", "several outputs are interpreted");
    }
    for (InputClause input : table.getInput()) {
      if (input.getInputValues() != null) {
        refuse(decision, input.getInputValues().getText(), "allowed values of a column");
      }
    }
    for (OutputClause output : table.getOutput()) {
      if (output.getDefaultOutputEntry() != null) {
        refuse(decision, output.getDefaultOutputEntry().getText(), "a default outcome");
      }
    }
  }

  private Optional<Plan> input(String decision, DecisionTable table, int column) {
    try {
      return Optional.of(feel.expression(table.inputs().get(column).expression()));
    } catch (NotExact e) {
      refusals.add(e.at(decision + "!column " + (column + 1)));
      return Optional.empty();
    }
  }

  private List<Plan> conditions(
      String decision, DecisionTable.Row row, List<Optional<Plan>> values) {
    List<Plan> conditions = new ArrayList<>();
    for (int column = 0; column < row.inputs().size(); column++) {
      Optional<Plan> value = values.get(column);
      if (value.isEmpty()) {
        continue;
      }
      try {
        feel.cell(row.inputs().get(column), value.get()).ifPresent(conditions::add);
      } catch (NotExact e) {
        refusals.add(e.at(decision + "!row " + row.number() + ", column " + (column + 1)));
      }
    }
    return conditions;
  }

  private @Nullable Object outcome(String decision, DecisionTable.Row row) {
    String text = row.outputs().getFirst();
    try {
      return switch (feel.expression(text)) {
        case Plan.TextLiteral literal -> literal.value();
        case Plan.NumberLiteral number -> number.value();
        case Plan.BooleanLiteral bool -> bool.value();
        case Plan.DateLiteral date -> date.value();
        case Plan.Missing ignored -> null;
        default -> throw new NotExact(text, "an outcome that is computed");
      };
    } catch (NotExact e) {
      refusals.add(e.at(decision + "!row " + row.number() + ", outcome"));
      return null;
    }
  }

  /** An outcome outside the declared ones is an error when interpreted, so it is refused here. */
  private void checkOutcomes(
      String decision, org.kie.dmn.model.api.DecisionTable table, List<Compilation.Rule> rules) {
    OutputClause output = table.getOutput().getFirst();
    if (output.getOutputValues() == null || !refusals.isEmpty()) {
      return;
    }
    for (Compilation.Rule rule : rules) {
      try {
        Object outcome = rule.outcome();
        Plan literal =
            switch (outcome) {
              case String text -> new Plan.TextLiteral(text);
              case BigDecimal number -> new Plan.NumberLiteral(number);
              case null, default ->
                  throw new NotExact(String.valueOf(outcome), "declared outcomes of this type");
            };
        Optional<Plan> allowed = feel.cell(output.getOutputValues().getText(), literal);
        if (allowed.isPresent() && !allows(allowed.get(), literal)) {
          throw new NotExact(String.valueOf(outcome), "not among the declared outcomes");
        }
      } catch (NotExact e) {
        refusals.add(e.at(decision + "!row " + rule.number() + ", outcome"));
      }
    }
  }

  private static boolean allows(Plan test, Plan literal) throws NotExact {
    return switch (test) {
      case Plan.Equal equal -> equal.right().equals(literal);
      case Plan.Any any -> {
        for (Plan part : any.parts()) {
          if (allows(part, literal)) {
            yield true;
          }
        }
        yield false;
      }
      default -> throw new NotExact("outputValues", "declared outcomes other than a list");
    };
  }

  private static boolean disjoint(List<List<Plan>> rows) {
    for (int i = 0; i < rows.size(); i++) {
      for (int j = i + 1; j < rows.size(); j++) {
        if (!disjoint(rows.get(i), rows.get(j))) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean disjoint(List<Plan> a, List<Plan> b) {
    for (Plan left : a) {
      Optional<Domain> domain = Domain.of(left);
      if (domain.isPresent()) {
        for (Plan right : b) {
          if (Domain.of(right).filter(domain.get()::excludes).isPresent()) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static String firstMatch(List<List<Plan>> rows) {
    StringBuilder sql = new StringBuilder("CASE");
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).isEmpty()) {
        return sql.append(i == 0 ? " WHEN TRUE THEN 1 END" : " ELSE " + (i + 1) + " END")
            .toString();
      }
      sql.append("\n  WHEN ").append(condition(rows.get(i))).append(" THEN ").append(i + 1);
    }
    return sql.append("\nEND").toString();
  }

  private static String onlyMatch(List<List<Plan>> rows) {
    String count =
        rows.stream()
            .map(row -> "CASE WHEN " + condition(row) + " THEN 1 ELSE 0 END")
            .collect(Collectors.joining(" + "));
    return "CASE WHEN " + count + " > 1 THEN -1 ELSE " + firstMatch(rows) + " END";
  }

  private static String condition(List<Plan> row) {
    return row.isEmpty()
        ? "TRUE"
        : row.stream().map(Sql::truth).collect(Collectors.joining(" AND "));
  }

  private Compilation refused(String decision, String construct, String why) {
    return new Compilation.NotCompilable(List.of(new Refusal(decision, construct, why)));
  }

  private void refuse(String decision, String construct, String why) {
    refusals.add(new Refusal(decision, construct, why));
  }
}
