package org.dandang.protection.closed;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.Packs;
import org.dandang.protection.MatterReview;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Asks the registers set by set; every question is about everybody the running thread sees. */
@Component
public class ClosedReview implements MatterReview {
  static final List<String> OUTCOMES =
      List.of("unfounded", "exonerated", "unproven", "mistake", "breach", "none");
  private static final int MOST_ROWS = 200_000;

  /**
   * Ranks reached that are higher on a pack's ladder than any reached before, later than the day on
   * which service began.
   */
  private static final String PROMOTIONS =
      """
      with ladder as (select * from unnest(cast(:packs as text[]), cast(:ranks as text[]), cast(:places as int[])) as t (pack, rank, place)),
      reached as (
        select r.official_id, r.rank, r.since, l.place, l.pack,
               max(l.place) over (partition by l.pack, r.official_id order by r.since, l.place
                                  rows between unbounded preceding and 1 preceding) as before
          from official.current_rank_held r join ladder l on l.rank = r.rank where r.since is not null),
      promotion as (
        select distinct on (r.official_id, r.rank, r.since) r.official_id, r.rank, r.since as promoted_on
          from reached r join official.current_identity i on i.official_id = r.official_id
         where (r.before is null or r.place > r.before) and (i.began_work is null or r.since > i.began_work)),
      within as (
        select p.official_id, p.rank, p.promoted_on, x.since, x.until, x.sanction
          from promotion p cross join lateral (
            select max(e.decided_on) as since, (array_agg(e.sanction_id order by e.decided_on desc, e.sanction_id desc))[1] as sanction,
                   protection.impact_until(e.decided_on, e.amount, e.unit, e.most order by e.decided_on, e.sanction_id) as until
              from protection.effects_on(p.promoted_on) e
             where e.official_id = p.official_id and e.effect = 'no-promotion') x
         where x.until > p.promoted_on)
      """;

  private final JdbcClient jdbc;
  private final Packs packs;
  private final ClosedCounts counts;

  ClosedReview(JdbcClient jdbc, Packs packs, ClosedCounts counts) {
    this.jdbc = jdbc;
    this.packs = packs;
    this.counts = counts;
  }

  /**
   * Somebody whom findings clear.
   *
   * @param open reports for which nothing was clarified yet
   */
  public record Cleared(
      long official,
      String label,
      long unfounded,
      long exonerated,
      long open,
      LocalDate first,
      LocalDate last) {}

  /**
   * Somebody who was promoted; the rest is null where it was within no impact period.
   *
   * @param since day of the newest measure it came of
   * @param until first day without it
   * @param sanction that measure
   */
  public record Promoted(
      long official,
      String label,
      String rank,
      LocalDate promotedOn,
      @Nullable LocalDate since,
      @Nullable LocalDate until,
      @Nullable Long sanction,
      @Nullable String measure,
      @Nullable String pack) {}

  @Override
  public Report over() {
    ClosedCounts.Counted counted = counts.now();
    Table promotions = promotions();
    List<Table> tables = new ArrayList<>();
    counted
        .tables()
        .forEach(table -> tables.add(table.id().equals("units") ? named(table) : table));
    tables.add(promotions);
    return new Report(
        new Basis(counted.imported(), counted.countedAt()),
        counted.matters(),
        counted.allegations(),
        counted.persons(),
        counted.officials(),
        counted.reports(),
        counted.cleared(),
        counted.reports() - clarified(),
        counted.measures(),
        sum(promotions, 0),
        sum(promotions, 1),
        tables);
  }

  /** Reports for which something is clarified already: those are few. */
  private long clarified() {
    return jdbc.sql(
            """
            select count(*) from protection.unfounded_report r
             where r.report_id in (select k.report_id from protection.clarification k)
               and exists (select from protection.allegation a where a.person_id = r.report_id)
            """)
        .query(Long.class)
        .single();
  }

  /** Units by the names they have today; the code of the file where none is known. */
  private Table named(Table units) {
    Map<String, String> names = new HashMap<>();
    jdbc.sql("select id, name from organisation.unit where id = any (?)")
        .param(
            units.groups().stream()
                .map(group -> group.keys().get(1))
                .filter(id -> !id.isEmpty())
                .map(Long::valueOf)
                .toArray(Long[]::new))
        .query(
            row -> {
              names.put(row.getString(1), row.getString(2));
            });
    return new Table(
        units.id(),
        units.columns(),
        units.groups().stream()
            .map(
                group -> {
                  String code = group.keys().getFirst();
                  return new Group(
                      List.of(code, names.getOrDefault(group.keys().get(1), code)),
                      group.numbers());
                })
            .toList());
  }

  private static long sum(Table table, int column) {
    return table.groups().stream().mapToLong(group -> group.numbers().get(column)).sum();
  }

  private Table promotions() {
    Ladder ladder = ladder();
    return new Table(
        "promotions",
        List.of("promotions", "within"),
        jdbc.sql(
                PROMOTIONS
                    + """
                    select extract(year from p.promoted_on)::text, count(*), count(w.official_id)
                      from promotion p left join within w on w.official_id = p.official_id and w.rank = p.rank and w.promoted_on = p.promoted_on
                     group by 1 order by 1
                    """)
            .params(ladder.parameters())
            .query((row, number) -> ClosedCounts.group(row, 1, 2))
            .list());
  }

  /** The ranks of all packs with closed matters, each from the lowest up. */
  private record Ladder(List<String> packs, List<String> ranks, List<Integer> places) {
    Map<String, Object> parameters() {
      return Map.of(
          "packs", packs.toArray(String[]::new),
          "ranks", ranks.toArray(String[]::new),
          "places", places.toArray(Integer[]::new));
    }
  }

  private Ladder ladder() {
    Ladder ladder = new Ladder(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (Pack pack : packs.all()) {
      if (LayoutReader.isOne(pack)) {
        LayoutReader.read(pack, finding -> {})
            .ifPresent(
                layout -> {
                  for (int i = 0; i < layout.ladder().size(); i++) {
                    ladder.packs().add(pack.id());
                    ladder.ranks().add(layout.ladder().get(i));
                    ladder.places().add(i);
                  }
                });
      }
    }
    return ladder;
  }

  /**
   * Who would have been cleared, those with most reports first.
   *
   * @param ended year in which matters were closed; null for any
   */
  List<Cleared> cleared(@Nullable Integer ended, String sort, int from, int most) {
    return jdbc.sql(
            """
            select r.official_id as official, coalesce(max(s.label), '') as label,
                   count(*) filter (where r.outcome = 'unfounded') as unfounded, count(*) filter (where r.outcome = 'exonerated') as exonerated,
                   count(*) filter (where not exists (select from protection.clarification k where k.report_id = r.report_id)) as open,
                   min(r.outcome_on) as first, max(r.outcome_on) as last
              from protection.unfounded_report r left join official.subject s on s.subject = r.official_id
             where r.report_id in (select a.person_id from protection.allegation a)
               and (cast(:ended as int) is null or extract(year from r.outcome_on) = :ended)
             group by r.official_id order by %s limit :most offset :from
            """
                .formatted(
                    switch (sort) {
                      case "name" -> "2, 1";
                      case "last" -> "max(r.outcome_on) desc, 1";
                      default -> "count(*) desc, 1";
                    }))
        .param("ended", ended, java.sql.Types.INTEGER)
        .param("most", Math.min(most, MOST_ROWS))
        .param("from", from)
        .query(Cleared.class)
        .list();
  }

  /**
   * Who was promoted, the newest first.
   *
   * @param all those within no impact period too
   */
  List<Promoted> promoted(@Nullable Integer year, boolean all, String sort, int from, int most) {
    return jdbc.sql(
            PROMOTIONS
                + """
                select p.official_id as official, coalesce(s.label, '') as label, p.rank, p.promoted_on, w.since, w.until, w.sanction,
                       n.measure, n.pack
                  from promotion p
                  left join within w on w.official_id = p.official_id and w.rank = p.rank and w.promoted_on = p.promoted_on
                  left join protection.sanction n on n.id = w.sanction
                  left join official.subject s on s.subject = p.official_id
                 where (:all or w.official_id is not null)
                   and (cast(:year as int) is null or extract(year from p.promoted_on) = :year)
                 order by %s limit :most offset :from
                """
                    .formatted(
                        switch (sort) {
                          case "name" -> "2, p.promoted_on, 1";
                          case "rank" -> "p.rank, p.promoted_on desc, 1";
                          case "until" -> "w.until desc nulls last, 1";
                          default -> "p.promoted_on desc, 1";
                        }))
        .params(ladder().parameters())
        .param("all", all)
        .param("year", year, java.sql.Types.INTEGER)
        .param("most", Math.min(most, MOST_ROWS))
        .param("from", from)
        .query(Promoted.class)
        .list();
  }
}
