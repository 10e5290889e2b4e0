package org.dandang.policy.pack;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/**
 * Something a check found.
 *
 * @param file path within the packs folder
 * @param line 1-based; 0 where a line means nothing
 * @param where key, cell or rule the finding is about; may be empty
 * @param key message key under {@code finding.} in the policy words
 */
public record Finding(
    Severity severity, String file, int line, String where, String key, List<Object> values) {
  /** An error keeps the pack from being used; a warning is shown. */
  public enum Severity {
    ERROR,
    WARNING
  }

  public Finding {
    values = List.copyOf(values);
  }

  public static Finding error(String file, int line, String where, String key, Object... values) {
    return new Finding(Severity.ERROR, file, line, where, key, List.of(values));
  }

  public static Finding warning(String file, int line, String where, String key, Object... values) {
    return new Finding(Severity.WARNING, file, line, where, key, List.of(values));
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** One line: file, place and what to do, in the reader's language. */
  public String text(Locale language) {
    ResourceBundle words = ResourceBundle.getBundle("messages/policy", language);
    String place = line > 0 ? file + ":" + line : file;
    String cell = where.isEmpty() ? "" : " [" + where + "]";
    String message;
    try {
      message =
          new MessageFormat(words.getString("finding." + key), language).format(values.toArray());
    } catch (MissingResourceException e) {
      message = key + " " + values;
    }
    return place
        + cell
        + " "
        + words.getString("finding.severity." + severity.name().toLowerCase(Locale.ROOT))
        + " "
        + message;
  }
}
