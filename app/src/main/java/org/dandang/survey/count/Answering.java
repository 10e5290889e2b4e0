package org.dandang.survey.count;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.dandang.survey.instrument.Asked;
import org.dandang.survey.instrument.Question;

/**
 * From the fields of a form to the answers of a ballot, one text a question.
 *
 * <p>The fields of a question are named {@code a.KEY}; ranks {@code a.KEY.rank.ITEM}, written names
 * {@code a.KEY.free}. An answer is written {@code for}, {@code 4}, {@code option|option}, {@code
 * 2>1>3} for an order of items, {@code #2|=name} for people of a list and written ones. What was
 * left empty has no answer.
 */
public final class Answering {
  /** Characters of a written name. */
  static final int LONGEST_NAME = 40;

  /** Names somebody may write as one answer, however many the instrument allows. */
  static final int MOST_NAMES = 50;

  private final Asked asked;

  public Answering(Asked asked) {
    this.asked = asked;
  }

  /**
   * The answers in the fields of a form, by the keys of the questions; those without are left out.
   *
   * @throws AnswerRefused at the first answer that is not one
   */
  public Map<String, String> read(Map<String, List<String>> fields) {
    return read(fields, true);
  }

  /** As {@link #read}, of a sheet of paper: nobody can be sent back to what is left empty. */
  public Map<String, String> readLoosely(Map<String, List<String>> fields) {
    return read(fields, false);
  }

  private Map<String, String> read(Map<String, List<String>> fields, boolean complete) {
    Map<String, String> answers = new LinkedHashMap<>();
    for (Asked.One one : asked.all()) {
      String answer = answer(one, fields);
      if (!answer.isEmpty()) {
        answers.put(one.key(), answer);
      } else if (complete && one.question().required()) {
        throw new AnswerRefused(one, "required");
      }
    }
    for (String field : fields.keySet()) {
      if (field.startsWith("a.") && asked.all().stream().noneMatch(one -> isOf(one, field))) {
        throw new AnswerRefused(field);
      }
    }
    return answers;
  }

  /** Bytes a ballot can have at most, its answers written as JSON. */
  public int longest() {
    int longest = 2;
    for (Asked.One one : asked.all()) {
      longest +=
          one.key().length()
              + 6
              + switch (one.question().kind()) {
                case Question.Choice choice ->
                    choice.options().stream().mapToInt(option -> option.id().length() + 1).sum();
                case Question.Scale scale -> 4;
                case Question.Rank rank -> 4 * asked.list(rank.list()).size();
                case Question.Recommend recommend ->
                    Math.min(recommend.most(), MOST_NAMES) * (3 * LONGEST_NAME + 2);
                case Question.Motion motion -> 8;
                case Question.Text text -> 3 * text.longest();
              };
    }
    return longest;
  }

  private static boolean isOf(Asked.One one, String field) {
    String own = "a." + one.key();
    return field.equals(own)
        || field.equals(own + ".free")
        || field.matches(java.util.regex.Pattern.quote(own) + "\\.rank\\.\\d{1,4}");
  }

  private String answer(Asked.One one, Map<String, List<String>> fields) {
    List<String> values =
        fields.getOrDefault("a." + one.key(), List.of()).stream()
            .map(String::strip)
            .filter(value -> !value.isEmpty())
            .toList();
    return switch (one.question().kind()) {
      case Question.Choice choice -> choice(one, choice, values);
      case Question.Scale scale -> scale(one, scale, values);
      case Question.Rank rank -> rank(one, rank, fields);
      case Question.Recommend recommend -> people(one, recommend, values, fields);
      case Question.Motion motion -> motion(one, values);
      case Question.Text text -> text(one, text, values);
    };
  }

  private static String choice(Asked.One one, Question.Choice choice, List<String> values) {
    List<String> known = choice.options().stream().map(Question.Option::id).toList();
    Set<String> chosen = new LinkedHashSet<>(values);
    if (!known.containsAll(chosen)) {
      throw new AnswerRefused(one, "unknown");
    }
    if (chosen.size() > choice.most()) {
      throw new AnswerRefused(one, "too-many", choice.most());
    }
    if (!chosen.isEmpty() && chosen.size() < choice.least()) {
      throw new AnswerRefused(one, "too-few", choice.least());
    }
    return String.join("|", known.stream().filter(chosen::contains).toList());
  }

  private static String scale(Asked.One one, Question.Scale scale, List<String> values) {
    if (values.isEmpty()) {
      return "";
    }
    String value = only(one, values);
    if (!value.matches("\\d{1,3}")
        || Integer.parseInt(value) < scale.from()
        || Integer.parseInt(value) > scale.to()) {
      throw new AnswerRefused(one, "unknown");
    }
    return Integer.toString(Integer.parseInt(value));
  }

  private String rank(Asked.One one, Question.Rank rank, Map<String, List<String>> fields) {
    Map<Integer, Integer> items = new TreeMap<>();
    int size = asked.list(rank.list()).size();
    int most = Math.min(rank.most(), size);
    for (int item = 1; item <= size; item++) {
      for (String value : fields.getOrDefault("a." + one.key() + ".rank." + item, List.of())) {
        if (value.isBlank()) {
          continue;
        }
        if (!value.strip().matches("\\d{1,3}")) {
          throw new AnswerRefused(one, "unknown");
        }
        int place = Integer.parseInt(value.strip());
        if (place < 1 || place > most) {
          throw new AnswerRefused(one, "place", most);
        }
        if (items.put(place, item) != null) {
          throw new AnswerRefused(one, "place-twice", place);
        }
      }
    }
    for (int place = 1; place <= items.size(); place++) {
      if (!items.containsKey(place)) {
        throw new AnswerRefused(one, "place-left-out", place);
      }
    }
    return String.join(">", items.values().stream().map(String::valueOf).toList());
  }

  private String people(
      Asked.One one,
      Question.Recommend recommend,
      List<String> values,
      Map<String, List<String>> fields) {
    Set<String> chosen = new LinkedHashSet<>();
    int size = recommend.list() == null ? 0 : asked.list(recommend.list()).size();
    for (String value : values) {
      if (!value.matches("#\\d{1,4}")
          || Integer.parseInt(value.substring(1)) < 1
          || Integer.parseInt(value.substring(1)) > size) {
        throw new AnswerRefused(one, "unknown");
      }
      chosen.add("#" + Integer.parseInt(value.substring(1)));
    }
    for (String written : fields.getOrDefault("a." + one.key() + ".free", List.of())) {
      for (String name : written.split("[\\n\\r、,，;；|]+")) {
        String clean = name.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        if (clean.isEmpty()) {
          continue;
        }
        if (!recommend.free()) {
          throw new AnswerRefused(one, "not-free");
        }
        if (clean.length() > LONGEST_NAME) {
          throw new AnswerRefused(one, "name-long", LONGEST_NAME);
        }
        chosen.add(onList(recommend, clean));
      }
    }
    if (chosen.size() > Math.min(recommend.most(), MOST_NAMES)) {
      throw new AnswerRefused(one, "too-many", Math.min(recommend.most(), MOST_NAMES));
    }
    return String.join("|", chosen.stream().sorted().toList());
  }

  /** A written name that stands on the list is that of the list. */
  private String onList(Question.Recommend recommend, String name) {
    int at = recommend.list() == null ? -1 : asked.list(recommend.list()).indexOf(name);
    return at < 0 ? "=" + name : "#" + (at + 1);
  }

  private static String motion(Asked.One one, List<String> values) {
    if (values.isEmpty()) {
      return "";
    }
    String value = only(one, values);
    if (!List.of("for", "against", "abstain").contains(value)) {
      throw new AnswerRefused(one, "unknown");
    }
    return value;
  }

  private static String text(Asked.One one, Question.Text text, List<String> values) {
    String said =
        String.join("\n", values).replace("\r", "").replaceAll("[\\p{Cntrl}&&[^\\n]]", " ").strip();
    if (said.length() > text.longest()) {
      throw new AnswerRefused(one, "text-long", text.longest());
    }
    return said;
  }

  private static String only(Asked.One one, List<String> values) {
    if (values.stream().distinct().count() > 1) {
      throw new AnswerRefused(one, "too-many", 1);
    }
    return Objects.requireNonNull(values.getFirst());
  }

  /** Whether a ballot could have been answered so: read again it is written the same. */
  public boolean isAnswer(Asked.One one, String answer) {
    if (answer.isEmpty()) {
      return false;
    }
    Map<String, List<String>> fields = new LinkedHashMap<>();
    put(one, answer, fields);
    try {
      return answer.equals(answer(one, fields));
    } catch (AnswerRefused e) {
      return false;
    }
  }

  /** The fields that give these answers again, for a form that is shown filled in. */
  public Map<String, List<String>> fields(Map<String, String> answers) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (Asked.One one : asked.all()) {
      String answer = answers.get(one.key());
      if (answer != null) {
        put(one, answer, fields);
      }
    }
    return fields;
  }

  private static void put(Asked.One one, String answer, Map<String, List<String>> fields) {
    String own = "a." + one.key();
    switch (one.question().kind()) {
      case Question.Choice choice -> fields.put(own, List.of(answer.split("\\|")));
      case Question.Scale scale -> fields.put(own, List.of(answer));
      case Question.Motion motion -> fields.put(own, List.of(answer));
      case Question.Text text -> fields.put(own, List.of(answer));
      case Question.Rank rank -> {
        String[] items = answer.split(">", -1);
        for (int place = 1; place <= items.length; place++) {
          fields.put(own + ".rank." + items[place - 1], List.of(Integer.toString(place)));
        }
      }
      case Question.Recommend recommend -> {
        List<String> names = List.of(answer.split("\\|"));
        fields.put(own, names.stream().filter(name -> name.startsWith("#")).toList());
        List<String> written = new ArrayList<>();
        names.stream()
            .filter(name -> name.startsWith("="))
            .forEach(name -> written.add(name.substring(1)));
        fields.put(own + ".free", List.of(String.join("、", written)));
      }
    }
  }
}
