package org.dandang.protection.sanction;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.procedure.Beginning;
import org.dandang.platform.procedure.Cases;
import org.dandang.platform.procedure.Figure;
import org.dandang.platform.procedure.Party;
import org.dandang.platform.procedure.Procedure;
import org.dandang.platform.procedure.Procedures;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Joint evaluations: the clock opens one for each end of a period that comes near, so that nobody's
 * period ends without one having been asked for.
 */
@Component
class Evaluations {
  static final String ACTOR = "clock";
  private static final String LEAD = "evaluation-lead-days";

  private final JdbcClient jdbc;
  private final Cases cases;
  private final Procedures procedures;
  private final OfficeCalendar office;
  private final Ledger ledger;
  private final TransactionTemplate transaction;
  private final String pack;

  Evaluations(
      JdbcClient jdbc,
      @Lazy Cases cases,
      Procedures procedures,
      OfficeCalendar office,
      Ledger ledger,
      TransactionTemplate transaction,
      @Value("${dandang.protection.evaluation:hubei/joint-evaluation}") String pack) {
    this.jdbc = jdbc;
    this.cases = cases;
    this.procedures = procedures;
    this.office = office;
    this.ledger = ledger;
    this.transaction = transaction;
    this.pack = pack;
  }

  private record Coming(long official, LocalDate until, @Nullable Long unit) {}

  /** Opens those that are due to be opened; how many. */
  int open() {
    LocalDate today = office.today();
    Optional<Procedure> procedure = procedures.find(pack, today, ACTOR);
    Figure lead = procedure.map(one -> one.figures().get(LEAD)).orElse(null);
    if (procedure.isEmpty() || lead == null) {
      return 0;
    }
    int opened = 0;
    for (Coming one : coming(today, lead.value().intValueExact(), procedure.get().from())) {
      open(one, today);
      opened++;
    }
    return opened;
  }

  /** Ends of periods no evaluation was opened for, since the rule holds. */
  private List<Coming> coming(LocalDate today, int lead, LocalDate since) {
    return jdbc.sql(
            """
            select i.official_id, i.until,
                   (select c.unit_id from official.counted_posts(i.official_id, :day) c order by 1 limit 1) as unit
              from protection.impact_on(:day) i
             where i.effect = 'no-promotion' and i.until <= cast(:day as date) + :lead and i.until >= :since
               and not exists (select from protection.evaluation e
                                where e.official_id = i.official_id and e.until = i.until)
             order by i.until, i.official_id
            """)
        .param("day", today)
        .param("lead", lead)
        .param("since", since)
        .query(
            (row, number) ->
                new Coming(
                    row.getLong(1),
                    row.getObject(2, LocalDate.class),
                    row.getObject(3, Long.class)))
        .list();
  }

  /** One that somebody began already, and that belongs to no end of a period yet. */
  private Optional<Long> begunByPerson(long official) {
    return jdbc.sql(
            """
            select m.id from platform.matter m join platform.matter_party p on p.matter_id = m.id
             where p.kind = 'official' and p.subject = ? and m.pack = ? and m.state in ('open', 'suspended')
               and not exists (select from protection.evaluation e where e.matter_id = m.id)
             order by m.id limit 1
            """)
        .params(official, pack)
        .query(Long.class)
        .optional();
  }

  /** Notes it and begins its matter where nobody has, both or neither. */
  private void open(Coming one, LocalDate today) {
    transaction.executeWithoutResult(
        status -> {
          Optional<Long> fresh =
              jdbc.sql(
                      """
                      insert into protection.evaluation (official_id, until, opened_on) values (?, ?, ?)
                      on conflict (official_id, until) do nothing returning id
                      """)
                  .params(one.official(), one.until(), today)
                  .query(Long.class)
                  .optional();
          if (fresh.isEmpty()) {
            return;
          }
          Long unit = one.unit();
          if (unit != null) {
            long matter =
                begunByPerson(one.official())
                    .orElseGet(
                        () ->
                            cases
                                .beginByClock(
                                    new Beginning(
                                        pack,
                                        unit,
                                        List.of(Party.official(one.official())),
                                        Map.of()))
                                .matter());
            jdbc.sql("update protection.evaluation set matter_id = ? where id = ?")
                .params(matter, fresh.get())
                .update();
          }
          ledger.append(
              ACTOR,
              "evaluation-opened",
              "official",
              Long.toString(one.official()),
              Map.of("until", one.until().toString()));
        });
  }

  /**
   * Whether there is a period to evaluate.
   *
   * @throws Refused when there is none, or it is evaluated already
   */
  void need(long official, LocalDate on) {
    boolean due =
        jdbc.sql(
                """
                select exists (
                  select from protection.impact_on(:on) i
                   where i.official_id = :official and i.effect = 'no-promotion'
                     and not exists (select from protection.evaluation e
                                      where e.official_id = i.official_id and e.until = i.until and e.evaluated_on is not null))
                """)
            .param("on", on)
            .param("official", official)
            .query(Boolean.class)
            .single();
    if (!due) {
      throw Sanctions.refused("nothing-to-evaluate");
    }
  }

  /**
   * Enters what an evaluation came to, in the caller's transaction; one that a person began belongs
   * to the end of the present period.
   */
  void enter(long official, long matter, String conduct, String view, LocalDate on, String actor) {
    int known =
        jdbc.sql(
                "update protection.evaluation set evaluated_on = ?, conduct = ?, view = ? where"
                    + " matter_id = ? and official_id = ?")
            .params(on, conduct, view, matter, official)
            .update();
    if (known == 0) {
      int written =
          jdbc.sql(
                  """
                  insert into protection.evaluation as e (official_id, until, opened_on, matter_id, evaluated_on, conduct, view)
                  select official_id, until, m.begun_on, m.id, :on, :conduct, :view
                    from protection.impact_on(:on) i join platform.matter m on m.id = :matter
                   where i.official_id = :official and i.effect = 'no-promotion'
                  on conflict (official_id, until) do update
                     set evaluated_on = excluded.evaluated_on, conduct = excluded.conduct, view = excluded.view
                   where e.evaluated_on is null
                  """)
              .param("on", on)
              .param("conduct", conduct)
              .param("view", view)
              .param("matter", matter)
              .param("official", official)
              .update();
      if (written == 0) {
        throw Sanctions.refused("nothing-to-evaluate");
      }
    }
    ledger.append(
        actor,
        "evaluation-entered",
        "official",
        Long.toString(official),
        Map.of("matter", matter, "conduct", conduct));
  }

  private static final String SELECT =
      """
      select e.*, coalesce(o.label || ' · ' || o.key, e.official_id::text) as label, s.step, s.due_on
        from protection.evaluation e
        left join official.subject o on o.subject = e.official_id
        left join platform.matter_step s on s.matter_id = e.matter_id and s.state = 'open'
      """;

  /** A page of them: those that are open, the nearest end first, or those that are over. */
  List<Evaluation> list(boolean over, int from, int most) {
    return asked(
        jdbc.sql(
                SELECT
                    + " where (e.evaluated_on is not null) = :over order by e.until"
                    + (over ? " desc" : "")
                    + ", e.id limit :most offset :from")
            .param("over", over)
            .param("most", most)
            .param("from", from));
  }

  List<Evaluation> of(long official) {
    return asked(
        jdbc.sql(SELECT + " where e.official_id = :official order by e.until desc")
            .param("official", official));
  }

  /** How many whose period is over by a day were never asked for; the rule says none. */
  int missing(LocalDate day) {
    LocalDate since = procedures.find(pack, day, ACTOR).map(Procedure::from).orElse(LocalDate.MAX);
    return since.equals(LocalDate.MAX)
        ? 0
        : (int) coming(day, 0, since).stream().filter(one -> !one.until().isAfter(day)).count();
  }

  private static List<Evaluation> asked(JdbcClient.StatementSpec sql) {
    return sql.query(
            (row, number) ->
                new Evaluation(
                    row.getLong("id"),
                    row.getLong("official_id"),
                    row.getString("label"),
                    row.getObject("until", LocalDate.class),
                    row.getObject("opened_on", LocalDate.class),
                    row.getObject("matter_id", Long.class),
                    row.getString("step"),
                    row.getObject("due_on", LocalDate.class),
                    row.getObject("evaluated_on", LocalDate.class),
                    row.getString("conduct")))
        .list();
  }
}
