package org.dandang.official;

import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;

/** A file or mapping that cannot be taken as a whole; nothing was stored. */
public final class ImportProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final transient List<Object> details;

  /**
   * @param reason last part of the message key {@code importing.problem.*}
   * @param details what the message names, in its order: file, line, column, values
   */
  public ImportProblem(String reason, Object... details) {
    super(reason + " " + List.of(details));
    this.reason = reason;
    this.details = List.of(details);
  }

  public String reason() {
    return reason;
  }

  /** One sentence that names file, line and column and says what to do. */
  public String in(Locale language, MessageSource messages) {
    Object[] words = details.stream().map(String::valueOf).toArray();
    return messages.getMessage("importing.problem." + reason, words, language);
  }
}
