package org.dandang.insight;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dandang.insight.Dashboard.Count;
import org.dandang.platform.storage.Sight;
import org.dandang.platform.storage.Sights;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts the dashboard, at most once a minute, each chart by one question to the database. */
@Component
class Counting {
  static final Duration KEPT = Duration.ofSeconds(60);

  /** Years shown, the present one included. */
  static final int YEARS = 15;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final ZoneId zone;
  private final Map<String, Kept> kept = new LinkedHashMap<>();

  private record Kept(Instant counted, Dashboard dashboard) {}

  Counting(JdbcClient jdbc, Clock clock, @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.zone = zone;
  }

  /** The dashboard of today; whoever comes while it is being counted waits for the same one. */
  synchronized Dashboard dashboard() {
    Instant now = clock.instant();
    kept.values().removeIf(each -> !now.isBefore(each.counted().plus(KEPT)));
    Sight sight = Sights.now();
    String seen = sight.ofAll() ? "" : sight.text();
    Kept before = kept.get(seen);
    if (before != null) {
      return before.dashboard();
    }
    LocalDate day = LocalDate.ofInstant(now, zone);
    Dashboard dashboard = Sights.wide(() -> count(day));
    if (!dashboard.isEmpty()) {
      kept.put(seen, new Kept(now, dashboard));
    }
    return dashboard;
  }

  private Dashboard count(LocalDate day) {
    List<Count> ages = ages(day);
    List<Count> ranks = ranks(day);
    List<Count> levels = levels(day);
    List<Count> frontLineYears = frontLineYears(day);
    List<Count> promotionYears = promotionYears(day);
    String year = Integer.toString(day.getYear());
    return jdbc.sql(
            """
            select (select count(*) from official.current_identity) as officials,
                   (select count(*) from official.current_identity where status = 'serving') as serving,
                   (select count(*) from organisation.unit_level) as units,
                   (select count(distinct f.official_id)
                      from official.front_line_service f
                      join official.current_identity i on i.official_id = f.official_id and i.status = 'serving'
                     where f.starts_on <= :day and (f.ends_on is null or f.ends_on > :day)) as front_line,
                   (select count(*) from official.flagged) as flagged,
                   (select count(*) from official.taken_in) as imports
            """)
        .param("day", day)
        .query(
            (row, number) ->
                new Dashboard(
                    day,
                    row.getLong("officials"),
                    row.getLong("serving"),
                    row.getLong("units"),
                    row.getLong("front_line"),
                    promotionYears.stream()
                        .filter(count -> year.equals(count.group()))
                        .mapToLong(Count::number)
                        .sum(),
                    row.getLong("flagged"),
                    row.getLong("imports"),
                    ages,
                    ranks,
                    levels,
                    frontLineYears,
                    promotionYears))
        .single();
  }

  /** Bands of five years by their first; the last one is open. */
  private List<Count> ages(LocalDate day) {
    return counts(
        """
        select case when born is not null
                 then least(60, greatest(15, 5 * (extract(year from age(:day, born))::int / 5)))::text
               end as part_of,
               sex::text as part, count(*) as number
          from official.current_identity
         where status = 'serving'
         group by 1, 2
        """,
        day);
  }

  private List<Count> ranks(LocalDate day) {
    return counts(
        """
        select r.rank as part_of, '' as part, count(*) as number
          from official.current_identity i
          left join (select distinct on (official_id) official_id, rank
                       from official.rank_in_order
                      where since is null or since <= :day
                      order by official_id, (said_from <= :day) desc, said_from desc, id desc) r on r.official_id = i.official_id
         where i.status = 'serving'
         group by 1
         order by 3 desc, 1
        """,
        day);
  }

  private List<Count> levels(LocalDate day) {
    return counts(
        """
        select u.level as part_of, '' as part, count(*) as number
          from official.current_identity i
          left join (select distinct on (official_id) official_id, unit_id
                       from official.current_posting
                      where kind = 'regular'
                        and (starts_on is null or starts_on <= :day)
                        and (ends_on is null or ends_on > :day)
                      order by official_id, starts_on desc nulls last, id desc) p on p.official_id = i.official_id
          left join organisation.unit_level u on u.unit_id = p.unit_id
         where i.status = 'serving'
         group by 1
        """,
        day);
  }

  private List<Count> frontLineYears(LocalDate day) {
    return counts(
        """
        select extract(year from starts_on)::int::text as part_of,
               case when kind in ('first-secretary', 'task-force') then kind else 'township' end as part,
               count(*) as number
          from official.front_line_service
         where starts_on >= :first and starts_on <= :day
         group by 1, 2
        """,
        day);
  }

  private List<Count> promotionYears(LocalDate day) {
    return counts(
        """
        select extract(year from promoted_on)::int::text as part_of,
               case when front_line then 'with' else 'without' end as part, count(*) as number
          from (select p.promoted_on,
                       exists (select from official.front_line_service f
                                where f.official_id = p.official_id and f.starts_on < p.promoted_on) as front_line
                  from selection.promotion p
                 where p.promoted_on >= :first and p.promoted_on <= :day) as promotions
         group by 1, 2
        """,
        day);
  }

  private List<Count> counts(String sql, LocalDate day) {
    JdbcClient.StatementSpec question = jdbc.sql(sql).param("day", day);
    if (sql.contains(":first")) {
      question = question.param("first", LocalDate.of(day.getYear() - YEARS + 1, 1, 1));
    }
    return question
        .query(
            (row, number) ->
                new Count(row.getString("part_of"), row.getString("part"), row.getLong("number")))
        .list();
  }
}
