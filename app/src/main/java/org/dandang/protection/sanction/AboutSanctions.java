package org.dandang.protection.sanction;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.protection.AboutOfficial;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Measures taken against an official and until when they count. */
@Component
class AboutSanctions implements AboutOfficial {
  private final Sanctions sanctions;
  private final PackWords words;
  private final OfficeCalendar office;
  private final MessageSource messages;

  AboutSanctions(
      Sanctions sanctions, PackWords words, OfficeCalendar office, MessageSource messages) {
    this.sanctions = sanctions;
    this.words = words;
    this.office = office;
    this.messages = messages;
  }

  @Override
  public int order() {
    return 50;
  }

  @Override
  public String heading() {
    return "sanction.title";
  }

  @Override
  public List<Line> of(long official, Locale language) {
    PackWords.Said said = words.in(language.toLanguageTag());
    return sanctions.of(official, office.today()).stream()
        .map(
            one ->
                new Line(
                    one.decidedOn(),
                    said.of(one.pack(), "measure", one.measure())
                        + (one.number() == null ? "" : " · " + one.number())
                        + (one.until() == null
                            ? ""
                            : " · " + word("sanction.until", language) + " " + one.until()),
                    word("sanction.state." + one.state().word(), language),
                    "/protection/sanctions/" + one.id()))
        .toList();
  }

  private String word(String key, Locale language) {
    return Objects.requireNonNull(messages.getMessage(key, null, key, language));
  }
}
