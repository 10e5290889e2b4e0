package org.dandang.official;

import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;

/** An office's own template of a form that cannot be used; nothing was written. */
public final class TemplateProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final transient List<String> details;

  /**
   * @param reason last part of the message key {@code forms.template.*}
   * @param details what the message names: the file first
   */
  public TemplateProblem(String reason, String... details) {
    super(reason + " " + List.of(details));
    this.reason = reason;
    this.details = List.of(details);
  }

  public String reason() {
    return reason;
  }

  /** One sentence that names the file and what in it, and says what to do. */
  public String in(Locale language, MessageSource messages) {
    return messages.getMessage("forms.template." + reason, details.toArray(), language);
  }
}
