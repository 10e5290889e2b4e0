package org.dandang.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tests of a table, row by row, over what its columns ask about, as sets of values where they
 * can be told exactly.
 */
final class TableShape {
  /** A cell that was not understood. */
  static final Plan UNKNOWN = new Plan.Constant(null, PlanType.TRUTH);

  private final String table;
  private final String policy;
  private final List<String> expressions;
  private final List<Plan> subjects;
  private final List<Plan> domains;
  private final List<List<Plan>> cells;
  private final List<List<Optional<ValueSet>>> sets = new ArrayList<>();
  private final boolean complete;
  private List<List<Plan>> outputs = List.of();
  private List<Integer> rank = List.of();

  /**
   * @param domains for each column, the values it can be asked about
   * @param cells by row, then column; each is true or false, never null
   * @param complete whether the table has a default outcome
   */
  TableShape(
      String table,
      String policy,
      List<String> expressions,
      List<Plan> subjects,
      List<Plan> domains,
      List<List<Plan>> cells,
      boolean complete) {
    this.table = table;
    this.policy = policy;
    this.expressions = expressions;
    this.subjects = subjects;
    this.domains = domains;
    this.cells = cells;
    this.complete = complete;
    for (List<Plan> row : cells) {
      List<Optional<ValueSet>> of = new ArrayList<>();
      for (int i = 0; i < subjects.size(); i++) {
        of.add(row.get(i) == UNKNOWN ? Optional.empty() : ValueSet.of(row.get(i), subjects.get(i)));
      }
      sets.add(of);
    }
  }

  void know(List<List<Plan>> rowOutputs, List<Integer> rowRank) {
    outputs = rowOutputs;
    rank = rowRank;
  }

  String table() {
    return table;
  }

  String policy() {
    return policy;
  }

  boolean complete() {
    return complete;
  }

  int rows() {
    return cells.size();
  }

  int columns() {
    return subjects.size();
  }

  String expression(int column) {
    return expressions.get(column);
  }

  List<Plan> subjects() {
    return subjects;
  }

  List<List<Plan>> cells() {
    return cells;
  }

  Plan domainTest(int column) {
    return domains.get(column);
  }

  Optional<ValueSet> set(int row, int column) {
    return sets.get(row).get(column);
  }

  /** The values a column can be asked about, the missing one only where it is allowed. */
  ValueSet domain(int column) {
    Plan subject = subjects.get(column);
    ValueSet all = ValueSet.all(subject);
    ValueSet allowed = ValueSet.of(domains.get(column), subject).map(all::and).orElse(all);
    return subject.nullable() ? allowed : new ValueSet(false, allowed.body());
  }

  /** The rows' indexes (from 0) in the order in which they get to decide. */
  List<Integer> order() {
    if (policy.equals("PRIORITY") && rank.size() == rows()) {
      return rank;
    }
    List<Integer> order = new ArrayList<>();
    for (int r = 0; r < rows(); r++) {
      order.add(r);
    }
    return order;
  }

  boolean sameOutputs(int left, int right) {
    return !outputs.isEmpty() && outputs.get(left).equals(outputs.get(right));
  }

  /** Whether no values at all can make both rows match. Says no where it is not sure. */
  boolean disjoint(int left, int right) {
    for (int i = 0; i < subjects.size(); i++) {
      Optional<ValueSet> l = set(left, i);
      Optional<ValueSet> r = set(right, i);
      if (l.isPresent() && r.isPresent() && l.get().and(r.get()).isEmpty()) {
        return true;
      }
    }
    return false;
  }
}
