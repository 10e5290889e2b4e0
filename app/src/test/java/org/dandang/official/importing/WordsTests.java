package org.dandang.official.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WordsTests {
  @Test
  void allLanguagesHaveTheSameWordsAndNameTheSameDetails() throws IOException {
    assertThat(details("zh_Hant")).isEqualTo(details("zh_CN"));
    assertThat(details("en")).isEqualTo(details("zh_CN"));
  }

  private static TreeMap<String, String> details(String language) throws IOException {
    Properties words = new Properties();
    try (Reader reader =
        new InputStreamReader(
            WordsTests.class.getResourceAsStream("/messages/importing_" + language + ".properties"),
            StandardCharsets.UTF_8)) {
      words.load(reader);
    }
    TreeMap<String, String> details = new TreeMap<>();
    for (String key : words.stringPropertyNames()) {
      String word = words.getProperty(key);
      assertThat(word).isNotBlank();
      details.put(
          key,
          java.util.stream.IntStream.range(0, 6)
              .filter(
                  i ->
                      !MessageFormat.format(word, sample(i))
                          .equals(MessageFormat.format(word, sample(-1))))
              .mapToObj(Integer::toString)
              .collect(Collectors.joining(",")));
    }
    return details;
  }

  private static Object[] sample(int marked) {
    return java.util.stream.IntStream.range(0, 6)
        .mapToObj(i -> i == marked ? "marked" : "plain")
        .toArray();
  }
}
