package org.dandang.policy;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A text in every language of the product. */
public record Words(Map<String, String> byLanguage) {
  /** Language tags in the order in which they are shown. */
  public static final List<String> LANGUAGES = List.of("zh-CN", "zh-Hant", "en");

  public Words {
    byLanguage = Map.copyOf(byLanguage);
  }

  /** The text in that language, or in the first that has it. */
  public String in(String language) {
    String exact = byLanguage.get(language);
    if (exact != null) {
      return exact;
    }
    return LANGUAGES.stream()
        .filter(byLanguage::containsKey)
        .map(byLanguage::get)
        .findFirst()
        .orElse("");
  }

  public String in(Locale language) {
    return in(tag(language));
  }

  /**
   * The product's tag of a language: zh-Hant for every traditional one, zh-CN for other Chinese.
   */
  public static String tag(Locale language) {
    if (!language.getLanguage().equals("zh")) {
      return "en";
    }
    return language.getScript().equals("Hant")
            || List.of("TW", "HK", "MO").contains(language.getCountry())
        ? "zh-Hant"
        : "zh-CN";
  }
}
