package org.dandang.survey;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dandang.platform.web.Page;
import tools.jackson.databind.ObjectMapper;

/** The words the ballot's script says, in the reader's language. */
final class VoteWords {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> SAID =
      List.of(
          "no-crypto",
          "no-storage",
          "lost",
          "collecting",
          "collected",
          "sending",
          "cut",
          "done",
          "again",
          "kept",
          "wrong-key");
  private static final List<String> REFUSED =
      List.of("not-open", "not-readable", "forged", "closed", "used", "answer");
  private static final List<String> ANSWERS =
      List.of(
          "required",
          "unknown",
          "too-many",
          "too-few",
          "place",
          "place-twice",
          "place-left-out",
          "not-free",
          "name-long",
          "text-long",
          "no-question");

  private final Page page;

  VoteWords(Page page) {
    this.page = page;
  }

  /** As JSON that may stand within a page; {@code {0}} and so on are filled in by the script. */
  String json() {
    Map<String, String> words = new LinkedHashMap<>();
    SAID.forEach(key -> words.put(key, page.word("survey.vote." + key)));
    REFUSED.forEach(key -> words.put("cast." + key, page.word("survey.cast." + key)));
    ANSWERS.forEach(
        key -> words.put("answer." + key, page.word("survey.answer." + key, "{0}", "{1}")));
    return JSON.writeValueAsString(words).replace("<", "\\u003c").replace("&", "\\u0026");
  }
}
