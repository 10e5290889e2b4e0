package org.dandang.policy.step;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.dandang.engine.DecisionModel;
import org.dandang.engine.Evaluation;
import org.dandang.policy.PolicyProblem;
import org.dandang.policy.fact.Facts;
import org.dandang.policy.pack.Models;
import org.dandang.policy.pack.OutcomeKind;
import org.dandang.policy.pack.PolicyVersion;
import org.dandang.policy.pack.Step;
import org.jspecify.annotations.Nullable;

/**
 * Finds the day since which each condition of a step is met, or from which it will be. The same
 * tables are asked on other days, with the facts as of those days over the present registers and
 * the figures in force then: on the first of every quarter for some years, then on days between the
 * two quarters where the answer turns, closer each time. All conditions go together, so there are
 * three questions or so.
 */
final class SinceWhen {
  /** How many years are looked at, back and ahead. */
  private static final int YEARS = 15;

  private static final int QUARTER = 3;

  /** Into how many parts the time between two days is divided at once. */
  private static final int PARTS = 10;

  private final Facts facts;
  private final Models models;
  private final PolicyVersion version;
  private final Step step;
  private final long official;
  private final LocalDate day;
  private final Map<LocalDate, PolicyVersion> versions = new TreeMap<>();
  private final NavigableMap<LocalDate, Answer> answers = new TreeMap<>();

  SinceWhen(
      Facts facts, Models models, PolicyVersion version, Step step, long official, LocalDate day) {
    this.facts = facts;
    this.models = models;
    this.version = version;
    this.step = step;
    this.official = official;
    this.day = day;
  }

  /**
   * What the step is and which conditions are met on a day; another step meets none of this one.
   */
  private record Answer(boolean sameStep, Map<String, OutcomeKind> statuses) {
    boolean met(String condition) {
      return sameStep && statuses.get(condition) == OutcomeKind.MET;
    }
  }

  /**
   * Two days between which a condition turns: not met on the one, met on the other.
   *
   * @param back whether the newest turn is looked for, or else the first
   */
  private record Turn(LocalDate before, LocalDate after, boolean back) {
    long apart() {
      return ChronoUnit.DAYS.between(before, after);
    }

    /** Days that divide the time between, oldest first; all of them where it is short. */
    List<LocalDate> between() {
      List<LocalDate> days = new ArrayList<>();
      for (int part = 1; part < PARTS; part++) {
        LocalDate each = before.plusDays((apart() * part + PARTS - 1) / PARTS);
        if (each.isBefore(after) && (days.isEmpty() || each.isAfter(days.getLast()))) {
          days.add(each);
        }
      }
      return days;
    }
  }

  /**
   * @param tables the conditions this step asks, as they came out on the day
   * @param to what the step leads to
   */
  Map<String, Since> of(Map<String, Evaluation> tables, Object to) {
    Map<String, Since> found = new LinkedHashMap<>();
    if (tables.isEmpty()) {
      return found;
    }
    boolean back = tables.values().stream().anyMatch(SinceWhen::met);
    boolean ahead = !tables.values().stream().allMatch(SinceWhen::met);
    Set<LocalDate> quarters = new LinkedHashSet<>();
    quarters.add(day);
    LocalDate first = day.withDayOfMonth(1);
    for (int months = QUARTER; months <= YEARS * 12; months += QUARTER) {
      if (back) {
        quarters.add(first.minusMonths(months - (long) QUARTER));
      }
      if (ahead) {
        quarters.add(first.plusMonths(months));
      }
    }
    ask(quarters, to);
    Map<String, Turn> turns = new HashMap<>();
    tables.forEach(
        (condition, evaluation) -> {
          Turn turn = met(evaluation) ? backwards(condition) : forwards(condition);
          if (turn != null) {
            turns.put(condition, turn);
          } else {
            found.put(
                condition,
                met(evaluation)
                    ? new Since.Met(answers.firstKey(), true)
                    : new Since.NotByTimeAlone());
          }
        });
    closeIn(turns, to);
    tables.forEach(
        (condition, evaluation) -> {
          Turn turn = turns.get(condition);
          if (turn != null) {
            found.put(
                condition,
                met(evaluation)
                    ? new Since.Met(turn.after(), false)
                    : new Since.Coming(turn.after()));
          }
        });
    return found;
  }

  private static boolean met(Evaluation evaluation) {
    return Steps.status(evaluation) == OutcomeKind.MET;
  }

  /** The newest turn to met before the day; null when it was met as far back as was looked. */
  private @Nullable Turn backwards(String condition) {
    LocalDate after = day;
    for (LocalDate earlier : answers.headMap(day, false).descendingKeySet()) {
      if (!answer(earlier).met(condition)) {
        return new Turn(earlier, after, true);
      }
      after = earlier;
    }
    return null;
  }

  /** The first turn to met after the day; null when there is none while the step stays the same. */
  private @Nullable Turn forwards(String condition) {
    LocalDate before = day;
    for (LocalDate later : answers.tailMap(day, false).navigableKeySet()) {
      Answer answer = answer(later);
      if (!answer.sameStep()) {
        return null;
      }
      if (answer.met(condition)) {
        return new Turn(before, later, false);
      }
      before = later;
    }
    return null;
  }

  private void closeIn(Map<String, Turn> turns, Object to) {
    while (turns.values().stream().anyMatch(turn -> turn.apart() > 1)) {
      Set<LocalDate> between = new LinkedHashSet<>();
      turns.values().forEach(turn -> between.addAll(turn.between()));
      ask(between, to);
      turns.replaceAll(this::closer);
    }
  }

  /** The two neighbours among the days asked between which the answer turns. */
  private Turn closer(String condition, Turn turn) {
    LocalDate before = turn.before();
    LocalDate after = turn.after();
    for (LocalDate each : turn.between()) {
      if (!answer(each).met(condition)) {
        before = each;
        after = turn.after();
      } else if (!turn.back()) {
        return new Turn(before, each, false);
      } else if (after.equals(turn.after())) {
        after = each;
      }
    }
    return new Turn(before, after, turn.back());
  }

  private Answer answer(LocalDate asked) {
    Answer answer = answers.get(asked);
    if (answer == null) {
      throw new IllegalStateException("not asked: " + asked);
    }
    return answer;
  }

  private void ask(Collection<LocalDate> days, Object to) {
    Set<LocalDate> fresh = new LinkedHashSet<>(days);
    fresh.removeAll(answers.keySet());
    if (fresh.isEmpty()) {
      return;
    }
    facts
        .onDays("official", official, version.pack().facts(), fresh)
        .forEach((asked, values) -> answers.put(asked, answer(asked, values, to)));
  }

  private Answer answer(LocalDate asked, Map<String, @Nullable Object> values, Object to) {
    PolicyVersion then = version(asked);
    if (then == null) {
      return new Answer(false, Map.of());
    }
    DecisionModel model = models.of(then);
    Map<String, @Nullable Object> inputs = new LinkedHashMap<>(values);
    inputs.putAll(then.figuresFor(values));
    Object leads =
        model.decisions().contains(step.to())
            ? model.evaluate(step.to(), inputs).value()
            : inputs.get(step.to());
    Map<String, OutcomeKind> statuses = new HashMap<>();
    if (to.equals(leads)) {
      for (Step.Condition condition : step.conditions()) {
        if (model.decisions().contains(condition.decision())) {
          OutcomeKind status = Steps.status(model.evaluate(condition.decision(), inputs));
          if (status != null) {
            statuses.put(condition.decision(), status);
          }
        }
      }
    }
    return new Answer(to.equals(leads), statuses);
  }

  /**
   * The pack as it stands on a day, read once for the days nothing of it changes; null: not in
   * force.
   */
  private @Nullable PolicyVersion version(LocalDate asked) {
    LocalDate begins = null;
    for (LocalDate each : PolicyVersion.beginnings(version.pack())) {
      if (!each.isAfter(asked)) {
        begins = each;
      }
    }
    if (begins == null || !version.pack().inForce().covers(asked)) {
      return null;
    }
    PolicyVersion known = versions.get(begins);
    if (known == null) {
      try {
        known = PolicyVersion.of(version.pack(), begins);
      } catch (PolicyProblem noFigure) {
        return null;
      }
      versions.put(begins, known);
    }
    return known;
  }
}
