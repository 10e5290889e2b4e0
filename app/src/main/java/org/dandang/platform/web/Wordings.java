package org.dandang.platform.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Makes wordings out of messages, and texts of a database column out of wordings. */
@Component
public class Wordings {
  private final MessageSource messages;
  private final JsonMapper json;

  Wordings(MessageSource messages, JsonMapper json) {
    this.messages = messages;
    this.json = json;
  }

  /**
   * A message in every language.
   *
   * @param values what it names; a wording among them is put in in each language
   */
  public Wording of(String key, Object... values) {
    Map<String, String> texts = new HashMap<>();
    for (Page.Choice choice : Page.LANGUAGES) {
      Locale language = Locale.forLanguageTag(choice.tag());
      Object[] said = values.clone();
      for (int i = 0; i < said.length; i++) {
        if (said[i] instanceof Wording wording) {
          said[i] = wording.in(language);
        }
      }
      texts.put(choice.tag(), messages.getMessage(key, said, language));
    }
    return new Wording(texts);
  }

  /** A message in one language and then in each: how a column of a file may be headed. */
  public List<String> inEach(String key, Locale first) {
    List<String> texts = new ArrayList<>();
    texts.add(messages.getMessage(key, null, first));
    for (Page.Choice choice : Page.LANGUAGES) {
      texts.add(messages.getMessage(key, null, Locale.forLanguageTag(choice.tag())));
    }
    return texts;
  }

  /** What a refusal says, in every language. */
  public Wording of(Refused refused) {
    Map<String, String> texts = new HashMap<>();
    for (Page.Choice choice : Page.LANGUAGES) {
      texts.put(choice.tag(), refused.text(Locale.forLanguageTag(choice.tag())));
    }
    return new Wording(texts);
  }

  /** As stored. */
  public String stored(Wording wording) {
    return json.writeValueAsString(wording.texts());
  }

  /** As read from a column. */
  public Wording read(String stored) {
    return new Wording(json.readValue(stored, new TypeReference<Map<String, String>>() {}));
  }
}
