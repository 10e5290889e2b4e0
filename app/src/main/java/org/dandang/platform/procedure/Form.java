package org.dandang.platform.procedure;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/** A form as a pack describes it. */
public record Form(String id, List<Field> fields) {
  private static final int MOST_DIGITS = 18;

  public Form {
    fields = List.copyOf(fields);
  }

  public Optional<Field> field(String name) {
    return fields.stream().filter(field -> field.id().equals(name)).findFirst();
  }

  /**
   * What is wrong with a field.
   *
   * @param key under {@code procedure.field.} in the words of pages
   */
  public record Problem(String field, String key, List<Object> values) {
    public Problem {
      values = List.copyOf(values);
    }
  }

  /** What was filled in, of this form's fields alone; blank ones left out. */
  public Map<String, String> taken(Map<String, String> given) {
    Map<String, String> taken = new LinkedHashMap<>();
    for (Field field : fields) {
      String value = given.getOrDefault(field.id(), "").strip().replace("\r\n", "\n");
      if (!value.isEmpty() && !(field.kind() instanceof Field.Kind.Documents)) {
        taken.put(field.id(), value);
      }
    }
    return taken;
  }

  /**
   * Everything wrong with what was filled in.
   *
   * @param documents how many files are attached, by field
   * @param today the day at the office, on which codes have to be in force
   * @param onRecord whether a key of a kind of subject is known
   */
  public List<Problem> problems(
      Map<String, String> taken,
      Map<String, Integer> documents,
      LocalDate today,
      BiPredicate<String, String> onRecord) {
    List<Problem> problems = new ArrayList<>();
    for (Field field : fields) {
      String value = taken.getOrDefault(field.id(), "");
      int files = documents.getOrDefault(field.id(), 0);
      if (value.isEmpty() && files == 0) {
        if (field.required()) {
          problems.add(new Problem(field.id(), "required", List.of()));
        }
      } else {
        problem(field, value, files, onRecord)
            .or(() -> notInForce(field, taken, today))
            .ifPresent(problems::add);
      }
    }
    return problems;
  }

  private static Optional<Problem> problem(
      Field field, String value, int files, BiPredicate<String, String> onRecord) {
    return switch (field.kind()) {
      case Field.Kind.Text text ->
          value.codePointCount(0, value.length()) > text.atMost()
              ? wrong(field, "too-long", text.atMost())
              : !text.lines() && value.contains("\n")
                  ? wrong(field, "one-line")
                  : value.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\t')
                      ? wrong(field, "control")
                      : Optional.empty();
      case Field.Kind.Day day -> isDay(value) ? Optional.empty() : wrong(field, "not-a-date");
      case Field.Kind.Number number -> number(field, number, value);
      case Field.Kind.Choice choice ->
          choice.options().contains(value) ? Optional.empty() : wrong(field, "not-an-option");
      case Field.Kind.OnRecord record ->
          onRecord.test(record.subject(), value)
              ? Optional.empty()
              : wrong(field, "not-on-record-" + record.subject());
      case Field.Kind.Documents documents ->
          files > documents.atMost()
              ? wrong(field, "too-many-files", documents.atMost())
              : Optional.empty();
    };
  }

  /** A code that was not in force on the day it is to be of. */
  private static Optional<Problem> notInForce(
      Field field, Map<String, String> taken, LocalDate today) {
    if (!(field.kind() instanceof Field.Kind.Choice choice) || choice.codes() == null) {
      return Optional.empty();
    }
    Field.Codes codes = choice.codes();
    String dated = codes.asOf() == null ? "" : taken.getOrDefault(codes.asOf(), "");
    LocalDate day = isDay(dated) ? LocalDate.parse(dated) : today;
    Field.Span span = codes.spans().get(taken.getOrDefault(field.id(), ""));
    return span == null || span.covers(day)
        ? Optional.empty()
        : wrong(field, "not-in-force", day.toString());
  }

  private static Optional<Problem> number(Field field, Field.Kind.Number number, String value) {
    if (value.length() > MOST_DIGITS || !value.matches("-?[0-9]+([.][0-9]+)?")) {
      return wrong(field, "not-a-number");
    }
    BigDecimal figure = new BigDecimal(value);
    if (number.least() != null && figure.compareTo(number.least()) < 0) {
      return wrong(field, "too-small", number.least());
    }
    if (number.most() != null && figure.compareTo(number.most()) > 0) {
      return wrong(field, "too-large", number.most());
    }
    return Optional.empty();
  }

  private static boolean isDay(String value) {
    try {
      LocalDate day = LocalDate.parse(value);
      return day.getYear() >= 1900 && day.getYear() <= 2200;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static Optional<Problem> wrong(Field field, String key, Object... values) {
    return Optional.of(new Problem(field.id(), key, List.of(values)));
  }
}
