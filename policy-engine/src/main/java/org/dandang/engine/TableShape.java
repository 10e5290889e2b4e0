package org.dandang.engine;

import java.util.List;
import java.util.Optional;

/**
 * The tests of a table, row by row, over what its columns ask about.
 *
 * @param subjects one for each input column
 * @param cells by row, then column; each is true or false, never null
 */
record TableShape(String table, String policy, List<Plan> subjects, List<List<Plan>> cells) {

  /** Whether no values at all can make both rows match. Says no where it is not sure. */
  boolean disjoint(int left, int right) {
    for (int i = 0; i < subjects.size(); i++) {
      Optional<ValueSet> l = ValueSet.of(cells.get(left).get(i), subjects.get(i));
      Optional<ValueSet> r = ValueSet.of(cells.get(right).get(i), subjects.get(i));
      if (l.isPresent() && r.isPresent() && l.get().and(r.get()).isEmpty()) {
        return true;
      }
    }
    return false;
  }
}
