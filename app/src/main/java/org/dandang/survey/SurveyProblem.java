package org.dandang.survey;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.dandang.platform.jobs.Told;

/** A vote cannot be prepared, held or counted as asked; the words say what to do. */
public final class SurveyProblem extends RuntimeException implements Told {
  private static final long serialVersionUID = 1L;

  private final String key;
  private final transient List<Object> values;

  SurveyProblem(String key, Object... values) {
    super(key + " " + List.of(values));
    this.key = key;
    this.values = List.of(values);
  }

  /** Ends the message key {@code survey.problem.}. */
  String key() {
    return key;
  }

  @Override
  public String text(Locale language) {
    ResourceBundle words = ResourceBundle.getBundle("messages/survey", language);
    return new MessageFormat(words.getString("survey.problem." + key), language)
        .format(values.stream().map(String::valueOf).toArray());
  }
}
