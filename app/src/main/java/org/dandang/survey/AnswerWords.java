package org.dandang.survey;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dandang.platform.web.Page;
import org.dandang.survey.instrument.Asked;
import org.dandang.survey.instrument.Question;
import org.jspecify.annotations.Nullable;

/** An answer as it was given, in the reader's words. */
public final class AnswerWords {
  private final Page page;
  private final Asked asked;

  AnswerWords(Page page, Asked asked) {
    this.page = page;
    this.asked = asked;
  }

  /** The answer in words; an en dash where there is none. */
  public String of(Asked.One one, @Nullable String answer) {
    if (answer == null || answer.isEmpty()) {
      return "–";
    }
    return switch (one.question().kind()) {
      case Question.Choice choice ->
          parts(answer, "\\|").map(id -> option(choice, id)).collect(Collectors.joining("、"));
      case Question.Scale scale -> answer;
      case Question.Motion motion -> page.word("survey.voice." + answer);
      case Question.Text text -> answer;
      case Question.Rank rank -> {
        List<String> texts = asked.list(rank.list());
        yield parts(answer, ">")
            .map(item -> texts.get(Integer.parseInt(item) - 1))
            .collect(Collectors.joining(" > "));
      }
      case Question.Recommend recommend -> {
        List<String> texts = recommend.list() == null ? List.of() : asked.list(recommend.list());
        yield parts(answer, "\\|")
            .map(
                name ->
                    name.startsWith("#")
                        ? texts.get(Integer.parseInt(name.substring(1)) - 1)
                        : name.substring(1))
            .collect(Collectors.joining("、"));
      }
    };
  }

  private static Stream<String> parts(String answer, String between) {
    return Arrays.stream(answer.split(between));
  }

  private String option(Question.Choice choice, String id) {
    return choice.options().stream()
        .filter(option -> option.id().equals(id))
        .map(option -> option.title().in(page.tag()))
        .findFirst()
        .orElse(id);
  }
}
