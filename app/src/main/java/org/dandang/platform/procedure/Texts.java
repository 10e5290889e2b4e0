package org.dandang.platform.procedure;

import java.util.Map;
import java.util.TreeMap;

/**
 * The words of a procedure, in the languages of the product.
 *
 * @param byLanguage by language tag ({@code zh-CN}, {@code zh-Hant}, {@code en}), then by key
 */
public record Texts(Map<String, Map<String, String>> byLanguage) {
  /** Language used where another lacks a word. */
  private static final String FIRST = "zh-CN";

  public Texts {
    Map<String, Map<String, String>> sorted = new TreeMap<>();
    byLanguage.forEach((language, words) -> sorted.put(language, new TreeMap<>(words)));
    byLanguage = sorted;
  }

  /** A word; the key itself where there is none. */
  public String in(String language, String key) {
    String word = byLanguage.getOrDefault(language, Map.of()).get(key);
    if (word == null) {
      word = byLanguage.getOrDefault(FIRST, Map.of()).get(key);
    }
    return word == null ? key : word;
  }

  public boolean has(String language, String key) {
    return !byLanguage.getOrDefault(language, Map.of()).getOrDefault(key, "").isBlank();
  }
}
