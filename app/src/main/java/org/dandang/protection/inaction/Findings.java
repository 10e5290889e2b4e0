package org.dandang.protection.inaction;

import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.procedure.Attached;
import org.dandang.platform.procedure.Entered;
import org.dandang.platform.procedure.Figure;
import org.dandang.platform.procedure.Matter;
import org.dandang.protection.sanction.Decided;
import org.dandang.protection.sanction.Effect;
import org.dandang.protection.sanction.Sanctions;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What was found and decided of inaction and of fitness for a post; only procedures write here. */
@Component
class Findings {
  private final JdbcClient jdbc;
  private final Sanctions sanctions;
  private final Ledger ledger;
  private final Clock clock;

  Findings(JdbcClient jdbc, Sanctions sanctions, Ledger ledger, Clock clock) {
    this.jdbc = jdbc;
    this.sanctions = sanctions;
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * Enters what a procedure decided, for each official it is about.
   *
   * @param kind {@code inaction} or {@code stepping-down}
   * @param campaign null for stepping down, as the severity
   */
  void enter(
      Entered entered,
      String kind,
      String type,
      @Nullable Long campaign,
      @Nullable String severity) {
    Matter matter = entered.matter();
    List<Attached> evidence = entered.documents().getOrDefault("evidence", List.of());
    if (evidence.isEmpty()) {
      throw Campaigns.refused("no-evidence");
    }
    String measure = entered.needed("measure");
    LocalDate decidedOn = entered.neededDay("decided-on");
    if (severity != null) {
      graded(matter.figures(), severity, measure);
    }
    for (long official : matter.officials()) {
      Long sanction = null;
      if (!Effect.of(measure, matter.figures()).isEmpty()) {
        sanction =
            sanctions.enter(
                new Decided(
                    official,
                    matter.procedure().pack(),
                    measure,
                    decidedOn,
                    null,
                    null,
                    type,
                    null,
                    null,
                    severity,
                    matter.id(),
                    null),
                matter.figures(),
                entered.actor());
      }
      long id =
          jdbc.sql(
                  """
                  insert into protection.finding (kind, pack, campaign_id, official_id, unit_id, type, severity, measure, decided_on,
                         evidence, matter_id, sanction_id, recorded_at, recorded_by)
                  values (:kind, :pack, :campaign, :official, :unit, :type, :severity, :measure, :on, :evidence, :matter, :sanction, :now, :by)
                  returning id
                  """)
              .param("kind", kind)
              .param("pack", matter.procedure().pack())
              .param("campaign", campaign, java.sql.Types.BIGINT)
              .param("official", official)
              .param("unit", matter.unit())
              .param("type", type)
              .param("severity", severity, java.sql.Types.VARCHAR)
              .param("measure", measure)
              .param("on", decidedOn)
              .param("evidence", evidence.size())
              .param("matter", matter.id())
              .param("sanction", sanction, java.sql.Types.BIGINT)
              .param("now", OffsetDateTime.now(clock))
              .param("by", entered.actor())
              .query(Long.class)
              .single();
      ledger.append(
          entered.actor(),
          "finding-entered",
          "official",
          Long.toString(official),
          Map.of("finding", id, "kind", kind, "type", type, "measure", measure));
    }
  }

  /** A measure is taken only from the severity its figure names. */
  static void graded(Map<String, Figure> figures, String severity, String measure) {
    Figure is = figures.get("severity-" + severity);
    Figure least = figures.get(measure + "-least-severity");
    if (is == null || least == null || is.value().compareTo(least.value()) < 0) {
      throw Campaigns.refused("too-severe", least == null ? "" : least.clause());
    }
  }

  /** Those of a campaign, newest first. */
  List<Found> of(long campaign, int from, int most) {
    return asked(
        jdbc.sql(SELECT + " where f.campaign_id = ? order by f.id desc limit ? offset ?")
            .params(campaign, most, from));
  }

  /** Those who were adjusted, newest first. */
  List<Found> steppedDown(int from, int most) {
    return asked(
        jdbc.sql(SELECT + " where f.kind = 'stepping-down' order by f.id desc limit ? offset ?")
            .params(most, from));
  }

  private static final String SELECT =
      """
      select f.*, coalesce(o.label || ' · ' || o.key, f.official_id::text) as label
        from protection.finding f left join official.subject o on o.subject = f.official_id
      """;

  private static List<Found> asked(JdbcClient.StatementSpec sql) {
    return sql.query(
            (row, number) ->
                new Found(
                    row.getLong("id"),
                    row.getLong("official_id"),
                    row.getString("label"),
                    row.getString("pack"),
                    row.getString("type"),
                    row.getString("severity"),
                    row.getString("measure"),
                    row.getObject("decided_on", LocalDate.class),
                    row.getLong("matter_id")))
        .list();
  }

  /** How many of a campaign by kind and measure. */
  List<Counted> byTypeAndMeasure(long campaign) {
    return counted("campaign_id = ?", campaign);
  }

  /** How many stepped down by situation and way. */
  List<Counted> steppedDownByTypeAndMeasure() {
    return counted("kind = 'stepping-down' and 0 = ?", 0L);
  }

  private List<Counted> counted(String which, long value) {
    return jdbc.sql(
            "select type, measure, count(*) as count from protection.finding where "
                + which
                + " group by type, measure order by type, measure")
        .param(value)
        .query(Counted.class)
        .list();
  }

  /**
   * What persons put forward with evidence and is not decided yet: matters of a pack that are open,
   * of officials the reader sees.
   *
   * @param field of the start form that names the kind
   */
  List<OpenSituation> open(String pack, String field, @Nullable Long campaign) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("pack", pack);
    values.put("field", field);
    values.put("campaign", campaign == null ? "" : campaign.toString());
    return jdbc.sql(
            """
            select m.id as matter, coalesce(o.label || ' · ' || o.key, p.subject::text) as label, f.answers ->> :field as type, s.step, s.due_on as due
              from platform.matter m
              join platform.matter_step s on s.matter_id = m.id and s.state = 'open'
              join platform.matter_party p on p.matter_id = m.id and p.kind = 'official'
              join official.subject o on o.subject = p.subject
              join platform.matter_form f on f.matter_id = m.id and f.step_id is null and f.hash is not null
             where m.pack = :pack and m.state in ('open', 'suspended')
               and (:campaign = '' or regexp_replace(f.answers ->> 'campaign', '^.*· *', '') = :campaign)
             order by s.due_on nulls last, m.id limit 200
            """)
        .params(values)
        .query(OpenSituation.class)
        .list();
  }
}
