package org.dandang.official.register;

import java.text.Normalizer;
import java.util.Locale;

/** How cells are cleaned before they are compared or stored. */
public final class Values {
  private Values() {}

  /** Without blanks around, the wide space and the byte order mark among them. */
  public static String trimmed(String cell) {
    int from = 0;
    int to = cell.length();
    while (from < to && blank(cell.charAt(from))) {
      from++;
    }
    while (to > from && blank(cell.charAt(to - 1))) {
      to--;
    }
    return from == 0 && to == cell.length() ? cell : cell.substring(from, to);
  }

  private static boolean blank(char c) {
    return c <= ' ' || c == '\u3000' || c == '\u00a0' || c == '\ufeff' || c == '\u200b';
  }

  /** A word of a value list: its width and case do not matter. */
  public static String folded(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) >= 128) {
        return Normalizer.normalize(word, Normalizer.Form.NFKC).trim().toLowerCase(Locale.ROOT);
      }
    }
    return word.trim().toLowerCase(Locale.ROOT);
  }

  /** A column's name: blanks, width, case, _ and * do not matter. */
  public static String header(String name) {
    StringBuilder kept = new StringBuilder();
    String folded = Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    for (int i = 0; i < folded.length(); i++) {
      char c = folded.charAt(i);
      if (!blank(c) && c != '_' && c != '-' && c != '*' && c != ':') {
        kept.append(c);
      }
    }
    return kept.toString();
  }

  /** A name padded with blanks to align with longer ones is that name. */
  public static String personName(String name) {
    boolean gap = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (blank(c)) {
        gap = true;
      } else if (!Character.isIdeographic(c)) {
        return name;
      }
    }
    if (!gap) {
      return name;
    }
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      if (!blank(name.charAt(i))) {
        joined.append(name.charAt(i));
      }
    }
    return joined.toString();
  }

  /** "16.0" is "16"; anything else stays. */
  public static String whole(String number) {
    int dot = number.indexOf('.');
    if (dot <= 0) {
      return number;
    }
    for (int i = 0; i < number.length(); i++) {
      char c = number.charAt(i);
      if (i != dot && (c < '0' || c > '9' || i > dot && c != '0')) {
        return number;
      }
    }
    return number.substring(0, dot);
  }
}
