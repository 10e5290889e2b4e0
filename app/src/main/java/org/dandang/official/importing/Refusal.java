package org.dandang.official.importing;

import java.util.ArrayList;
import java.util.List;

/**
 * Why a row was not taken.
 *
 * @param reason last part of the message key {@code importing.reason.*}
 * @param field path of the field the reason speaks of, or "key"; empty for the row as a whole
 * @param detail what the message names besides: the value, the line of an earlier row
 */
record Refusal(String reason, String field, String detail) {
  private static final char WITHIN = '\u001f';
  private static final char BETWEEN = '\u001e';
  private static final int LONGEST = 120;

  static String written(List<Refusal> refusals) {
    StringBuilder all = new StringBuilder();
    for (Refusal each : refusals) {
      if (!all.isEmpty()) {
        all.append(BETWEEN);
      }
      all.append(each.reason).append(WITHIN).append(each.field).append(WITHIN);
      int length = Math.min(each.detail.length(), LONGEST);
      for (int i = 0; i < length; i++) {
        char c = each.detail.charAt(i);
        all.append(c < ' ' ? ' ' : c);
      }
    }
    return all.toString();
  }

  static List<Refusal> read(String written) {
    List<Refusal> refusals = new ArrayList<>();
    int from = 0;
    while (from <= written.length()) {
      int to = written.indexOf(BETWEEN, from);
      String one = written.substring(from, to < 0 ? written.length() : to);
      int first = one.indexOf(WITHIN);
      int second = one.indexOf(WITHIN, first + 1);
      refusals.add(
          new Refusal(
              one.substring(0, first),
              one.substring(first + 1, second),
              one.substring(second + 1)));
      if (to < 0) {
        break;
      }
      from = to + 1;
    }
    return refusals;
  }
}
