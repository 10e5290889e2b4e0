package org.dandang.engine;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A decision ready to be emitted. Decisions it requires come earlier and are read as columns.
 *
 * @param name the decision
 * @param position its place in the chain, from which its columns are named
 * @param failure true where the decision fails before its logic is gone through; never null
 */
record DecisionPlan(String name, int position, Plan failure, Logic logic) {

  /** How the outcome is found. */
  sealed interface Logic {
    /** Output columns, one or, for a table with several outputs, more. */
    List<OutputPlan> outputs();
  }

  /** A named output and its type; the name is empty where the outcome is a single value. */
  record OutputPlan(String name, PlanType type) {}

  /** A literal expression. */
  record ExpressionLogic(Plan value, Plan failure) implements Logic {
    @Override
    public List<OutputPlan> outputs() {
      return List.of(new OutputPlan("", value.type()));
    }
  }

  /** A table in which one row decides: the first that matches in the order of {@code choices}. */
  record ChoosingLogic(
      List<RowPlan> choices, List<Plan> none, boolean noneFails, List<OutputPlan> outputs)
      implements Logic {}

  /**
   * A table in which all matching rows decide, in the order of {@code rows}; it has one output.
   *
   * @param none the outcome without a match, null where that is an empty list
   */
  record CollectingLogic(
      List<RowPlan> rows, Gathering gathering, @Nullable Plan none, List<OutputPlan> outputs)
      implements Logic {}

  /** What is made of the values of all matching rows. */
  enum Gathering {
    LIST,
    SUM,
    COUNT,
    LEAST,
    GREATEST
  }

  /**
   * A row.
   *
   * @param index counted from 1
   * @param condition whether it matches; never null
   * @param conflicts rows that make the table fail when they match as well
   * @param rejected whether the row's outcome is itself an error; never null
   */
  record RowPlan(
      int index,
      String rule,
      Plan condition,
      Set<Integer> conflicts,
      List<Plan> outputs,
      Plan rejected) {
    RowPlan shown() {
      return new RowPlan(
          index,
          rule,
          condition,
          conflicts,
          outputs.stream().map(DecisionPlan::shown).toList(),
          rejected);
    }
  }

  /** The same with times and durations written out, as they are shown. */
  DecisionPlan shown() {
    Logic written =
        switch (logic) {
          case ExpressionLogic e -> new ExpressionLogic(shown(e.value()), e.failure());
          case ChoosingLogic c ->
              new ChoosingLogic(
                  c.choices().stream().map(RowPlan::shown).toList(),
                  c.none().stream().map(DecisionPlan::shown).toList(),
                  c.noneFails(),
                  c.outputs().stream()
                      .map(o -> o.type().isTemporal() ? new OutputPlan(o.name(), PlanType.TEXT) : o)
                      .toList());
          case CollectingLogic c -> {
            for (RowPlan row : c.rows()) {
              if (row.outputs().stream().anyMatch(o -> o.type().isTemporal())) {
                throw new RefusedException("list", "of times or durations");
              }
            }
            yield c;
          }
        };
    return new DecisionPlan(name, position, failure, written);
  }

  private static Plan shown(Plan value) {
    if (!value.type().isTemporal()) {
      return value;
    }
    if (value.type() instanceof PlanType.Days days && days.seconds().scale() != 0) {
      throw new RefusedException("duration", "with parts of a second as an outcome");
    }
    return new Plan.Call(Plan.Function.SHOWN, List.of(value), PlanType.TEXT);
  }

  String rowColumn() {
    return "__d" + position + "_row";
  }

  String failedColumn() {
    return "__d" + position + "_failed";
  }

  String matchColumn(int row) {
    return "__d" + position + "_m" + row;
  }

  String outputColumn(int output) {
    return "__d" + position + "_o" + output;
  }
}
