package org.dandang.survey.count;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.dandang.survey.instrument.Asked;
import org.dandang.survey.instrument.Figures;
import org.dandang.survey.instrument.Question;
import org.dandang.survey.instrument.Question.Side;
import org.dandang.survey.instrument.Threshold;
import org.jspecify.annotations.Nullable;

/** Counts answers under the figures in force. The same answers always give the same counts. */
public final class Counting {
  private final Asked asked;
  private final Figures figures;

  public Counting(Asked asked, Figures figures) {
    this.asked = asked;
    this.figures = figures;
  }

  /**
   * Counts.
   *
   * @param answers by key of the question: each answer with how often it was given
   */
  public Counts count(Turnout turnout, Map<String, Map<String, Long>> answers) {
    Threshold quorum = asked.instrument().quorum();
    Boolean quorate =
        quorum == null
            ? null
            : (Boolean)
                figures.share(quorum).isReachedBy(turnout.present(), turnout.due(), quorum.more());
    List<Count> counts = new ArrayList<>();
    for (Asked.One one : asked.all()) {
      Map<String, Long> given = answers.getOrDefault(one.key(), Map.of());
      long answered = sum(given);
      counts.add(
          new Count(
              one,
              answered,
              Math.max(0, turnout.valid() - answered),
              result(one, given, turnout, !Boolean.FALSE.equals(quorate))));
    }
    return new Counts(turnout, quorate, counts);
  }

  private Result result(Asked.One one, Map<String, Long> given, Turnout turnout, boolean quorate) {
    return switch (one.question().kind()) {
      case Question.Choice choice -> options(choice, given);
      case Question.Scale scale -> steps(scale, given);
      case Question.Rank rank -> order(rank, given);
      case Question.Recommend recommend -> people(recommend, given);
      case Question.Motion motion -> vote(motion.majority(), given, turnout, quorate);
      case Question.Text text -> new Result.Said(given);
    };
  }

  private static Result.Options options(Question.Choice choice, Map<String, Long> given) {
    Map<String, Long> votes = parts(given, "\\|");
    long positive = 0;
    long negative = 0;
    for (Map.Entry<String, Long> answer : given.entrySet()) {
      List<String> chosen = List.of(answer.getKey().split("\\|"));
      positive += has(choice, chosen, Side.POSITIVE) ? answer.getValue() : 0;
      negative += has(choice, chosen, Side.NEGATIVE) ? answer.getValue() : 0;
    }
    return new Result.Options(
        choice.options().stream()
            .map(o -> new Result.OptionCount(o, votes.getOrDefault(o.id(), 0L)))
            .toList(),
        positive,
        negative);
  }

  private static boolean has(Question.Choice choice, List<String> chosen, Side side) {
    return choice.options().stream()
        .anyMatch(option -> option.side() == side && chosen.contains(option.id()));
  }

  private static Result.Steps steps(Question.Scale scale, Map<String, Long> given) {
    List<Result.StepCount> steps = new ArrayList<>();
    BigDecimal sum = BigDecimal.ZERO;
    for (int step = scale.from(); step <= scale.to(); step++) {
      long votes = given.getOrDefault(Integer.toString(step), 0L);
      steps.add(new Result.StepCount(step, votes));
      sum = sum.add(BigDecimal.valueOf(votes).multiply(BigDecimal.valueOf(step)));
    }
    long answered = sum(given);
    return new Result.Steps(
        steps,
        answered == 0 ? null : sum.divide(BigDecimal.valueOf(answered), 2, RoundingMode.HALF_UP));
  }

  private Result.Order order(Question.Rank rank, Map<String, Long> given) {
    List<String> texts = asked.list(rank.list());
    int most = Math.min(rank.most(), texts.size());
    long[] first = new long[texts.size()];
    long[] ranked = new long[texts.size()];
    long[] points = new long[texts.size()];
    given.forEach(
        (answer, votes) -> {
          String[] items = answer.split(">", -1);
          for (int place = 0; place < items.length; place++) {
            int item = Integer.parseInt(items[place]) - 1;
            first[item] += place == 0 ? votes : 0;
            ranked[item] += votes;
            points[item] += votes * (most - place);
          }
        });
    List<Result.ItemCount> items = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      items.add(new Result.ItemCount(i + 1, texts.get(i), first[i], ranked[i], points[i]));
    }
    items.sort(
        Comparator.comparingLong(Result.ItemCount::points)
            .reversed()
            .thenComparingInt(Result.ItemCount::item));
    return new Result.Order(items);
  }

  private Result.People people(Question.Recommend recommend, Map<String, Long> given) {
    Map<String, Long> votes = parts(given, "\\|");
    List<String> list = recommend.list() == null ? List.of() : asked.list(recommend.list());
    List<Result.PersonCount> people = new ArrayList<>();
    for (int i = 1; i <= list.size(); i++) {
      people.add(new Result.PersonCount(i, list.get(i - 1), votes.getOrDefault("#" + i, 0L)));
    }
    votes.forEach(
        (name, number) -> {
          if (name.startsWith("=")) {
            people.add(new Result.PersonCount(0, name.substring(1), number));
          }
        });
    people.sort(
        Comparator.comparingLong(Result.PersonCount::votes)
            .reversed()
            .thenComparing(person -> person.item() == 0 ? Integer.MAX_VALUE : person.item())
            .thenComparing(Result.PersonCount::name));
    int places = recommend.places();
    if (places == 0) {
      return new Result.People(people, 0, List.of(), List.of());
    }
    List<Result.PersonCount> voted = people.stream().filter(p -> p.votes() > 0).toList();
    if (voted.size() <= places) {
      return new Result.People(people, places, names(voted), List.of());
    }
    long line = voted.get(places - 1).votes();
    if (voted.get(places).votes() < line) {
      return new Result.People(people, places, names(voted.subList(0, places)), List.of());
    }
    return new Result.People(
        people,
        places,
        names(voted.stream().filter(p -> p.votes() > line).toList()),
        names(voted.stream().filter(p -> p.votes() == line).toList()));
  }

  private static List<String> names(List<Result.PersonCount> people) {
    return people.stream().map(Result.PersonCount::name).toList();
  }

  private Result.Vote vote(
      @Nullable Threshold majority, Map<String, Long> given, Turnout turnout, boolean quorate) {
    long forIt = given.getOrDefault("for", 0L);
    long against = given.getOrDefault("against", 0L);
    long abstaining = given.getOrDefault("abstain", 0L);
    if (majority == null) {
      return new Result.Vote(forIt, against, abstaining, null, turnout.present(), null);
    }
    long whole =
        switch (majority.of()) {
          case DUE -> turnout.due();
          case PRESENT -> turnout.present();
          case CAST -> forIt + against;
        };
    Result.Decision decision;
    if (!quorate) {
      decision = Result.Decision.NO_QUORUM;
    } else if (figures.share(majority).isReachedBy(forIt, whole, majority.more())) {
      decision = Result.Decision.CARRIED;
    } else if (forIt == against && forIt > 0) {
      decision = Result.Decision.TIED;
    } else {
      decision = Result.Decision.NOT_CARRIED;
    }
    return new Result.Vote(forIt, against, abstaining, majority, whole, decision);
  }

  /** How often each part of the answers was given, whatever stood beside it. */
  private static Map<String, Long> parts(Map<String, Long> given, String between) {
    Map<String, Long> parts = new LinkedHashMap<>();
    given.forEach(
        (answer, votes) -> {
          for (String part : answer.split(between)) {
            parts.merge(part, votes, Long::sum);
          }
        });
    return parts;
  }

  private static long sum(Map<String, Long> given) {
    return given.values().stream().flatMapToLong(LongStream::of).sum();
  }
}
