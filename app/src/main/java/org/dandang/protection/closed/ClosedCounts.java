package org.dandang.protection.closed;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.jobs.Recurring;
import org.dandang.platform.storage.Sight;
import org.dandang.platform.storage.Sights;
import org.dandang.protection.MatterReview;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * What there is to count about closed matters, counted once for each part of them that somebody
 * sees and kept with what it was counted from; counted again as soon as anything of it has changed,
 * by whoever asks first or by the clock.
 */
@Component
class ClosedCounts implements Recurring {
  private static final List<String> OUTCOMES = ClosedReview.OUTCOMES;
  private static final String BY_OUTCOME =
      """
      count(*) filter (where a.outcome = 'unfounded'), count(*) filter (where a.outcome = 'exonerated'),
      count(*) filter (where a.outcome = 'unproven'), count(*) filter (where a.outcome = 'mistake'),
      count(*) filter (where a.outcome = 'breach'), count(*) filter (where a.outcome is null)
      """;

  /** Counts nobody has asked for since are not counted again until somebody does. */
  private static final int RENEWED_DAYS = 30;

  private static final Logger LOG = LoggerFactory.getLogger(ClosedCounts.class);

  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final TransactionTemplate counting;
  private final OfficeCalendar office;
  private final Clock clock;

  ClosedCounts(
      JdbcClient jdbc,
      JsonMapper json,
      PlatformTransactionManager transactions,
      OfficeCalendar office,
      Clock clock) {
    this.jdbc = jdbc;
    this.json = json;
    this.counting = new TransactionTemplate(transactions);
    counting.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    counting.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    this.office = office;
    this.clock = clock;
  }

  /**
   * What was counted, with what from.
   *
   * @param changes how many changes of what it counts there had been
   * @param imported number of the last file taken in; 0 for none
   */
  record Counted(
      long changes,
      long imported,
      OffsetDateTime countedAt,
      long matters,
      long allegations,
      long persons,
      long officials,
      long reports,
      long cleared,
      long measures,
      List<MatterReview.Table> tables) {}

  /**
   * Which closed matters somebody sees.
   *
   * @param key the same for all who see the same
   * @param units over which the reader works, where that says all; null: everything, or something
   *     is hidden besides
   */
  private record Seen(String key, @Nullable Set<Long> units) {
    static final String ALL = "*";
  }

  /** The counts of what the running thread sees, as of now. */
  Counted now() {
    Sight sight = Sights.now();
    Seen seen = Sights.everything(() -> seen(sight));
    Counted counted = fresh(seen).orElseGet(() -> counted(seen));
    Sights.everywhere(() -> asked(seen));
    return counted;
  }

  @Override
  public String name() {
    return "closed-counts";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(1);
  }

  @Override
  public void run() {
    renew();
  }

  /** Counts again what has changed and was asked for lately, and all of them in any case. */
  void renew() {
    List<Seen> stale =
        Sights.everything(
            () ->
                jdbc.sql(
                        """
                        select seen, units from protection.closed_count
                         where changes <> (select count(*) from protection.closed_change)
                           and (units is not null or seen = '*') and asked_on > ?
                        union
                        select '*', null where exists (select from protection.closed_matter)
                           and not exists (select from protection.closed_count where seen = '*')
                        """)
                    .param(office.today().minusDays(RENEWED_DAYS))
                    .query((row, number) -> new Seen(row.getString(1), units(row)))
                    .list());
    for (Seen one : stale) {
      Sight sight = new Sight.Part(office.today(), one.units(), null, Set.of(), Set.of(), true, 0);
      Seen seen = Sights.everything(() -> seen(sight));
      try {
        Sights.as(sight, () -> counted(seen));
      } catch (DataAccessException e) {
        LOG.warn("Closed matters could not be counted again; whoever asks next counts them", e);
      }
    }
  }

  private static @Nullable Set<Long> units(ResultSet row) throws SQLException {
    java.sql.Array array = row.getArray("units");
    return array == null ? null : new HashSet<>(Arrays.asList((Long[]) array.getArray()));
  }

  private Seen seen(Sight sight) {
    return switch (sight) {
      case Sight.Nothing nothing -> new Seen("", null);
      case Sight.Everything everything -> new Seen(Seen.ALL, null);
      case Sight.Part part -> {
        List<Long> without = without(part);
        Set<Long> units = part.units();
        String within = units == null ? Seen.ALL : within(units).toString();
        yield without.isEmpty()
            ? new Seen(within, units)
            : new Seen(within + " without " + without, null);
      }
    };
  }

  /** Closed matters about the reader, or somebody hidden from the reader. */
  private List<Long> without(Sight.Part part) {
    Set<Long> apart = new HashSet<>(part.hidden());
    if (part.own() != null) {
      apart.add(part.own());
    }
    return apart.isEmpty()
        ? List.of()
        : jdbc.sql(
                """
                select distinct p.lead_id from protection.lead_person p
                  join protection.closed_matter c on c.lead_id = p.lead_id
                 where p.official_id = any (?) order by 1
                """)
            .param(apart.toArray(Long[]::new))
            .query(Long.class)
            .list();
  }

  private List<Long> within(Set<Long> units) {
    return jdbc.sql(
            """
            select c.unit_id from protection.closed_unit c join organisation.unit_line l on l.unit_id = c.unit_id
             where l.line && cast(? as bigint[]) order by 1
            """)
        .param(units.toArray(Long[]::new))
        .query(Long.class)
        .list();
  }

  private Optional<Counted> fresh(Seen seen) {
    return Sights.everything(
        () ->
            jdbc.sql(
                    """
                    select counts from protection.closed_count
                     where seen = ? and changes = (select count(*) from protection.closed_change)
                    """)
                .param(seen.key())
                .query(String.class)
                .optional()
                .map(text -> json.readValue(text, Counted.class)));
  }

  private void asked(Seen seen) {
    jdbc.sql(
            "update protection.closed_count set asked_on = :day where seen = :seen and asked_on <"
                + " :day")
        .param("day", office.today())
        .param("seen", seen.key())
        .update();
  }

  /** One at a time: whoever comes meanwhile waits for the same. */
  private synchronized Counted counted(Seen seen) {
    return fresh(seen)
        .orElseGet(
            () -> {
              Counted counted = Objects.requireNonNull(counting.execute(status -> countedNow()));
              Sights.everywhere(() -> keep(seen, counted));
              return counted;
            });
  }

  private Counted countedNow() {
    jdbc.sql("set local jit = off").update();
    OffsetDateTime now = OffsetDateTime.now(clock);
    return jdbc.sql(
            """
            select (select count(*) from protection.closed_change) as changes,
                   (select coalesce(max(id), 0) from protection.matter_import) as imported,
                   (select count(*) from protection.closed_matter) as matters,
                   (select count(*) from protection.allegation) as allegations,
                   (select count(distinct person_id) from protection.allegation) as persons,
                   (select count(distinct p.official_id) from protection.allegation a join protection.lead_person p on p.id = a.person_id) as officials,
                   count(*) as reports, count(distinct r.official_id) as cleared,
                   (select count(distinct a.sanction_id) from protection.allegation a) as measures
              from protection.unfounded_report r
             where r.report_id in (select a.person_id from protection.allegation a)
            """)
        .query(
            (row, number) ->
                new Counted(
                    row.getLong("changes"),
                    row.getLong("imported"),
                    now,
                    row.getLong("matters"),
                    row.getLong("allegations"),
                    row.getLong("persons"),
                    row.getLong("officials"),
                    row.getLong("reports"),
                    row.getLong("cleared"),
                    row.getLong("measures"),
                    List.of(years(), findings(), units(), durations(), clearances())))
        .single();
  }

  private void keep(Seen seen, Counted counted) {
    Set<Long> units = seen.units();
    jdbc.sql("delete from protection.closed_count where asked_on < ? and changes < ?")
        .params(office.today().minusDays(RENEWED_DAYS), counted.changes())
        .update();
    jdbc.sql(
            """
            insert into protection.closed_count (seen, units, changes, import_id, counted_at, asked_on, counts)
            values (:seen, :units, :changes, :imported, :at, :day, cast(:counts as jsonb))
            on conflict (seen) do update
               set units = excluded.units, changes = excluded.changes, import_id = excluded.import_id,
                   counted_at = excluded.counted_at, counts = excluded.counts
             where closed_count.changes <= excluded.changes
            """)
        .param("seen", seen.key())
        .param("units", units == null ? null : units.toArray(Long[]::new), Types.ARRAY)
        .param("changes", counted.changes())
        .param("imported", counted.imported())
        .param("at", counted.countedAt())
        .param("day", office.today())
        .param("counts", json.writeValueAsString(counted))
        .update();
  }

  private MatterReview.Table years() {
    return table(
        "years",
        OUTCOMES,
        1,
        "select extract(year from l.received_on)::text, "
            + BY_OUTCOME
            + " from protection.allegation a join protection.lead l on l.id = a.lead_id group by 1"
            + " order by 1");
  }

  private MatterReview.Table findings() {
    return table(
        "findings",
        List.of("allegations", "persons"),
        1,
        "select a.finding, count(*), count(distinct a.person_id) from protection.allegation a group"
            + " by 1 order by 2 desc, 1");
  }

  /** By the code a file has for the unit, and the unit's number, which is empty for none known. */
  private MatterReview.Table units() {
    return table(
        "units",
        OUTCOMES,
        2,
        "select a.unit_code, coalesce(max(a.unit_id)::text, ''), "
            + BY_OUTCOME
            + " from protection.allegation a group by a.unit_code order by count(*) desc, 1");
  }

  private MatterReview.Table durations() {
    return table(
        "durations",
        List.of("matters", "median", "ninetieth"),
        2,
        """
        select c.agency, extract(year from l.received_on)::text, count(*),
               round((percentile_cont(0.5) within group (order by l.closed_on - l.received_on))::numeric),
               round((percentile_cont(0.9) within group (order by l.closed_on - l.received_on))::numeric)
          from protection.closed_matter c join protection.lead l on l.id = c.lead_id
         group by 1, 2 order by 1, 2
        """);
  }

  private MatterReview.Table clearances() {
    return table(
        "clearances",
        List.of("unfounded", "exonerated", "officials"),
        1,
        """
        select extract(year from r.outcome_on)::text, count(*) filter (where r.outcome = 'unfounded'),
               count(*) filter (where r.outcome = 'exonerated'), count(distinct r.official_id)
          from protection.unfounded_report r
         where r.report_id in (select a.person_id from protection.allegation a)
         group by 1 order by 1
        """);
  }

  private MatterReview.Table table(String id, List<String> columns, int keys, String sql) {
    return new MatterReview.Table(
        id, columns, jdbc.sql(sql).query((row, number) -> group(row, keys, columns.size())).list());
  }

  /** A row of so many words, then so many numbers. */
  static MatterReview.Group group(ResultSet row, int keys, int numbers) throws SQLException {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= keys; i++) {
      names.add(row.getString(i));
    }
    List<Long> values = new ArrayList<>();
    for (int i = 1; i <= numbers; i++) {
      values.add(row.getLong(keys + i));
    }
    return new MatterReview.Group(names, values);
  }
}
