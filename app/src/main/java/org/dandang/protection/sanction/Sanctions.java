package org.dandang.protection.sanction;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.procedure.Figure;
import org.dandang.platform.web.Refused;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The register of measures. What a measure brings is fixed when it is entered, by the figures given
 * with it; until when is computed for whatever day is asked about.
 */
@Component
public class Sanctions {
  static final String SUBJECT = "sanction";
  private static final String COLUMNS =
      """
      select s.*, coalesce(o.label || ' · ' || o.key, s.official_id::text) as label, m.until,
             case when s.revoked_on <= :day then 'REVOKED'
                  when not exists (select from protection.sanction_effect e where e.sanction_id = s.id) then 'LASTING'
                  when m.until > :day then 'RUNNING' else 'LAPSED' end as state
        from protection.sanction s
        left join official.subject o on o.subject = s.official_id
      """;
  private static final String UNTIL =
      "coalesce(max(until) filter (where effect <> 'no-award'), max(until)) as until from"
          + " protection.measures_on(:day)";

  /** For a few: the measures of the same person alone are looked at. */
  private static final String EACH =
      COLUMNS
          + " left join lateral (select "
          + UNTIL
          + " x where x.official_id = s.official_id and x.sanction_id = s.id) m on true";

  /** For many: all measures are looked at, once. */
  private static final String ALL =
      COLUMNS
          + " left join (select sanction_id, "
          + UNTIL
          + " group by sanction_id) m on m.sanction_id = s.id";

  private final JdbcClient jdbc;
  private final Ledger ledger;
  private final Clock clock;
  private final OfficeCalendar office;

  Sanctions(JdbcClient jdbc, Ledger ledger, Clock clock, OfficeCalendar office) {
    this.jdbc = jdbc;
    this.ledger = ledger;
    this.clock = clock;
    this.office = office;
  }

  /**
   * Enters a measure, in the caller's transaction.
   *
   * @param figures of its pack, as they stood when it was decided
   * @return its number
   * @throws Refused when it is of a later day, or on record already
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public long enter(Decided decided, Map<String, Figure> figures, String actor) {
    notAhead(decided.decidedOn());
    List<Effect> effects = Effect.of(decided.measure(), figures);
    Decided.Origin origin = decided.origin();
    long id =
        jdbc.sql(
                """
                insert into protection.sanction (official_id, unit_id, family, measure, pack, decided_on, number, authority,
                       cause, nature, motive, gravity, matter_id, file_name, file_hash, line, recorded_at, recorded_by)
                values (:official, (select c.unit_id from official.counted_posts(:official, :day) c order by 1 limit 1),
                        :family, :measure, :pack, :on, :number, :authority, :cause, :nature, :motive, :gravity, :matter,
                        :file, :hash, :line, :now, :by)
                on conflict do nothing returning id
                """)
            .param("official", decided.official())
            .param("day", office.today())
            .param("family", Effect.family(decided.measure()))
            .param("measure", decided.measure())
            .param("pack", decided.pack())
            .param("on", decided.decidedOn())
            .param("number", decided.number(), Types.VARCHAR)
            .param("authority", decided.authority(), Types.VARCHAR)
            .param("cause", decided.cause(), Types.VARCHAR)
            .param("nature", decided.nature(), Types.VARCHAR)
            .param("motive", decided.motive(), Types.VARCHAR)
            .param("gravity", decided.gravity(), Types.VARCHAR)
            .param("matter", decided.matter(), Types.BIGINT)
            .param("file", origin == null ? null : origin.file(), Types.VARCHAR)
            .param("hash", origin == null ? null : origin.hash(), Types.VARCHAR)
            .param("line", origin == null ? null : origin.line(), Types.INTEGER)
            .param("now", OffsetDateTime.now(clock))
            .param("by", actor)
            .query(Long.class)
            .optional()
            .orElseThrow(() -> refused("twice", decided.decidedOn()));
    for (Effect effect : effects) {
      jdbc.sql(
              """
              insert into protection.sanction_effect (sanction_id, official_id, effect, amount, unit, most, figure, figure_from, clause)
              values (:id, :official, :effect, :amount, :unit, :most, :figure, :from, :clause)
              """)
          .param("id", id)
          .param("official", decided.official())
          .param("effect", effect.kind().word())
          .param("amount", effect.amount())
          .param("unit", effect.unit().word())
          .param("most", effect.most(), Types.INTEGER)
          .param("figure", effect.figure())
          .param("from", effect.from())
          .param("clause", effect.clause())
          .update();
    }
    Map<String, Object> detail = new HashMap<>();
    detail.put("official", decided.official());
    detail.put("measure", decided.measure());
    detail.put("decided", decided.decidedOn().toString());
    detail.put("matter", decided.matter());
    detail.put("effects", effects.size());
    ledger.append(actor, "sanction-entered", SUBJECT, Long.toString(id), detail);
    return id;
  }

  /** Refuses a day that lies ahead. */
  void notAhead(LocalDate day) {
    if (day.isAfter(office.today())) {
      throw refused("later-day", day);
    }
  }

  /** Refuses a measure that is on record already. */
  void notTwice(long official, String measure, LocalDate on, String number) {
    boolean there =
        jdbc.sql(
                """
                select exists (select from protection.sanction
                                where official_id = ? and measure = ? and decided_on = ? and coalesce(number, '') = ?)
                """)
            .params(official, measure, on, number)
            .query(Boolean.class)
            .single();
    if (there) {
      throw refused("twice", on);
    }
  }

  /** A measure as it stands on a day. */
  public Optional<Sanction> find(long id, LocalDate day) {
    return jdbc.sql(EACH + " where s.id = :id")
        .param("day", day)
        .param("id", id)
        .query((row, number) -> sanction(row, effects(List.of(id))))
        .optional();
  }

  /** Those of an official as they stand on a day, newest first. */
  public List<Sanction> of(long official, LocalDate day) {
    return named(
        jdbc.sql(EACH + " where s.official_id = :official order by s.decided_on desc, s.id desc")
            .param("day", day)
            .param("official", official));
  }

  /**
   * A page of the register as it stands on a day, newest first, of those the reader sees.
   *
   * @param state empty: every
   * @param family empty: every
   */
  List<Sanction> list(LocalDate day, String state, String family, int from, int most) {
    return named(
        jdbc.sql(
                "select * from ("
                    + ALL
                    + " where s.decided_on <= :day and (:family = '' or s.family = :family)) x"
                    + " where (:state = '' or state = :state) order by decided_on desc, id desc"
                    + " limit :most offset :from")
            .param("day", day)
            .param("state", state.toUpperCase(java.util.Locale.ROOT))
            .param("family", family)
            .param("most", most)
            .param("from", from));
  }

  /** How many measures stand how on a day. */
  Map<String, Long> counts(LocalDate day) {
    Map<String, Long> counts = new LinkedHashMap<>();
    jdbc.sql(
            "select state, count(*) from (" + ALL + " where s.decided_on <= :day) x group by state")
        .param("day", day)
        .query(
            row -> {
              counts.put(row.getString(1).toLowerCase(java.util.Locale.ROOT), row.getLong(2));
            });
    return counts;
  }

  /** What counts against an official on a day, what has lapsed by then included. */
  public List<Impact> impacts(long official, LocalDate day) {
    return jdbc.sql(
            """
            select effect, min(decided_on) as since,
                   protection.impact_until(decided_on, amount, unit, most order by decided_on, sanction_id) as until
              from protection.effects_on(:day) where official_id = :official group by effect order by effect
            """)
        .param("day", day)
        .param("official", official)
        .query(
            (row, number) ->
                new Impact(
                    Effect.Kind.of(row.getString("effect")),
                    row.getObject("since", LocalDate.class),
                    row.getObject("until", LocalDate.class)))
        .list();
  }

  /**
   * Revokes a measure, in the caller's transaction: from that day it counts no more.
   *
   * @throws Refused when it is revoked already, or the day lies before it or ahead
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void revoke(long id, Revocation revocation, String actor) {
    LocalDate on = revocation.on();
    if (on.isAfter(office.today())) {
      throw refused("later-day", on);
    }
    int changed =
        jdbc.sql(
                """
                update protection.sanction
                   set revoked_on = :on, revoked_at = :now, revoked_by = :by, revoked_ground = :ground,
                       revoked_matter = :matter, restored = :restored, clearing_scope = :scope, clearing_due_on = :due
                 where id = :id and revoked_on is null and decided_on <= :on
                """)
            .param("on", on)
            .param("now", OffsetDateTime.now(clock))
            .param("by", actor)
            .param("ground", revocation.ground())
            .param("matter", revocation.matter())
            .param("restored", revocation.restored())
            .param("scope", revocation.scope())
            .param("due", revocation.clearingDueOn())
            .param("id", id)
            .update();
    if (changed == 0) {
      throw refused("not-revoked", on);
    }
    ledger.append(
        actor,
        "sanction-revoked",
        SUBJECT,
        Long.toString(id),
        Map.of("on", on.toString(), "matter", revocation.matter()));
  }

  /**
   * How a measure was revoked.
   *
   * @param restored what is restored, in words
   * @param scope where the name is to be cleared
   */
  public record Revocation(
      LocalDate on,
      String ground,
      String restored,
      String scope,
      LocalDate clearingDueOn,
      long matter) {}

  /** Records that the name was cleared; whether it was still to be. */
  @Transactional
  public boolean cleared(long id, LocalDate on, String actor) {
    boolean done =
        jdbc.sql(
                    """
                    update protection.sanction set cleared_on = ?
                     where id = ? and revoked_on is not null and cleared_on is null and revoked_on <= ?
                    """)
                .params(on, id, on)
                .update()
            > 0;
    if (done) {
      ledger.append(
          actor, "sanction-name-cleared", SUBJECT, Long.toString(id), Map.of("on", on.toString()));
    }
    return done;
  }

  private List<Sanction> named(JdbcClient.StatementSpec asked) {
    List<Sanction> bare = asked.query((row, number) -> sanction(row, Map.of())).list();
    Map<Long, List<Effect>> effects = effects(bare.stream().map(Sanction::id).toList());
    return bare.stream().map(one -> one.with(effects.getOrDefault(one.id(), List.of()))).toList();
  }

  private Map<Long, List<Effect>> effects(List<Long> ids) {
    Map<Long, List<Effect>> effects = new HashMap<>();
    jdbc.sql(
            "select * from protection.sanction_effect where sanction_id = any (?) order by"
                + " sanction_id, effect")
        .param(ids.toArray(Long[]::new))
        .query(
            row -> {
              effects
                  .computeIfAbsent(row.getLong("sanction_id"), id -> new ArrayList<>())
                  .add(
                      new Effect(
                          Effect.Kind.of(row.getString("effect")),
                          row.getInt("amount"),
                          row.getString("unit").equals("year")
                              ? Effect.Unit.YEAR
                              : Effect.Unit.MONTH,
                          row.getObject("most", Integer.class),
                          row.getString("figure"),
                          row.getObject("figure_from", LocalDate.class),
                          row.getString("clause")));
            });
    return effects;
  }

  private static Sanction sanction(ResultSet row, Map<Long, List<Effect>> effects)
      throws SQLException {
    long id = row.getLong("id");
    return new Sanction(
        id,
        row.getLong("official_id"),
        row.getString("label"),
        row.getString("family"),
        row.getString("measure"),
        row.getString("pack"),
        row.getObject("decided_on", LocalDate.class),
        row.getString("number"),
        row.getString("authority"),
        row.getString("cause"),
        row.getString("nature"),
        row.getString("motive"),
        row.getString("gravity"),
        row.getObject("matter_id", Long.class),
        row.getString("file_name"),
        row.getObject("line", Integer.class),
        row.getObject("recorded_at", OffsetDateTime.class),
        row.getString("recorded_by"),
        row.getObject("revoked_on", LocalDate.class),
        row.getString("revoked_ground"),
        row.getString("restored"),
        row.getString("clearing_scope"),
        row.getObject("clearing_due_on", LocalDate.class),
        row.getObject("cleared_on", LocalDate.class),
        row.getObject("until", LocalDate.class),
        Sanction.State.valueOf(row.getString("state")),
        effects.getOrDefault(id, List.of()));
  }

  static Refused refused(String key, @Nullable Object... values) {
    return new Refused("sanction", "sanction.refused." + key, values);
  }
}
