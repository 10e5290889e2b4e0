package org.dandang.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dandang.engine.TableFinding.Kind;

/**
 * Finds the gaps and overlaps of a decision table, with their exact boundaries, and the rows that
 * never decide.
 */
public final class TableAnalysis {
  private static final int MOST_PIECES = 2_000;
  private static final int MOST_GAPS = 20;

  private final TableShape shape;
  private final List<TableFinding> findings = new ArrayList<>();

  private TableAnalysis(TableShape shape) {
    this.shape = shape;
  }

  /**
   * Looks at the table of a decision. What counts as neighbouring numbers follows from the columns'
   * types; with {@link InputTypes#of(DecisionModel)} numbers have two digits after the point.
   *
   * @return what was found; empty as well where the decision is not a table
   */
  public static List<TableFinding> of(DecisionModel model, String decision, InputTypes types) {
    Optional<TableShape> shape = new Compiler(model.kie(), types).shape(decision);
    return shape.map(s -> new TableAnalysis(s).findings()).orElse(List.of());
  }

  private List<TableFinding> findings() {
    if (shape.rows() > Compiler.MOST_TOLD_APART) {
      add(Kind.NOT_ANALYSED, List.of(), shape.table(), "has too many rows to compare them all");
      return findings;
    }
    boolean known = true;
    for (int r = 0; r < shape.rows(); r++) {
      for (int c = 0; c < shape.columns(); c++) {
        if (shape.set(r, c).isEmpty()) {
          known = false;
          add(
              Kind.NOT_ANALYSED,
              List.of(r),
              Cell.input(shape.table(), r, c),
              "is not a set of constants");
        }
      }
    }
    List<Optional<List<ValueSet>>> boxes = new ArrayList<>();
    for (int r = 0; r < shape.rows(); r++) {
      boxes.add(box(r));
    }
    impossible(boxes);
    overlaps(boxes);
    unreachable(boxes);
    if (known && !shape.complete() && !shape.policy().startsWith("COLLECT")) {
      gaps(boxes);
    }
    return List.copyOf(findings);
  }

  private void add(Kind kind, List<Integer> rows, String cell, String message) {
    findings.add(
        new TableFinding(
            kind, shape.table(), rows.stream().map(r -> r + 1).toList(), cell, message));
  }

  private List<ValueSet> everything() {
    List<ValueSet> domain = new ArrayList<>();
    for (int c = 0; c < shape.columns(); c++) {
      domain.add(shape.domain(c));
    }
    return domain;
  }

  private Optional<List<ValueSet>> box(int row) {
    List<ValueSet> box = new ArrayList<>();
    for (int c = 0; c < shape.columns(); c++) {
      Optional<ValueSet> set = shape.set(row, c);
      if (set.isEmpty()) {
        return Optional.empty();
      }
      box.add(set.get().and(shape.domain(c)));
    }
    return Optional.of(box);
  }

  private static boolean isEmpty(List<ValueSet> box) {
    return box.stream().anyMatch(ValueSet::isEmpty);
  }

  private void impossible(List<Optional<List<ValueSet>>> boxes) {
    for (int r = 0; r < boxes.size(); r++) {
      for (int c = 0; c < shape.columns(); c++) {
        Optional<ValueSet> set = shape.set(r, c);
        ValueSet domain = shape.domain(c);
        if (set.isEmpty()) {
          continue;
        }
        if (set.get().missing()
            && !domain.missing()
            && asksForMissing(shape.cells().get(r).get(c))) {
          add(
              Kind.IMPOSSIBLE,
              List.of(r),
              Cell.input(shape.table(), r, c),
              "asks for a missing value, but null is not among the allowed values of "
                  + shape.expression(c)
                  + ": the decision fails before it gets here");
        } else if (set.get().and(domain).isEmpty()) {
          add(
              Kind.IMPOSSIBLE,
              List.of(r),
              Cell.input(shape.table(), r, c),
              "never matches: " + shape.expression(c) + " can only be " + shape.domain(c).words());
        }
      }
    }
  }

  private static boolean asksForMissing(Plan cell) {
    return switch (cell) {
      case Plan.Missing m -> true;
      case Plan.AnyOf a -> a.parts().stream().anyMatch(TableAnalysis::asksForMissing);
      default -> false;
    };
  }

  private void overlaps(List<Optional<List<ValueSet>>> boxes) {
    if (!shape.policy().equals("UNIQUE") && !shape.policy().equals("ANY")) {
      return;
    }
    for (int a = 0; a < boxes.size(); a++) {
      for (int b = a + 1; b < boxes.size(); b++) {
        if (boxes.get(a).isEmpty()
            || boxes.get(b).isEmpty()
            || (shape.policy().equals("ANY") && shape.sameOutputs(a, b))) {
          continue;
        }
        List<ValueSet> both = and(boxes.get(a).get(), boxes.get(b).get());
        if (!isEmpty(both)) {
          add(
              Kind.OVERLAP,
              List.of(a, b),
              Cell.row(shape.table(), b),
              "rows " + (a + 1) + " and " + (b + 1) + " both match " + words(both));
        }
      }
    }
  }

  private void unreachable(List<Optional<List<ValueSet>>> boxes) {
    if (shape.policy().startsWith("COLLECT")
        || shape.policy().endsWith("ORDER")
        || shape.policy().equals("UNIQUE")) {
      return;
    }
    List<Integer> before = new ArrayList<>();
    for (int row : shape.order()) {
      if (boxes.get(row).isPresent() && !isEmpty(boxes.get(row).get())) {
        List<List<ValueSet>> left = List.of(boxes.get(row).get());
        for (int other : before) {
          if (boxes.get(other).isPresent()) {
            left = minus(left, boxes.get(other).get());
          }
        }
        if (left.isEmpty() && !(shape.policy().equals("ANY"))) {
          add(
              Kind.UNREACHABLE,
              List.of(row),
              Cell.row(shape.table(), row),
              "never decides: the rows that come first answer all it matches");
        }
      }
      before.add(row);
    }
  }

  private void gaps(List<Optional<List<ValueSet>>> boxes) {
    List<List<ValueSet>> left = List.of(everything());
    for (Optional<List<ValueSet>> box : boxes) {
      if (box.isPresent()) {
        left = minus(left, box.get());
      }
      if (left.size() > MOST_PIECES) {
        add(Kind.NOT_ANALYSED, List.of(), shape.table(), "has too many separate gaps to list");
        return;
      }
    }
    int told = 0;
    for (List<ValueSet> gap : left) {
      if (!isEmpty(gap)) {
        if (++told > MOST_GAPS) {
          add(Kind.GAP, List.of(), shape.table(), "and " + (left.size() - MOST_GAPS) + " more");
          return;
        }
        add(Kind.GAP, List.of(), place(gap), "no row for " + words(gap));
      }
    }
  }

  /** The one column a gap is about, or the table. */
  private String place(List<ValueSet> gap) {
    int column = -1;
    for (int c = 0; c < gap.size(); c++) {
      if (!gap.get(c).equals(shape.domain(c))) {
        if (column >= 0) {
          return shape.table();
        }
        column = c;
      }
    }
    return column < 0 ? shape.table() : Cell.inputExpression(shape.table(), column);
  }

  private String words(List<ValueSet> box) {
    List<String> words = new ArrayList<>();
    for (int c = 0; c < box.size(); c++) {
      if (!box.get(c).equals(shape.domain(c))) {
        words.add(shape.expression(c) + " " + box.get(c).words());
      }
    }
    return words.isEmpty() ? "anything" : String.join(", ", words);
  }

  private static List<ValueSet> and(List<ValueSet> left, List<ValueSet> right) {
    List<ValueSet> both = new ArrayList<>();
    for (int c = 0; c < left.size(); c++) {
      both.add(left.get(c).and(right.get(c)));
    }
    return both;
  }

  private static List<List<ValueSet>> minus(List<List<ValueSet>> boxes, List<ValueSet> taken) {
    List<List<ValueSet>> left = new ArrayList<>();
    for (List<ValueSet> box : boxes) {
      List<ValueSet> common = and(box, taken);
      if (isEmpty(common)) {
        left.add(box);
        continue;
      }
      for (int c = 0; c < box.size(); c++) {
        ValueSet rest = box.get(c).minus(taken.get(c));
        if (!rest.isEmpty()) {
          List<ValueSet> piece = new ArrayList<>(common.subList(0, c));
          piece.add(rest);
          piece.addAll(box.subList(c + 1, box.size()));
          left.add(piece);
        }
      }
      if (left.size() > MOST_PIECES) {
        return left;
      }
    }
    return left;
  }
}
