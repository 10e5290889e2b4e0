package org.dandang.protection.sanction;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dandang.platform.procedure.Figure;
import org.jspecify.annotations.Nullable;

/**
 * What a measure brings for a time, by a figure of its pack.
 *
 * @param amount from 1, in months from the day of the decision, or in calendar years, that of the
 *     decision the first
 * @param most months from its day that it may come to together with what was left before it; null:
 *     it does not combine
 * @param figure id of the figure; the clause that sets it and the day from which it holds follow
 */
public record Effect(
    Kind kind,
    int amount,
    Unit unit,
    @Nullable Integer most,
    String figure,
    LocalDate from,
    String clause) {

  /** Kinds of effects, as facts and pages name them. */
  public enum Kind {
    NO_PROMOTION,
    NO_PAY_STEP,
    NO_POST,
    NO_AWARD;

    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Kind of(String word) {
      return Arrays.stream(values())
          .filter(kind -> kind.word().equals(word))
          .findFirst()
          .orElseThrow();
    }
  }

  /** In what an effect is counted. */
  public enum Unit {
    MONTH,
    YEAR;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The effects of a measure: its figures are {@code <measure>-no-promotion} and so on; those of a
   * family combine where there is a {@code <family>-combined-cap}.
   */
  public static List<Effect> of(String measure, Map<String, Figure> figures) {
    Figure cap = figures.get(family(measure) + "-combined-cap");
    List<Effect> effects = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      Figure figure = figures.get(measure + "-" + kind.word());
      if (figure != null) {
        Unit unit = figure.unit().equals(Unit.YEAR.word()) ? Unit.YEAR : Unit.MONTH;
        effects.add(
            new Effect(
                kind,
                figure.value().intValueExact(),
                unit,
                cap == null || unit == Unit.YEAR ? null : cap.value().intValueExact(),
                figure.id(),
                figure.from(),
                figure.clause()));
      }
    }
    return effects;
  }

  /** The family of a measure: what stands before its first hyphen. */
  static String family(String measure) {
    int hyphen = measure.indexOf('-');
    return hyphen < 0 ? measure : measure.substring(0, hyphen);
  }
}
