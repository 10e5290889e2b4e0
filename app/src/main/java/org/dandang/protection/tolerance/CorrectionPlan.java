package org.dandang.protection.tolerance;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A correction that goes with a determination of tolerance.
 *
 * @param person who it is about, as pages name them
 * @param due last day of its last item
 * @param completed day on which the last item was verified; null before
 */
public record CorrectionPlan(
    long id,
    long matter,
    String person,
    long official,
    long unit,
    String unitName,
    String aim,
    LocalDate issued,
    LocalDate due,
    @Nullable LocalDate completed,
    List<Item> items) {
  public CorrectionPlan {
    items = List.copyOf(items);
  }

  /** How many items another person has verified. */
  public long verified() {
    return items.stream().filter(item -> item.state().equals("verified")).count();
  }

  public boolean isOverdue(LocalDate today) {
    return items.stream().anyMatch(item -> item.isOverdue(today));
  }

  /**
   * Something to be corrected.
   *
   * @param state {@code open}, {@code reported}, {@code verified}
   * @param responsible who is responsible for it, as pages name them
   */
  public record Item(
      long id,
      long plan,
      int place,
      String text,
      long official,
      String responsible,
      LocalDate until,
      String state,
      List<Act> acts) {
    public Item {
      acts = List.copyOf(acts);
    }

    public boolean isOverdue(LocalDate today) {
      return !state.equals("verified") && today.isAfter(until);
    }
  }

  /** What was done with an item: {@code reported}, {@code returned}, {@code verified}. */
  public record Act(String act, String by, LocalDate on, String words) {}
}
