package org.dandang.platform.web;

import java.util.Locale;
import java.util.Map;

/**
 * What is said in each language of the pages, kept with the record it belongs to: it goes on saying
 * what it said when the message files change.
 *
 * @param texts by language tag
 */
public record Wording(Map<String, String> texts) {
  public Wording {
    texts = Map.copyOf(texts);
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("nothing is said");
    }
  }

  /** The same in every language: words somebody wrote. */
  public static Wording plain(String text) {
    return new Wording(Map.of("zh-CN", text, "zh-Hant", text, "en", text));
  }

  /** In a language, or the first there is. */
  public String in(Locale language) {
    String own = texts.get(language.toLanguageTag());
    return own != null ? own : texts.getOrDefault("zh-CN", texts.values().iterator().next());
  }
}
