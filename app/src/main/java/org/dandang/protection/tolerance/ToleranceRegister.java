package org.dandang.protection.tolerance;

import java.sql.Types;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.procedure.DecisionRegister;
import org.dandang.platform.procedure.Entered;
import org.dandang.platform.procedure.Proposal;
import org.dandang.platform.procedure.Proposals;
import org.dandang.platform.procedure.Texts;
import org.dandang.platform.web.Refused;
import org.dandang.platform.web.Wording;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Enters determinations of tolerance. None is entered that the rules exclude (the negative list
 * wins), and none without a correction plan, which is issued with it.
 */
@Component
class ToleranceRegister implements DecisionRegister {
  private static final String SITUATION = "listed-situation";

  private final JdbcClient jdbc;
  private final Proposals proposals;
  private final CorrectionPlans plans;
  private final Ledger ledger;
  private final JsonMapper json;
  private final Clock clock;

  ToleranceRegister(
      JdbcClient jdbc,
      Proposals proposals,
      CorrectionPlans plans,
      Ledger ledger,
      JsonMapper json,
      Clock clock) {
    this.jdbc = jdbc;
    this.proposals = proposals;
    this.plans = plans;
    this.ledger = ledger;
    this.json = json;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return "tolerance";
  }

  @Override
  public void enter(Entered entered) {
    Proposal proposal =
        proposals
            .at(entered.matter(), entered.node(), entered.answers())
            .orElseThrow(() -> refused("no-rules"));
    if (proposal.outcome() == null) {
      throw refused("not-verified");
    }
    if (proposal.bearing().equals("not-met")) {
      throw refused(
          "excluded",
          word(entered, "rule." + Objects.requireNonNull(proposal.rule())),
          String.valueOf(proposal.clause()));
    }
    List<PlannedItem> items = PlannedItem.of(entered);
    if (entered.matter().officials().isEmpty()) {
      throw refused("nobody");
    }
    for (long official : entered.matter().officials()) {
      enter(entered, proposal, official);
    }
    plans.issue(entered, items);
    ledger.append(
        entered.actor(),
        "tolerance-entered",
        "matter",
        Long.toString(entered.matter().id()),
        Map.of(
            "outcome", String.valueOf(entered.outcome()),
            "proposed", proposal.outcome(),
            "rule", String.valueOf(proposal.rule()),
            "version", proposal.version(),
            "items", items.size()));
  }

  private void enter(Entered entered, Proposal proposal, long official) {
    jdbc.sql(
            """
            insert into protection.tolerance (matter_id, pack, official_id, unit_id, outcome, situation, answers,
                proposed, rule, clause, version, conclusion, effect, facts, own_motion, decided_on, decided_by, recorded_at)
            values (:matter, :pack, :official, :unit, :outcome, :situation, cast(:answers as jsonb),
                :proposed, :rule, :clause, :version, :conclusion, :effect, :facts,
                not exists (select from platform.account a where a.id = :begunBy and a.official_id = :official),
                :on, :by, :now)
            """)
        .param("matter", entered.matter().id())
        .param("pack", entered.matter().procedure().pack())
        .param("official", official)
        .param("unit", entered.matter().unit())
        .param("outcome", outcome(entered.outcome()))
        .param("situation", entered.answer(SITUATION).orElse(null), Types.VARCHAR)
        .param("answers", json.writeValueAsString(answers(proposal)))
        .param("proposed", proposal.outcome(), Types.VARCHAR)
        .param("rule", proposal.rule(), Types.VARCHAR)
        .param("clause", proposal.clause(), Types.VARCHAR)
        .param("version", proposal.version())
        .param("conclusion", entered.answer("conclusion").orElse(""))
        .param("effect", entered.answer("effect").orElse(""))
        .param("facts", facts(entered))
        .param("begunBy", entered.matter().begunBy())
        .param("on", entered.on())
        .param("by", entered.actor())
        .param("now", OffsetDateTime.now(clock))
        .update();
  }

  /** What a case could be made from: what happened, what was established, what is corrected. */
  private static String facts(Entered entered) {
    return Stream.of("matter", "facts-found", "grounds", "conclusion", "correction-aim")
        .flatMap(field -> entered.answer(field).stream())
        .collect(Collectors.joining("\n"));
  }

  /** Whatever is not the lighter handling is tolerance: a procedure may name its outcomes so. */
  private static String outcome(@Nullable String outcome) {
    return "lighter".equals(outcome) ? "lighter" : "tolerate";
  }

  private static Map<String, String> answers(Proposal proposal) {
    Map<String, String> answers = new LinkedHashMap<>();
    for (Proposal.Used used : proposal.answers()) {
      if (used.value() != null) {
        answers.put(used.field().id(), used.value());
      }
    }
    return answers;
  }

  /** A word of the matter's procedure in every language. */
  static Wording word(Entered entered, String key) {
    Texts texts = entered.matter().procedure().texts();
    Map<String, String> said = new LinkedHashMap<>();
    texts.byLanguage().keySet().forEach(language -> said.put(language, texts.in(language, key)));
    return new Wording(said);
  }

  static Refused refused(String why, Object... values) {
    return new Refused("tolerance", "tolerance.refused." + why, values);
  }
}
