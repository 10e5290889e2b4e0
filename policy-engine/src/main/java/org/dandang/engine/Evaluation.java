package org.dandang.engine;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One decision for one subject, explained.
 *
 * @param decision the decision asked
 * @param outcome what it came to
 * @param hits the tables gone through on the way, in the order they were
 * @param missing the inputs the decision depends on that had no value
 */
public record Evaluation(
    String decision, Outcome outcome, List<TableHits> hits, List<String> missing) {
  public Evaluation {
    hits = List.copyOf(hits);
    missing = List.copyOf(missing);
  }

  /** The outcome's value; null where the decision failed or came to nothing. */
  public @Nullable Object value() {
    return outcome instanceof Outcome.Value value ? value.value() : null;
  }

  /** Whether the decision could not be made. */
  public boolean failed() {
    return outcome instanceof Outcome.Failure;
  }

  /** Why the decision could not be made; empty where it was. */
  public List<String> problems() {
    return outcome instanceof Outcome.Failure failure ? failure.messages() : List.of();
  }

  /** The rows of the decision's own table that decided; empty where none did. */
  public List<Hit> decided() {
    return ownHits().map(TableHits::decided).orElse(List.of());
  }

  /** The hits of the decision's own table, if it is a table. */
  public Optional<TableHits> ownHits() {
    for (int i = hits.size() - 1; i >= 0; i--) {
      if (hits.get(i).table().equals(decision)) {
        return Optional.of(hits.get(i));
      }
    }
    return Optional.empty();
  }

  /**
   * The rows of a table that matched and those the hit policy let decide.
   *
   * @param table the table's name
   */
  public record TableHits(String table, List<Hit> matched, List<Hit> decided) {
    public TableHits {
      matched = List.copyOf(matched);
      decided = List.copyOf(decided);
    }
  }

  /**
   * A matched row.
   *
   * @param row index counted from 1
   * @param rule the rule's id
   */
  public record Hit(int row, String rule) {}
}
