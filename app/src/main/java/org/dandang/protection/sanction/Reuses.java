package org.dandang.protection.sanction;

import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.procedure.DecisionRegister;
import org.dandang.platform.procedure.Entered;
import org.dandang.platform.storage.Sights;
import org.dandang.policy.decision.Decision;
import org.dandang.policy.decision.Decisions;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.Packs;
import org.dandang.policy.pack.Part;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Decisions on use after discipline, each with its reasons beside what the policy proposed. They
 * are entered at a step: its first outcome means use, every other that it is not for now.
 */
@Component
class Reuses implements DecisionRegister {
  /** What is weighed, in the order of the table. */
  static final List<String> WEIGHED =
      List.of("cause", "conduct", "kind-of-sanction", "nature", "motive", "gravity");

  private final JdbcClient jdbc;
  private final Sanctions sanctions;
  private final Packs packs;
  private final Decisions decisions;
  private final OfficeCalendar office;
  private final Ledger ledger;
  private final JsonMapper json;
  private final Clock clock;

  Reuses(
      JdbcClient jdbc,
      Sanctions sanctions,
      Packs packs,
      Decisions decisions,
      OfficeCalendar office,
      Ledger ledger,
      JsonMapper json,
      Clock clock) {
    this.jdbc = jdbc;
    this.sanctions = sanctions;
    this.packs = packs;
    this.decisions = decisions;
    this.office = office;
    this.ledger = ledger;
    this.json = json;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return "reuse";
  }

  @Override
  public void enter(Entered entered) {
    Sights.everywhere(() -> entered(entered));
  }

  private void entered(Entered entered) {
    long official = entered.official();
    long id = entered.neededOnRecord("sanction");
    if (sanctions.find(id, office.today()).filter(one -> one.official() == official).isEmpty()) {
      throw Sanctions.refused("not-of-the-party");
    }
    LocalDate on = entered.neededDay("decided-on");
    boolean used =
        entered
            .matter()
            .procedure()
            .flow()
            .step(entered.node())
            .map(step -> step.outcomes().getFirst().equals(entered.outcome()))
            .orElseThrow();
    if (used
        && sanctions.impacts(official, on).stream()
            .anyMatch(impact -> impact.kind() == Effect.Kind.NO_PROMOTION && impact.holds(on))) {
      throw Sanctions.refused("period-runs");
    }
    Map<String, String> weighed = new LinkedHashMap<>();
    WEIGHED.forEach(one -> weighed.put(one, entered.answer(one).orElseThrow()));
    Optional<Decision> proposed =
        proposed(entered.matter().procedure().pack(), official, on, entered.actor());
    jdbc.sql(
            """
            insert into protection.reuse (official_id, sanction_id, matter_id, decision, use, decided_on, weighed, explanation,
                   opinion, reasons, proposed, proposed_by_rule, pack, recorded_at, recorded_by)
            values (:official, :sanction, :matter, :decision, :use, :on, cast(:weighed as jsonb), :explanation, :opinion,
                    (select reasons from platform.matter_step where matter_id = :matter and step = :step and state = 'done'
                      order by place desc limit 1),
                    :proposed, :rule, :pack, :now, :by)
            """)
        .param("official", official)
        .param("sanction", id)
        .param("matter", entered.matter().id())
        .param("decision", used ? "used" : "not-now")
        .param("use", entered.needed("use"))
        .param("on", on)
        .param("weighed", json.writeValueAsString(weighed))
        .param("explanation", entered.needed("explanation"))
        .param("opinion", entered.needed("opinion"))
        .param("step", entered.node())
        .param("proposed", proposed.map(Decision::outcome).orElse(null), java.sql.Types.VARCHAR)
        .param("rule", proposed.map(Decision::rule).orElse(null), java.sql.Types.VARCHAR)
        .param("pack", entered.matter().procedure().pack())
        .param("now", OffsetDateTime.now(clock))
        .param("by", entered.actor())
        .update();
    ledger.append(
        entered.actor(),
        "reuse-decided",
        "official",
        Long.toString(official),
        Map.of("matter", entered.matter().id(), "decision", used ? "used" : "not-now"));
  }

  /** What the policy of a pack proposes; empty where it has none or is not in force. */
  Optional<Decision> proposed(String id, long official, LocalDate day, String actor) {
    Optional<Pack> pack =
        packs.find(id).filter(one -> one.holds(Part.Policy.class) && one.inForce().covers(day));
    return pack.map(
        one -> Sights.everything(() -> decisions.prepare(one, day, official, null, actor)));
  }

  /** A page of the table, newest first. */
  List<Reuse> list(int from, int most) {
    return jdbc.sql(
            """
            select r.*, cast(r.weighed as text) as w, s.measure, s.pack as measure_pack, coalesce(o.label || ' · ' || o.key, r.official_id::text) as label
              from protection.reuse r join protection.sanction s on s.id = r.sanction_id
              left join official.subject o on o.subject = r.official_id
             order by r.decided_on desc, r.id desc limit ? offset ?
            """)
        .params(most, from)
        .query(
            (row, number) -> {
              Map<String, String> weighed = new LinkedHashMap<>();
              json.readValue(row.getString("w"), Map.class)
                  .forEach((what, how) -> weighed.put(String.valueOf(what), String.valueOf(how)));
              return new Reuse(
                  row.getLong("id"),
                  row.getLong("official_id"),
                  row.getString("label"),
                  row.getLong("sanction_id"),
                  row.getString("measure"),
                  row.getString("measure_pack"),
                  row.getLong("matter_id"),
                  row.getString("decision"),
                  row.getString("use"),
                  Objects.requireNonNull(row.getObject("decided_on", LocalDate.class)),
                  weighed,
                  row.getString("explanation"),
                  row.getString("opinion"),
                  row.getString("reasons"),
                  row.getString("proposed"),
                  row.getString("pack"));
            })
        .list();
  }
}
