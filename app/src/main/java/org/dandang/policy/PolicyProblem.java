package org.dandang.policy;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.dandang.platform.jobs.Told;

/** A policy cannot be run as asked; the words say what to do. */
public final class PolicyProblem extends RuntimeException implements Told {
  private static final long serialVersionUID = 1L;

  private final String key;
  private final transient List<Object> values;

  public PolicyProblem(String key, Object... values) {
    super(key + " " + List.of(values));
    this.key = key;
    this.values = List.of(values);
  }

  @Override
  public String text(Locale language) {
    ResourceBundle words = ResourceBundle.getBundle("messages/policy", language);
    return new MessageFormat(words.getString("problem." + key), language)
        .format(values.stream().map(String::valueOf).toArray());
  }
}
