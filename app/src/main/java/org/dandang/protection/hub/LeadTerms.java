package org.dandang.protection.hub;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dandang.platform.calendar.Term;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.Packs;
import org.dandang.policy.pack.Parameter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How long a lead of each source may take, from the day it was received: the parameters {@code
 * handling-<source>} of the pack by which it is closed.
 */
@Component
class LeadTerms {
  static final String USUAL = "national/lead-closing";
  private static final String FIGURE = "handling-";
  private static final List<String> TERMS =
      Stream.of(Source.values()).map(source -> FIGURE + source.word()).toList();

  private final Packs packs;

  LeadTerms(Packs packs) {
    this.packs = packs;
  }

  /** A term, with where it stands. */
  record Held(String figure, int value, String unit, String clause, LocalDate from) {
    Term term() {
      return switch (unit) {
        case "working-day" -> Term.workingDays(value);
        case "month" -> Term.months(value);
        default -> Term.days(value);
      };
    }
  }

  /** Packs with a term for some source, by which leads can be handled. */
  List<Pack> packs(LocalDate day) {
    return packs.all().stream()
        .filter(pack -> pack.inForce().covers(day))
        .filter(pack -> TERMS.stream().anyMatch(pack.parameters()::containsKey))
        .toList();
  }

  Optional<Held> of(String pack, Source source, LocalDate day) {
    return packs
        .find(pack)
        .map(found -> found.parameters().get(FIGURE + source.word()))
        .flatMap(parameter -> parameter.on(day).map(dated -> held(parameter, dated)));
  }

  private static @Nullable Held held(Parameter parameter, Parameter.Dated dated) {
    return dated.figures().get(Parameter.FOR_ALL) instanceof BigDecimal figure
        ? new Held(
            parameter.id(),
            figure.intValueExact(),
            parameter.unit(),
            dated.clauses().getOrDefault(Parameter.FOR_ALL, ""),
            dated.period().from())
        : null;
  }
}
