package org.dandang.policy.pack;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dandang.platform.publicnotice.PublicNoticeRules;
import org.dandang.platform.web.Wording;
import org.jspecify.annotations.Nullable;

/**
 * Rules of public notices out of the packs. Where several packs rule a kind, the strictest counts:
 * the longest period.
 */
public final class PublicNoticePacks implements PublicNoticeRules {
  private final Packs packs;

  public PublicNoticePacks(Packs packs) {
    this.packs = packs;
  }

  @Override
  public List<Kind> kinds(LocalDate on) {
    Map<String, Kind> kinds = new LinkedHashMap<>();
    for (Pack pack : packs.all()) {
      for (Part part : pack.parts()) {
        if (part instanceof Part.PublicNotice notice) {
          notice
              .kinds()
              .forEach(
                  (code, title) -> {
                    if (rule(pack, notice, code, on).isPresent()) {
                      kinds.putIfAbsent(code, new Kind(code, new Wording(title.byLanguage())));
                    }
                  });
        }
      }
    }
    return List.copyOf(kinds.values());
  }

  @Override
  public Optional<Rule> rule(String kind, LocalDate on) {
    Optional<Rule> strictest = Optional.empty();
    for (Pack pack : packs.all()) {
      for (Part part : pack.parts()) {
        if (part instanceof Part.PublicNotice notice && notice.kinds().containsKey(kind)) {
          Optional<Rule> rule = rule(pack, notice, kind, on);
          if (rule.isPresent()
              && strictest
                  .filter(other -> other.minimumDays() >= rule.get().minimumDays())
                  .isEmpty()) {
            strictest = rule;
          }
        }
      }
    }
    return strictest;
  }

  private static Optional<Rule> rule(
      Pack pack, Part.PublicNotice notice, String kind, LocalDate on) {
    Parameter period = pack.parameters().get(notice.period());
    if (period == null || !pack.inForce().covers(on)) {
      return Optional.empty();
    }
    boolean named =
        Optional.ofNullable(notice.named() == null ? null : pack.parameters().get(notice.named()))
            .flatMap(parameter -> parameter.on(on))
            .map(value -> figure(value, kind))
            .filter(Boolean.TRUE::equals)
            .isPresent();
    return period
        .on(on)
        .flatMap(
            value -> {
              Object days = figure(value, kind);
              Clause clause =
                  pack.clauses()
                      .get(
                          value
                              .clauses()
                              .getOrDefault(
                                  kind, value.clauses().getOrDefault(Parameter.FOR_ALL, "")));
              return days instanceof BigDecimal number && clause != null
                  ? Optional.of(
                      new Rule(
                          number.intValueExact(), named, new Wording(clause.text().byLanguage())))
                  : Optional.empty();
            });
  }

  private static @Nullable Object figure(Parameter.Dated value, String kind) {
    Object own = value.figures().get(kind);
    return own == null ? value.figures().get(Parameter.FOR_ALL) : own;
  }
}
