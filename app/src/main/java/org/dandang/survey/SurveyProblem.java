package org.dandang.survey;

import org.dandang.platform.web.Refused;

/** A vote cannot be prepared, held or counted as asked; the words say what to do. */
public final class SurveyProblem extends Refused {
  private static final long serialVersionUID = 1L;

  /**
   * @param key last part of the message key {@code survey.problem.*}
   * @param values what the message names, in its order
   */
  SurveyProblem(String key, Object... values) {
    super("survey", "survey.problem." + key, values);
  }
}
