package org.dandang.protection.sanction;

import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.procedure.Figure;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Enters many decisions that were made elsewhere at once, from the temporary table {@code decided}
 * of the caller's transaction: official_id, unit_id, measure, decided_on, number, authority, cause,
 * line. What is on record already stays as it is.
 */
@Component
public class DecisionsInBulk {
  private final JdbcClient jdbc;
  private final JdbcTemplate batches;
  private final OfficeCalendar office;
  private final Ledger ledger;
  private final Clock clock;

  DecisionsInBulk(
      JdbcClient jdbc, JdbcTemplate batches, OfficeCalendar office, Ledger ledger, Clock clock) {
    this.jdbc = jdbc;
    this.batches = batches;
    this.ledger = ledger;
    this.office = office;
    this.clock = clock;
  }

  /**
   * Enters them with what they bring by the figures of their days.
   *
   * @param file and its hash: where they were read
   * @param figures of the pack on a day
   * @return how many were not on record before
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public long enter(
      String pack,
      String file,
      String hash,
      Function<LocalDate, Map<String, Figure>> figures,
      String actor) {
    jdbc.sql(
            """
            create temp table entered (id bigint, official_id bigint, measure text, decided_on date) on commit drop
            """)
        .update();
    int entered =
        jdbc.sql(
                """
                with new as (
                  insert into protection.sanction (official_id, unit_id, family, measure, pack, decided_on, number, authority, cause,
                         file_name, file_hash, line, recorded_at, recorded_by)
                  select d.official_id,
                         coalesce(d.unit_id, (select c.unit_id from official.counted_posts(d.official_id, :today) c order by 1 limit 1)),
                         split_part(d.measure, '-', 1), d.measure, :pack, d.decided_on, d.number, nullif(d.authority, ''),
                         nullif(d.cause, ''), :file, :hash, d.line, :now, :by
                    from decided d where d.decided_on <= :today
                  on conflict do nothing
                  returning id, official_id, measure, decided_on)
                insert into entered select id, official_id, measure, decided_on from new
                """)
            .param("today", office.today())
            .param("pack", pack)
            .param("file", file)
            .param("hash", hash)
            .param("now", OffsetDateTime.now(clock))
            .param("by", actor)
            .update();
    effects(figures);
    List<Long> officials =
        jdbc.sql("select distinct official_id from entered").query(Long.class).list();
    if (!officials.isEmpty()) {
      ledger.appendAbout(
          actor, "sanctions-imported", "official", officials, Map.of("entered", entered));
    }
    return entered;
  }

  private record Day(String measure, LocalDate decidedOn) {}

  /** What each measure brings by the figures in force on its day. */
  private void effects(Function<LocalDate, Map<String, Figure>> figures) {
    List<Object[]> rows = new ArrayList<>();
    Map<LocalDate, Map<String, Figure>> known = new HashMap<>();
    for (Day day :
        jdbc.sql("select distinct measure, decided_on from entered").query(Day.class).list()) {
      for (Effect effect :
          Effect.of(day.measure(), known.computeIfAbsent(day.decidedOn(), figures))) {
        rows.add(
            new Object[] {
              day.measure(),
              day.decidedOn(),
              effect.kind().word(),
              effect.amount(),
              effect.unit().word(),
              effect.most(),
              effect.figure(),
              effect.from(),
              effect.clause()
            });
      }
    }
    jdbc.sql(
            """
            create temp table entered_effect (measure text, decided_on date, effect text, amount int, unit text, most int,
              figure text, figure_from date, clause text) on commit drop
            """)
        .update();
    batches.batchUpdate("insert into entered_effect values (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows);
    jdbc.sql(
            """
            insert into protection.sanction_effect (sanction_id, official_id, effect, amount, unit, most, figure, figure_from, clause)
            select e.id, e.official_id, x.effect, x.amount, x.unit, x.most, x.figure, x.figure_from, x.clause
              from entered e join entered_effect x on x.measure = e.measure and x.decided_on = e.decided_on
            """)
        .update();
  }
}
