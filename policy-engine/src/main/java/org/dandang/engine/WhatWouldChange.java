package org.dandang.engine;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * For a decision on one subject, the smallest change of each single input that would give another
 * outcome. Found by trying the values at which the decision can change; each is evaluated, none is
 * guessed.
 */
public final class WhatWouldChange {
  private WhatWouldChange() {}

  /**
   * A change of one input that changes the outcome.
   *
   * @param from the value now, null if missing
   * @param to the value that would do it; never null: that a fact went missing is no advice
   * @param outcome what the decision would then come to
   */
  public record Change(
      String input, @Nullable Object from, Object to, Outcome.Value outcome, String rule) {}

  /**
   * The changes, at most two for an input with an order (the nearest below and above) and one for
   * each other outcome for any other input.
   */
  public static List<Change> from(
      DecisionModel model,
      String decision,
      InputTypes types,
      Map<String, ? extends @Nullable Object> inputs) {
    Map<String, @Nullable Object> now = new LinkedHashMap<>(inputs);
    now.putAll(types.constants());
    Outcome outcome = model.evaluate(decision, now).outcome();
    Boundaries boundaries = Boundaries.of(model, decision, types);
    List<Change> changes = new ArrayList<>();
    for (String input : boundaries.inputs()) {
      Object from = Values.canonical(now.get(input));
      Map<BigDecimal, Change> below = new TreeMap<>();
      Map<BigDecimal, Change> above = new TreeMap<>();
      Map<String, Change> other = new LinkedHashMap<>();
      for (Object to : boundaries.values(input)) {
        if (to == null || to.equals(Boundaries.ANY_OTHER) || Values.same(from, to)) {
          continue;
        }
        Map<String, @Nullable Object> then = new LinkedHashMap<>(now);
        then.put(input, to);
        Evaluation evaluation = model.evaluate(decision, then);
        if (!(evaluation.outcome() instanceof Outcome.Value value) || same(outcome, value)) {
          continue;
        }
        String rule =
            evaluation
                .ownHits()
                .filter(h -> !h.decided().isEmpty())
                .map(h -> h.decided().get(0).rule())
                .orElse("");
        Change change = new Change(input, from, to, value, rule);
        BigDecimal distance = distance(from, to);
        if (distance == null) {
          other.putIfAbsent(Objects.toString(value.value()), change);
        } else {
          (distance.signum() < 0 ? below : above).putIfAbsent(distance.abs(), change);
        }
      }
      below.values().stream().findFirst().ifPresent(changes::add);
      above.values().stream().findFirst().ifPresent(changes::add);
      changes.addAll(other.values());
    }
    return List.copyOf(changes);
  }

  private static boolean same(Outcome left, Outcome.Value right) {
    return left instanceof Outcome.Value value && Values.same(value.value(), right.value());
  }

  private static @Nullable BigDecimal distance(@Nullable Object from, Object to) {
    if (from instanceof BigDecimal a && to instanceof BigDecimal b) {
      return b.subtract(a);
    }
    if (from instanceof LocalDate a && to instanceof LocalDate b) {
      return BigDecimal.valueOf(ChronoUnit.DAYS.between(a, b));
    }
    return null;
  }
}
