package org.dandang.protection.closed;

/**
 * Why a row was not taken.
 *
 * @param reason last part of the message key {@code closed.reason.*}
 * @param field the column in question; empty for the row as a whole
 * @param value what the message names
 */
record Refusal(String reason, String field, String value) {
  /** Parts them where the database keeps a refusal as one text. */
  static final char BETWEEN = '\u001f';

  private static final int LONGEST = 120;

  String written() {
    String shown = value.length() > LONGEST ? value.substring(0, LONGEST) : value;
    return reason + BETWEEN + field + BETWEEN + shown.replace(BETWEEN, ' ');
  }

  static Refusal read(String written) {
    String[] parts = written.split(String.valueOf(BETWEEN), -1);
    return new Refusal(
        parts[0], parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2] : "");
  }
}
