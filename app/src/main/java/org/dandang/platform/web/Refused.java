package org.dandang.platform.web;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.dandang.platform.jobs.Told;

/**
 * What somebody asked for is refused and nothing of it was recorded. It says so in the reader's
 * words, with what to do.
 */
public class Refused extends RuntimeException implements Told {
  private static final long serialVersionUID = 1L;

  private final String family;
  private final String key;
  private final transient List<Object> values;

  /**
   * @param family message file the words stand in: {@code deadline}
   * @param key whole key of the message
   * @param values what the message names, in its order; a wording is said in the reader's language
   */
  public Refused(String family, String key, Object... values) {
    super(key + " " + List.of(values));
    this.family = family;
    this.key = key;
    this.values = List.of(values);
  }

  /** Key of the message, for those who decide by the reason. */
  public String key() {
    return key;
  }

  @Override
  public String text(Locale language) {
    ResourceBundle words = ResourceBundle.getBundle("messages/" + family, language);
    return new MessageFormat(words.getString(key), language)
        .format(
            values.stream()
                .map(
                    value ->
                        value instanceof Wording wording
                            ? wording.in(language)
                            : String.valueOf(value))
                .toArray());
  }
}
