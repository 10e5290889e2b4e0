package org.dandang.platform.web;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.support.ResourceBundleMessageSource;

/**
 * The words of the pages. A page has hundreds of them and they stand in dozens of files: each is
 * looked for once in a language.
 */
final class Words extends ResourceBundleMessageSource {
  private final Map<Locale, Map<String, String>> plain = new ConcurrentHashMap<>();
  private final Map<Locale, Map<String, MessageFormat>> formats = new ConcurrentHashMap<>();

  Words(String... files) {
    setBasenames(files);
    setDefaultEncoding("UTF-8");
    setFallbackToSystemLocale(false);
  }

  @Override
  protected @Nullable String resolveCodeWithoutArguments(String code, Locale language) {
    Map<String, String> known = plain.computeIfAbsent(language, l -> new ConcurrentHashMap<>());
    String word = known.get(code);
    if (word == null) {
      word = super.resolveCodeWithoutArguments(code, language);
      if (word != null) {
        known.put(code, word);
      }
    }
    return word;
  }

  @Override
  protected @Nullable MessageFormat resolveCode(String code, Locale language) {
    Map<String, MessageFormat> known =
        formats.computeIfAbsent(language, l -> new ConcurrentHashMap<>());
    MessageFormat format = known.get(code);
    if (format == null) {
      format = super.resolveCode(code, language);
      if (format != null) {
        known.put(code, format);
      }
    }
    return format;
  }
}
