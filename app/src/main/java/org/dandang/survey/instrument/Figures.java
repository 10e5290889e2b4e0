package org.dandang.survey.instrument;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dandang.policy.PolicyProblem;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.Parameter;
import org.jspecify.annotations.Nullable;

/** The figures of a pack's rules as they stand on a day, each with its clause. */
public record Figures(List<Figure> all) {
  /**
   * A figure in force.
   *
   * @param value as the pack writes it: {@code 2/3}, {@code 5}
   * @param from since when it holds
   */
  public record Figure(String id, String value, String clause, LocalDate from) {}

  public Figures {
    all = List.copyOf(all);
  }

  /**
   * The figures an instrument asks for.
   *
   * @throws PolicyProblem when one has no figure on that day
   */
  public static Figures on(Pack pack, Instrument instrument, LocalDate day) {
    Map<String, Figure> figures = new LinkedHashMap<>();
    for (String id : instrument.parameters()) {
      Parameter parameter = pack.parameters().get(id);
      Parameter.Dated dated =
          Optional.ofNullable(parameter)
              .flatMap(known -> known.on(day))
              .orElseThrow(() -> new PolicyProblem("no-figure", pack.id(), id, day));
      figures.put(
          id,
          new Figure(
              id,
              String.valueOf(dated.figures().get(Parameter.FOR_ALL)),
              String.valueOf(dated.clauses().get(Parameter.FOR_ALL)),
              dated.period().from()));
    }
    return new Figures(List.copyOf(figures.values()));
  }

  public Optional<Figure> find(@Nullable String id) {
    return all.stream().filter(figure -> figure.id().equals(id)).findFirst();
  }

  /** The share a threshold asks for. */
  public Share share(Threshold threshold) {
    return find(threshold.parameter())
        .flatMap(figure -> Share.of(figure.value()))
        .orElseThrow(() -> new IllegalStateException("no share " + threshold.parameter()));
  }

  /** Fewer ballots than this are not shown; 1 where the instrument sets nothing. */
  public int smallestGroup(Instrument instrument) {
    return find(instrument.smallestGroup())
        .map(figure -> Integer.parseInt(figure.value()))
        .orElse(1);
  }
}
