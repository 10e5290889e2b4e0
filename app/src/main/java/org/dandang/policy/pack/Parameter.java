package org.dandang.policy.pack;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dandang.platform.procedure.Figure;
import org.dandang.policy.Words;
import org.jspecify.annotations.Nullable;

/**
 * A figure of a rule, with the dates from which it holds and the clause that sets it.
 *
 * @param by the fact whose value picks among several figures; null when one holds for all
 */
public record Parameter(
    String id, Words title, String unit, @Nullable String by, List<Dated> values) {

  /**
   * Figures of one period. Without {@code by} the only key is {@link #FOR_ALL}.
   *
   * @param clauses clause of each figure, by the same keys
   */
  public record Dated(Period period, Map<String, Object> figures, Map<String, String> clauses) {
    public Dated {
      figures = Map.copyOf(figures);
      clauses = Map.copyOf(clauses);
    }
  }

  public static final String FOR_ALL = "*";

  public Parameter {
    values = List.copyOf(values);
  }

  /** The figures in force on a day; empty when none is. */
  public Optional<Dated> on(LocalDate day) {
    return values.stream().filter(value -> value.period().covers(day)).findFirst();
  }

  /**
   * Its figures of one period as a procedure keeps them: the one number or word that holds for all,
   * with its clause; empty where there is one for each key.
   */
  public Optional<Figure> figure(Dated dated) {
    Object value = dated.figures().get(FOR_ALL);
    String clause = dated.clauses().getOrDefault(FOR_ALL, "");
    LocalDate from = dated.period().from();
    return switch (value) {
      case BigDecimal number -> Optional.of(new Figure(id, number, unit, clause, from));
      case String word -> Optional.of(new Figure(id, BigDecimal.ZERO, unit, clause, from, word));
      case null, default -> Optional.empty();
    };
  }
}
