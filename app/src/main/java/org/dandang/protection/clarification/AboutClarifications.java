package org.dandang.protection.clarification;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.dandang.protection.AboutOfficial;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Clarifications by which an official was cleared, or is to be. */
@Component
class AboutClarifications implements AboutOfficial {
  private final Clarifications clarifications;
  private final MessageSource messages;

  AboutClarifications(Clarifications clarifications, MessageSource messages) {
    this.clarifications = clarifications;
    this.messages = messages;
  }

  @Override
  public int order() {
    return 40;
  }

  @Override
  public String heading() {
    return "clarification.register";
  }

  @Override
  public List<Line> of(long official, Locale language) {
    return clarifications.about(official).stream()
        .map(
            one ->
                new Line(
                    Objects.requireNonNullElse(one.done(), one.consented()),
                    word("clarification.manner." + one.manner(), language),
                    word("clarification.state." + one.state(), language),
                    "/protection/clarification/" + one.id()))
        .toList();
  }

  private String word(String key, Locale language) {
    return Objects.requireNonNull(messages.getMessage(key, null, key, language));
  }
}
