package org.dandang.protection.tolerance;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.dandang.platform.procedure.Entered;
import org.dandang.platform.procedure.Figure;
import org.dandang.platform.web.Refused;

/**
 * Something to be corrected, as the plan's form says it.
 *
 * @param place 1 for the first
 * @param official who is responsible for it
 * @param until last day
 */
record PlannedItem(int place, String text, long official, LocalDate until) {
  private static final int MOST = 30;
  private static final String LONGEST = "correction-most-days";

  /**
   * The items of a signed plan.
   *
   * @throws Refused when there is none, one is filled in by half, or one goes on for too long
   */
  static List<PlannedItem> of(Entered entered) {
    List<PlannedItem> items = new ArrayList<>();
    for (int place = 1; place <= MOST; place++) {
      String field = "item-" + place;
      String text = entered.answer(field).orElse("");
      String until = entered.answer(field + "-until").orElse("");
      Long official = entered.onRecord(field + "-by").orElse(null);
      if (text.isEmpty() && until.isEmpty() && official == null) {
        continue;
      }
      if (text.isEmpty() || until.isEmpty() || official == null) {
        throw ToleranceRegister.refused("half-an-item", place);
      }
      items.add(new PlannedItem(place, text, official, until(entered, place, until)));
    }
    if (items.isEmpty()) {
      throw ToleranceRegister.refused("no-plan");
    }
    return items;
  }

  private static LocalDate until(Entered entered, int place, String text) {
    LocalDate until = LocalDate.parse(text);
    if (until.isBefore(entered.on())) {
      throw ToleranceRegister.refused("item-over", place, until);
    }
    Figure most = entered.figure(LONGEST).orElse(null);
    if (most != null && until.isAfter(entered.on().plusDays(most.value().longValueExact()))) {
      throw ToleranceRegister.refused(
          "item-too-long", place, most.value().toPlainString(), most.clause());
    }
    return until;
  }
}
