package org.dandang.protection.hub;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A lead as it comes in.
 *
 * @param round of inspection, audit and so on, as its source calls it; may be empty
 * @param reference its number at the source; may be empty
 * @param receivedOn the day it was received, from which its term runs
 * @param unit in whose jurisdiction it is handled
 * @param clue {@code none}, {@code general}, {@code specific}
 * @param gravity {@code slight}, {@code moderate}, {@code grave}: how grave it would be
 * @param concluded whether the same matter had been concluded before
 * @param reporter who reported; sealed at once and kept nowhere else; empty for without a name
 * @param pack by whose terms it is handled
 */
public record NewLead(
    Source source,
    String round,
    String reference,
    String title,
    String content,
    LocalDate receivedOn,
    long unit,
    String clue,
    String gravity,
    boolean concluded,
    String reporter,
    String pack,
    List<Named> people) {
  /** How much to verify a lead gives, from the least. */
  public static final List<String> CLUES = List.of("none", "general", "specific");

  /** How grave what it says is, from the least. */
  public static final List<String> GRAVITIES = List.of("slight", "moderate", "grave");

  static final int MOST_PEOPLE = 200;
  static final int LONGEST_CONTENT = 20_000;

  /** Somebody it names, as it names them. */
  public record Named(String name, String unit, String post) {
    public Named {
      name = name.strip();
      unit = unit.strip();
      post = post.strip();
    }
  }

  public NewLead {
    round = round.strip();
    reference = reference.strip();
    title = title.strip();
    content = content.strip();
    reporter = reporter.strip();
    people = List.copyOf(people);
  }

  /**
   * What is wrong.
   *
   * @param key under {@code hub.wrong.}
   */
  record Problem(String field, String key, List<Object> values) {
    Problem(String field, String key, Object... values) {
      this(field, key, List.of(values));
    }
  }

  List<Problem> problems(LocalDate today) {
    List<Problem> problems = new ArrayList<>();
    text(problems, "title", title, 200, true);
    text(problems, "content", content, LONGEST_CONTENT, true);
    text(problems, "round", round, 200, false);
    text(problems, "reference", reference, 100, false);
    text(problems, "reporter", reporter, 500, false);
    if (receivedOn.isAfter(today) || receivedOn.getYear() < 1949) {
      problems.add(new Problem("received", "day", today));
    }
    if (!CLUES.contains(clue)) {
      problems.add(new Problem("clue", "word", clue));
    }
    if (!GRAVITIES.contains(gravity)) {
      problems.add(new Problem("gravity", "word", gravity));
    }
    if (people.isEmpty()) {
      problems.add(new Problem("people", "nobody"));
    }
    if (people.size() > MOST_PEOPLE) {
      problems.add(new Problem("people", "many", MOST_PEOPLE));
    }
    Set<Named> once = new HashSet<>();
    for (Named one : people) {
      if (one.name().isEmpty()) {
        problems.add(new Problem("people", "no-name"));
      }
      if (one.name().length() > 100 || one.unit().length() > 200 || one.post().length() > 200) {
        problems.add(new Problem("people", "long", 200));
      }
      if (!once.add(one)) {
        problems.add(new Problem("people", "twice", one.name()));
      }
    }
    return problems;
  }

  private static void text(
      List<Problem> problems, String field, String text, int most, boolean needed) {
    if (text.isEmpty() && needed) {
      problems.add(new Problem(field, "empty"));
    } else if (text.length() > most) {
      problems.add(new Problem(field, "long", most));
    } else if (text.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\t' && c != '\r')) {
      problems.add(new Problem(field, "control"));
    }
  }

  /** Everything it says but who reported: that is not even hashed. */
  String said() {
    return String.join(
        "\n",
        source.word(),
        round,
        reference,
        title,
        content,
        receivedOn.toString(),
        Long.toString(unit),
        clue,
        gravity,
        Boolean.toString(concluded),
        pack,
        people.toString());
  }
}
