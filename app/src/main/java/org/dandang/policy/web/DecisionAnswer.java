package org.dandang.policy.web;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.dandang.policy.decision.Decision;
import org.dandang.policy.fact.Fact;
import org.dandang.policy.fact.FactCatalogue;
import org.dandang.policy.fact.Source;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * A decision as other programs get it. Numbers keep all their digits; dates are ISO 8601.
 *
 * @param decision number under which it is kept; null when it is not
 * @param kind met, not-met, person-decides or not-applicable
 */
record DecisionAnswer(
    @Nullable Long decision,
    String policy,
    String version,
    TableUsed table,
    LocalDate asOf,
    Subject subject,
    @Nullable String outcome,
    String kind,
    @Nullable String rule,
    @Nullable ClauseCited clause,
    List<FactTold> facts,
    List<FigureTold> figures,
    List<String> missing,
    List<String> problems,
    OffsetDateTime preparedAt,
    String preparedBy) {

  record TableUsed(String file, String sha256, int row) {}

  /**
   * @param id 0 where the facts were told with the question
   */
  record Subject(String kind, long id) {}

  record ClauseCited(String number, @Nullable String text) {}

  /**
   * @param ifMissing what a missing value means
   */
  record FactTold(
      String id,
      String title,
      @Nullable Object value,
      @Nullable String unit,
      String ifMissing,
      List<Source> sources) {}

  record FigureTold(
      String id, String title, @Nullable Object value, String unit, @Nullable String clause) {}

  static DecisionAnswer of(Decision decision, Pack pack, FactCatalogue catalogue, Locale language) {
    String clause = decision.clause();
    return new DecisionAnswer(
        decision.id(),
        decision.pack(),
        decision.version(),
        new TableUsed(decision.tableFile(), decision.tableHash(), decision.row()),
        decision.asOf(),
        new Subject(decision.subjectKind(), decision.subject()),
        decision.outcome(),
        decision.kind().word(),
        decision.rule(),
        clause == null
            ? null
            : new ClauseCited(
                clause,
                pack.clauses().containsKey(clause)
                    ? pack.clauses().get(clause).text().in(language)
                    : null),
        decision.facts().entrySet().stream()
            .map(
                used -> {
                  Fact fact = catalogue.get(used.getKey());
                  return new FactTold(
                      fact.id(),
                      fact.title().in(language),
                      used.getValue().value(),
                      fact.unit(),
                      fact.missing(),
                      used.getValue().sources());
                })
            .toList(),
        decision.figures().entrySet().stream()
            .map(used -> figure(used.getKey(), used.getValue(), pack, language))
            .toList(),
        decision.missing(),
        decision.problems(),
        decision.preparedAt(),
        decision.preparedBy());
  }

  private static FigureTold figure(
      String id, Decision.FigureUsed used, Pack pack, Locale language) {
    Parameter parameter = pack.parameters().get(id);
    return new FigureTold(
        id,
        parameter == null ? id : parameter.title().in(language),
        used.value(),
        parameter == null ? "" : parameter.unit(),
        used.clause());
  }
}
