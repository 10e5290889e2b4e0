package org.dandang.organisation;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.dandang.platform.jobs.Told;

/** A change of the organisation that is refused; nothing of it was recorded. */
public final class OrganisationProblem extends RuntimeException implements Told {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final transient List<Object> values;

  /**
   * @param reason last part of the message key {@code reorganisation.problem.*}
   * @param values what the message names, in its order
   */
  public OrganisationProblem(String reason, Object... values) {
    super(reason + " " + List.of(values));
    this.reason = reason;
    this.values = List.of(values);
  }

  public String reason() {
    return reason;
  }

  @Override
  public String text(Locale language) {
    ResourceBundle words = ResourceBundle.getBundle("messages/organisation", language);
    return new MessageFormat(words.getString("reorganisation.problem." + reason), language)
        .format(values.stream().map(String::valueOf).toArray());
  }
}
