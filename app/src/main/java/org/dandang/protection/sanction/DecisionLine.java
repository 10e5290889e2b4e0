package org.dandang.protection.sanction;

import java.util.List;
import java.util.Map;

/**
 * A decision as somebody wrote it down, not looked at yet.
 *
 * @param number of the line it stands on, from 1
 * @param cells by column; blank ones may be missing
 */
record DecisionLine(int number, Map<String, String> cells) {
  /** In the order of the template. */
  static final List<String> COLUMNS =
      List.of(
          "official",
          "measure",
          "decided-on",
          "number",
          "authority",
          "cause",
          "nature",
          "motive",
          "gravity");

  /** Columns that every decision fills. */
  static final List<String> NEEDED = COLUMNS.subList(0, 4);

  /** Columns whose words a pack lists. */
  static final List<String> LISTED = List.of("measure", "nature", "motive", "gravity");
}
