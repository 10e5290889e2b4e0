package org.dandang.engine;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.api.feel.runtime.events.FEELEvent;
import org.kie.dmn.feel.FEEL;
import org.kie.dmn.feel.lang.impl.FEELBuilder;
import org.kie.dmn.feel.parser.feel11.profiles.KieExtendedFEELProfile;

/**
 * What an operator gives for operands of kinds it is not made for: null, an error, or false. The
 * interpreter itself is asked, for several values of each kind and for null; where its answer
 * depends on more than the kinds, nothing is known and the operator is refused.
 */
final class Mismatch {
  private static final Map<String, Optional<Answer>> KNOWN = new ConcurrentHashMap<>();

  /**
   * @param value null, true or false
   * @param failed whether it is an error
   */
  private record Answer(@Nullable Object value, boolean failed) {}

  private Mismatch() {}

  /**
   * The operator's outcome for these operands.
   *
   * @param operator as FEEL writes it
   * @throws RefusedException where it depends on the values
   */
  static Term of(String operator, Plan left, Plan right) {
    String question = "a " + operator + " b";
    List<Plan> values = new ArrayList<>();
    List<Plan> failures = new ArrayList<>();
    Plan value = null;
    for (boolean leftMissing : cases(left)) {
      for (boolean rightMissing : cases(right)) {
        Answer answer =
            answer(
                question,
                leftMissing ? PlanType.NOTHING : left.type(),
                rightMissing ? PlanType.NOTHING : right.type());
        Plan here = Plan.all(List.of(present(left, leftMissing), present(right, rightMissing)));
        Plan given = answer.value() == null ? Plan.NULL : Plan.truth((Boolean) answer.value());
        if (answer.failed()) {
          failures.add(here);
        }
        values.add(given);
        value =
            value == null || value.equals(given)
                ? given
                : Plan.choice(here, given, value, PlanType.TRUTH);
      }
    }
    return new Term(Objects.requireNonNull(value), Plan.any(failures));
  }

  /** Where a missing operand of these kinds is an error; the outcome is null there. */
  static Plan failureOfMissing(String operator, Plan left, Plan right) {
    List<Plan> failures = new ArrayList<>();
    for (boolean leftMissing : cases(left)) {
      for (boolean rightMissing : cases(right)) {
        if (!leftMissing && !rightMissing) {
          continue;
        }
        Answer answer =
            answer(
                "a " + operator + " b",
                leftMissing ? PlanType.NOTHING : left.type(),
                rightMissing ? PlanType.NOTHING : right.type());
        if (answer.value() != null) {
          throw new RefusedException(operator, "has a value even for a missing operand");
        }
        if (answer.failed()) {
          failures.add(Plan.all(List.of(present(left, leftMissing), present(right, rightMissing))));
        }
      }
    }
    return Plan.any(failures);
  }

  /**
   * What a test of one operand gives, such as {@code instance of}.
   *
   * @param test with {@code a} for the operand
   */
  static Term of(String test, Plan operand) {
    List<Plan> failures = new ArrayList<>();
    Plan value = null;
    for (boolean missing : cases(operand)) {
      Answer answer = answer(test, missing ? PlanType.NOTHING : operand.type(), PlanType.NOTHING);
      Plan here = present(operand, missing);
      Plan given = answer.value() == null ? Plan.NULL : Plan.truth((Boolean) answer.value());
      if (answer.failed()) {
        failures.add(here);
      }
      value =
          value == null || value.equals(given)
              ? given
              : Plan.choice(here, given, value, PlanType.TRUTH);
    }
    return new Term(Objects.requireNonNull(value), Plan.any(failures));
  }

  private static List<Boolean> cases(Plan plan) {
    return Plan.isNull(plan)
        ? List.of(true)
        : plan.nullable() ? List.of(false, true) : List.of(false);
  }

  private static Plan present(Plan plan, boolean missing) {
    return missing ? Plan.missing(plan) : Plan.not(Plan.missing(plan));
  }

  private static Answer answer(String question, PlanType left, PlanType right) {
    return KNOWN
        .computeIfAbsent(
            question + " | " + key(left) + " | " + key(right), k -> ask(question, left, right))
        .orElseThrow(
            () ->
                new RefusedException(
                    question.replace("a ", "").replace(" b", ""),
                    "of a " + left.word() + " and a " + right.word() + " depends on the values"));
  }

  private static String key(PlanType type) {
    return switch (type) {
      case PlanType.Clock c -> "time " + c.offset();
      case PlanType.Moment m -> "date and time " + m.offset();
      default -> type.word();
    };
  }

  private static Optional<Answer> ask(String question, PlanType left, PlanType right) {
    Answer common = null;
    for (Object l : samples(left)) {
      for (Object r : samples(right)) {
        Map<String, Object> values = new HashMap<>();
        values.put("a", l == ABSENT ? null : l);
        values.put("b", r == ABSENT ? null : r);
        Answer answer = ask(question, values);
        if (answer.value() != null && !(answer.value() instanceof Boolean)) {
          return Optional.empty();
        }
        if (common != null && !common.equals(answer)) {
          return Optional.empty();
        }
        common = answer;
      }
    }
    return Optional.ofNullable(common);
  }

  private static Answer ask(String question, Map<String, Object> values) {
    List<String> errors = new ArrayList<>();
    FEEL feel = FEELBuilder.builder().withProfiles(List.of(new KieExtendedFEELProfile())).build();
    feel.addListener(
        (FEELEvent event) -> {
          if (event.getSeverity() == FEELEvent.Severity.ERROR) {
            errors.add(event.getMessage());
          }
        });
    try {
      Object value = feel.evaluate(question, values);
      return new Answer(value, !errors.isEmpty());
    } catch (RuntimeException e) {
      return new Answer(null, true);
    }
  }

  private static final Object ABSENT = new Object();

  private static List<Object> samples(PlanType type) {
    List<Object> samples = new ArrayList<>();
    if (type instanceof PlanType.Nothing) {
      samples.add(ABSENT);
      return samples;
    }
    FEEL feel = FEELBuilder.builder().withProfiles(List.of(new KieExtendedFEELProfile())).build();
    for (String text : texts(type)) {
      samples.add(Objects.requireNonNull(feel.evaluate(text), text));
    }
    return samples;
  }

  private static List<String> texts(PlanType type) {
    return switch (type) {
      case PlanType.Number n -> List.of("10", "-2.5", "0", "1");
      case PlanType.Text t -> List.of("\"foo\"", "\"10\"", "\"\"", "\"2021-01-01\"");
      case PlanType.Truth t -> List.of("true", "false");
      case PlanType.Day d -> List.of("date(\"2021-01-01\")", "date(\"1970-01-02\")");
      case PlanType.Clock c ->
          List.of(
              "time(\"10:10:10" + offset(c.offset()) + "\")",
              "time(\"00:00:00" + offset(c.offset()) + "\")");
      case PlanType.Moment m ->
          List.of(
              "date and time(\"2021-01-01T10:10:10" + offset(m.offset()) + "\")",
              "date and time(\"2021-01-01T00:00:00" + offset(m.offset()) + "\")");
      case PlanType.Days d ->
          List.of("duration(\"P1D\")", "duration(\"-PT1H\")", "duration(\"PT0S\")");
      case PlanType.Months m ->
          List.of("duration(\"P1Y\")", "duration(\"-P2M\")", "duration(\"P0M\")");
      case PlanType.Shape s ->
          switch (s.word()) {
            case "list" -> List.of("[10]", "[]", "[1, 2]", "[\"foo\"]", "[null]");
            case "context" -> List.of("{a: 10}", "{}", "{b: \"foo\"}");
            case "range" ->
                List.of("[1..10]", "(1..2)", "[date(\"2021-01-01\")..date(\"2021-01-02\")]");
            default -> List.of("function(x) x", "function() 1");
          };
      case PlanType.Nothing n -> List.of();
    };
  }

  private static String offset(@Nullable ZoneOffset offset) {
    return offset == null ? "" : offset.getId();
  }
}
