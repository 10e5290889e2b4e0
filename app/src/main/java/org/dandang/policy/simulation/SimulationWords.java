package org.dandang.policy.simulation;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dandang.policy.Words;
import org.dandang.policy.fact.FactCatalogue;
import org.dandang.policy.fact.Grouping;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.Parameter;
import org.dandang.policy.run.RowsFile.Sheet;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/**
 * A comparison in a reader's language: names of outcomes, rules, groups and causes, and its figures
 * as tables.
 */
public record SimulationWords(
    MessageSource messages, Locale language, Pack pack, FactCatalogue catalogue) {
  /** Probabilities are told no more closely than this. */
  private static final double CLOSEST = 0.001;

  /** A word in the reader's language. */
  public String word(String key, @Nullable Object... values) {
    return String.valueOf(messages.getMessage(key, values, language));
  }

  public String outcome(@Nullable String outcome) {
    return outcome == null
        ? word("policy.no-outcome")
        : pack.word(Words.tag(language), "outcome." + outcome);
  }

  public String rule(@Nullable String rule) {
    return rule == null ? "–" : pack.word(Words.tag(language), "rule." + rule);
  }

  /** A rule with the clause it cites. */
  public String ruleAndClause(Changed.Answer answer) {
    return answer.clause().isEmpty()
        ? rule(answer.rule())
        : rule(answer.rule()) + " · " + word("why.clause", answer.clause());
  }

  /** A group's name: the value in words, a band of numbers, or that nothing is on record. */
  public String group(Grouping by, @Nullable String value) {
    if (value == null) {
      return word("value.missing");
    }
    List<Integer> bands = by.bands();
    if (bands.isEmpty()) {
      return value(value);
    }
    int band = Integer.parseInt(value);
    if (band == 0) {
      return word("simulation.band.below", bands.getFirst());
    }
    return band == bands.size()
        ? word("simulation.band.from", bands.getLast())
        : word("simulation.band", bands.get(band - 1), bands.get(band) - 1);
  }

  /** A figure's name: the parameter's title, with the value that picks it. */
  public String figure(String parameter, String key) {
    Parameter definition = pack.parameters().get(parameter);
    String title = definition == null ? parameter : definition.title().in(language);
    return key.equals(Parameter.FOR_ALL) ? title : title + " · " + value(key);
  }

  public String cause(Changed.Cause cause) {
    return switch (cause) {
      case Changed.Cause.Figure figure ->
          word(
              "simulation.cause.figure",
              figure(figure.parameter(), figure.key()),
              value(figure.from()),
              value(figure.to()));
      case Changed.Cause.OtherFact other ->
          word(
              "simulation.cause.fact",
              catalogue.get(other.fact()).title().in(language),
              value(other.from()),
              value(other.to()));
      case Changed.Cause.OtherTable other -> word("simulation.cause.table", other.table());
    };
  }

  /** A value of a fact or parameter. */
  public String value(@Nullable Object value) {
    return switch (value) {
      case null -> word("value.missing");
      case Boolean truth -> word(truth ? "value.yes" : "value.no");
      case BigDecimal number -> number.stripTrailingZeros().toPlainString();
      default ->
          String.valueOf(messages.getMessage("value." + value, null, value.toString(), language));
    };
  }

  public String percent(double share) {
    NumberFormat format = NumberFormat.getPercentInstance(language);
    format.setMinimumFractionDigits(1);
    format.setMaximumFractionDigits(1);
    return format.format(share);
  }

  /** A ratio to two digits; an en dash where there is none. */
  public String ratio(@Nullable Double ratio) {
    return ratio == null ? "–" : String.format(Locale.ROOT, "%.2f", ratio);
  }

  /** A probability to three digits; an en dash where there is none. */
  public String probability(@Nullable Double probability) {
    if (probability == null) {
      return "–";
    }
    return probability < CLOSEST ? "< " + CLOSEST : String.format(Locale.ROOT, "%.3f", probability);
  }

  /** What is changed, in a line each. */
  public List<String> change(Simulation simulation) {
    List<String> lines = new ArrayList<>();
    if (simulation.isOtherTable()) {
      lines.add(word("simulation.cause.table", simulation.after().table().name()));
    }
    simulation.figures().forEach(figure -> lines.add(cause(figure)));
    if (simulation.slate() != null) {
      lines.add(word("simulation.with-slate", String.valueOf(simulation.slate())));
    }
    return lines.isEmpty() ? List.of(word("simulation.nothing")) : lines;
  }

  // ---------------------------------------------------------------- tables

  /** How figures are put into a table's cells. */
  private record Cells(boolean asText, SimulationWords words) {
    @Nullable Object share(double share) {
      return asText ? words.percent(share) : (Object) share;
    }

    @Nullable Object ratio(@Nullable Double ratio) {
      return asText ? words.ratio(ratio) : ratio;
    }

    @Nullable Object probability(@Nullable Double probability) {
      return asText ? words.probability(probability) : probability;
    }
  }

  /**
   * Outcomes, rules, transitions and groups.
   *
   * @param asText whether shares are written as a reader expects them; else as numbers
   */
  public List<Sheet> tables(Comparison comparison, boolean asText, long least) {
    Cells cells = new Cells(asText, this);
    List<Sheet> sheets = new ArrayList<>();
    sheets.add(outcomes(comparison, cells));
    sheets.add(rules(comparison));
    sheets.add(transitions(comparison));
    if (asText) {
      comparison.groupings().forEach(grouped -> sheets.add(groups(List.of(grouped), cells, least)));
    } else {
      sheets.add(groups(comparison.groupings(), cells, least));
    }
    return sheets;
  }

  private Sheet outcomes(Comparison comparison, Cells cells) {
    List<List<@Nullable Object>> lines = new ArrayList<>();
    lines.add(
        line(
            word("policy.outcome"),
            word("simulation.before"),
            word("policy.share"),
            word("simulation.after"),
            word("policy.share"),
            word("simulation.difference")));
    double all = Math.max(1, comparison.subjects());
    for (Comparison.OutcomeCount count : comparison.outcomes()) {
      lines.add(
          line(
              outcome(count.outcome()),
              count.before(),
              cells.share(count.before() / all),
              count.after(),
              cells.share(count.after() / all),
              count.after() - count.before()));
    }
    return new Sheet(word("simulation.outcomes"), lines);
  }

  private Sheet rules(Comparison comparison) {
    List<List<@Nullable Object>> lines = new ArrayList<>();
    lines.add(
        line(
            word("policy.rule"),
            word("policy.clause"),
            word("policy.outcome"),
            word("simulation.before"),
            word("simulation.after"),
            word("simulation.difference")));
    for (Comparison.RuleCount count : comparison.rules()) {
      lines.add(
          line(
              rule(count.rule()),
              clause(count),
              outcome(count.outcome()),
              count.before(),
              count.after(),
              count.after() - count.before()));
    }
    return new Sheet(word("simulation.rules"), lines);
  }

  /** The clause a rule cites; both where the other table has it cite another. */
  public static String clause(Comparison.RuleCount count) {
    if (count.clauseAfter().isEmpty() || count.clauseAfter().equals(count.clauseBefore())) {
      return count.clauseBefore();
    }
    return count.clauseBefore().isEmpty()
        ? count.clauseAfter()
        : count.clauseBefore() + " → " + count.clauseAfter();
  }

  private Sheet transitions(Comparison comparison) {
    List<List<@Nullable Object>> lines = new ArrayList<>();
    lines.add(
        line(
            word("simulation.before"),
            word("simulation.after"),
            word("policy.run.subjects"),
            word("simulation.another-rule")));
    for (Comparison.Transition transition : comparison.transitions()) {
      lines.add(
          line(
              outcome(transition.from()),
              outcome(transition.to()),
              transition.subjects(),
              transition.byAnotherRule()));
    }
    return new Sheet(word("simulation.transitions"), lines);
  }

  /** Groups by one fact under its title, or by several with a column that names the fact. */
  private Sheet groups(List<Comparison.Grouped> groupings, Cells cells, long least) {
    boolean one = groupings.size() == 1;
    List<List<@Nullable Object>> lines = new ArrayList<>();
    lines.add(
        line(
            word("simulation.by"),
            word("simulation.group"),
            word("simulation.people"),
            word("simulation.applies"),
            word("simulation.rate-before"),
            word("simulation.ratio-before"),
            word("simulation.p-before"),
            word("simulation.rate-after"),
            word("simulation.ratio-after"),
            word("simulation.p-after"),
            word("simulation.test"),
            word("simulation.mark")));
    for (Comparison.Grouped grouped : groupings) {
      String by = grouped.by().fact().title().in(language);
      for (Comparison.Group group : grouped.groups()) {
        Comparison.Shares shares = group.shares();
        String name = group(grouped.by(), group.value());
        if (shares == null) {
          lines.add(line(by, name, word("simulation.withheld", least)));
        } else {
          lines.add(
              line(
                  by,
                  name,
                  shares.people(),
                  shares.after().applies(),
                  rate(shares.before(), cells),
                  cells.ratio(shares.before().ratio()),
                  cells.probability(shares.before().probability()),
                  rate(shares.after(), cells),
                  cells.ratio(shares.after().ratio()),
                  cells.probability(shares.after().probability()),
                  test(shares.after().test()),
                  mark(shares.after())));
        }
      }
    }
    String title = word("simulation.groups");
    return one
        ? new Sheet(
            title + ": " + groupings.getFirst().by().fact().title().in(language),
            lines.stream().map(cellsOf -> cellsOf.subList(1, cellsOf.size())).toList())
        : new Sheet(title, lines);
  }

  private static @Nullable Object rate(Fairness.Rate rate, Cells cells) {
    return rate.applies() == 0 ? cells.ratio(null) : cells.share(rate.rate());
  }

  /** What is pointed out about a group's rate; empty where nothing is. */
  public String mark(Fairness.Rate rate) {
    return rate.isBelowThreshold() ? word("simulation.below", Fairness.FOUR_FIFTHS.ratio()) : "";
  }

  /** The share of every outcome in every group. */
  public Sheet outcomesByGroup(Comparison comparison, boolean asText, long least) {
    Cells cells = new Cells(asText, this);
    List<List<@Nullable Object>> lines = new ArrayList<>();
    lines.add(
        line(
            word("simulation.by"),
            word("simulation.group"),
            word("policy.outcome"),
            word("simulation.before"),
            word("policy.share"),
            word("simulation.after"),
            word("policy.share")));
    for (Comparison.Grouped grouped : comparison.groupings()) {
      for (Comparison.Group group : grouped.groups()) {
        String by = grouped.by().fact().title().in(language);
        String name = group(grouped.by(), group.value());
        Comparison.Shares shares = group.shares();
        if (shares == null) {
          lines.add(line(by, name, word("simulation.withheld", least)));
          continue;
        }
        for (Comparison.OutcomeCount outcome : comparison.outcomes()) {
          long before = count(shares.outcomesBefore(), outcome.outcome());
          long after = count(shares.outcomesAfter(), outcome.outcome());
          lines.add(
              line(
                  by,
                  name,
                  outcome(outcome.outcome()),
                  before,
                  cells.share((double) before / shares.people()),
                  after,
                  cells.share((double) after / shares.people())));
        }
      }
    }
    return new Sheet(word("simulation.shares"), lines);
  }

  /** How many of a group have an outcome. */
  public static long count(Map<String, Long> outcomes, @Nullable String outcome) {
    return outcomes.getOrDefault(outcome == null ? "" : outcome, 0L);
  }

  public String test(Fairness.@Nullable Test test) {
    return test == null
        ? ""
        : word("simulation.test." + test.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  private static List<@Nullable Object> line(@Nullable Object... cells) {
    return java.util.Arrays.asList(cells);
  }
}
