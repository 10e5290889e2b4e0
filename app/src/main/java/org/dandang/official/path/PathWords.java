package org.dandang.official.path;

import java.math.BigDecimal;
import org.dandang.platform.web.Page;
import org.dandang.policy.fact.Fact;
import org.dandang.policy.pack.OutcomeKind;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.Parameter;
import org.dandang.policy.pack.Step;
import org.dandang.policy.step.ConditionStanding;
import org.dandang.policy.step.Since;
import org.dandang.policy.step.StepStanding;
import org.jspecify.annotations.Nullable;

/** How a path is worded, in the reader's language. */
public final class PathWords {
  private final Page page;

  PathWords(Page page) {
    this.page = page;
  }

  /** What is held or led to, as the pack or the office says it. */
  public String place(Pack pack, @Nullable Object held) {
    return held == null ? page.word("value.missing") : said(pack, held);
  }

  /** A value with its unit. */
  public String value(Pack pack, @Nullable Object value, String unit) {
    if (value instanceof BigDecimal && !unit.isEmpty()) {
      return page.value(value) + " " + page.wordOr("unit." + unit, unit);
    }
    return value == null ? page.word("value.missing") : said(pack, value);
  }

  /** The value of a fact, as the pack or the office says it. */
  public String value(Pack pack, ConditionStanding.Seen seen) {
    Fact fact = seen.fact();
    return value(pack, seen.value(), fact.unit() == null ? "" : fact.unit());
  }

  private String said(Pack pack, Object value) {
    if (value instanceof String text) {
      String key = "value." + text;
      String word = pack.word(page.tag(), key);
      return word.equals(key) ? page.value(text) : word;
    }
    return page.value(value);
  }

  /** What is asked, named; empty where the rule itself says it. */
  public String asked(StepStanding standing, ConditionStanding condition) {
    Step.Condition definition = definition(standing.pack(), condition);
    String asked = definition == null ? null : definition.asked();
    return asked == null ? "" : named(standing.pack(), asked, null);
  }

  /** What the record has, named; empty where the rule itself says it. */
  public String has(StepStanding standing, ConditionStanding condition) {
    Step.Condition definition = definition(standing.pack(), condition);
    String has = definition == null ? null : definition.has();
    if (has == null) {
      return "";
    }
    Fact fact =
        condition.facts().stream()
            .map(ConditionStanding.Seen::fact)
            .filter(each -> each.id().equals(has))
            .findFirst()
            .orElse(null);
    return named(standing.pack(), has, fact);
  }

  private String named(Pack pack, String id, @Nullable Fact fact) {
    if (fact != null) {
      return fact.title().in(page.language());
    }
    Parameter parameter = pack.parameters().get(id);
    return parameter == null
        ? pack.word(page.tag(), "figure." + id)
        : parameter.title().in(page.language());
  }

  private static Step.@Nullable Condition definition(Pack pack, ConditionStanding condition) {
    Step step = pack.step();
    return step == null
        ? null
        : step.conditions().stream()
            .filter(each -> each.decision().equals(condition.id()))
            .findFirst()
            .orElse(null);
  }

  /** The kind of a state, as its colour is named. */
  public String kind(ConditionStanding condition) {
    OutcomeKind status = condition.status();
    return (status == null ? OutcomeKind.PERSON_DECIDES : status).word();
  }

  /** Since when it is met, or when it will be. */
  public String since(ConditionStanding condition) {
    return switch (condition.since()) {
      case Since.Met met ->
          page.word(met.atLeast() ? "path.since.at-least" : "path.since.met", page.date(met.day()));
      case Since.Coming coming -> page.word("path.since.coming", page.date(coming.day()));
      case Since.NotByTimeAlone not -> page.word("path.since.not-by-time");
      case Since.NotAsked not -> "–";
    };
  }

  /** Whether and when all conditions of a step are met. */
  public String all(StepStanding standing) {
    if (standing.met() == standing.conditions().size()) {
      return page.word("path.all.now");
    }
    return standing.allMetOn() == null
        ? page.word("path.all.not-by-time")
        : page.word("path.all.on", page.date(standing.allMetOn()));
  }
}
