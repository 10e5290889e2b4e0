package org.dandang.survey.count;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dandang.survey.instrument.Question;
import org.dandang.survey.instrument.Threshold;
import org.jspecify.annotations.Nullable;

/** What the answers to one question come to. */
public sealed interface Result {
  /**
   * Options and how often each was chosen.
   *
   * @param positive answers with an option of the positive side
   * @param negative answers with an option of the negative side
   */
  record Options(List<OptionCount> options, long positive, long negative) implements Result {
    public Options {
      options = List.copyOf(options);
    }
  }

  /** An option and its votes. */
  record OptionCount(Question.Option option, long votes) {}

  /**
   * Steps of a scale.
   *
   * @param mean to two digits; null without answers
   */
  record Steps(List<StepCount> steps, @Nullable BigDecimal mean) implements Result {
    public Steps {
      steps = List.copyOf(steps);
    }
  }

  /** A step and its votes. */
  record StepCount(int step, long votes) {}

  /**
   * Items in the order of their points: of n that can be ranked, the first gets n, the next n-1.
   */
  record Order(List<ItemCount> items) implements Result {
    public Order {
      items = List.copyOf(items);
    }
  }

  /** An item, how often it was put first and at all, and its points. */
  record ItemCount(int item, String text, long first, long ranked, long points) {}

  /**
   * People in the order of their votes.
   *
   * @param through the first ones that go on; empty where no line is drawn
   * @param tied those with equal votes on the line: a person decides among them
   */
  record People(List<PersonCount> people, int places, List<String> through, List<String> tied)
      implements Result {
    public People {
      people = List.copyOf(people);
      through = List.copyOf(through);
      tied = List.copyOf(tied);
    }
  }

  /**
   * Somebody and the votes.
   *
   * @param item number on the list; 0: a written name
   */
  record PersonCount(int item, String name, long votes) {}

  /**
   * For and against.
   *
   * @param majority null where none is asked for
   * @param whole what the majority is a share of
   * @param decision null where no majority is asked for
   */
  record Vote(
      long forIt,
      long against,
      long abstaining,
      @Nullable Threshold majority,
      long whole,
      @Nullable Decision decision)
      implements Result {}

  /** What a vote decided. */
  enum Decision {
    CARRIED,
    NOT_CARRIED,
    /** As many for as against; a person decides what follows. */
    TIED,
    /** Too few took part. */
    NO_QUORUM;

    /** As stored and in message keys: {@code not-carried}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** What was written, with how often. */
  record Said(Map<String, Long> texts) implements Result {
    public Said {
      texts = Map.copyOf(texts);
    }
  }
}
