package org.dandang.protection.tolerance;

import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The register of determinations of tolerance. */
@Component
public class Tolerances {
  private final JdbcClient jdbc;

  Tolerances(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Figures of one year.
   *
   * @param people determined about, once each
   */
  public record Year(int year, int matters, int people, int lighter, int completed) {}

  /** The determinations a reader sees, the newest first. */
  public List<ToleranceLine> list(int year, String outcome, int from, int most) {
    return jdbc.sql(
            """
            select t.id, t.matter_id as matter, t.pack, t.official_id as official, coalesce(s.label, '–') as person,
                   coalesce(u.name, '–') as unit, t.outcome, t.rule, t.clause, t.own_motion, t.decided_on,
                   coalesce(p.id, 0) as plan, coalesce(i.items, 0)::int as items, coalesce(i.verified, 0)::int as verified,
                   p.completed_on as completed
              from protection.tolerance t
              left join official.subject s on s.subject = t.official_id
              left join organisation.unit u on u.id = t.unit_id
              left join protection.correction_plan p on p.matter_id = t.matter_id
              left join lateral (select count(*) as items, count(*) filter (where state = 'verified') as verified
                                   from protection.correction_item where plan_id = p.id) i on true
             where (:year = 0 or t.decided_on >= make_date(:year, 1, 1) and t.decided_on < make_date(:year + 1, 1, 1))
               and (:outcome = '' or t.outcome = :outcome)
             order by t.decided_on desc, t.id desc limit :most offset :from
            """)
        .param("year", year)
        .param("outcome", outcome)
        .param("most", most)
        .param("from", from)
        .query(ToleranceLine.class)
        .list();
  }

  /** Figures by year of those a reader sees, the newest first. */
  public List<Year> years() {
    return jdbc.sql(
            """
            select extract(year from t.decided_on)::int as year, count(distinct t.matter_id)::int as matters,
                   count(distinct t.official_id)::int as people, (count(*) filter (where t.outcome = 'lighter'))::int as lighter,
                   (count(distinct t.matter_id) filter (where p.completed_on is not null))::int as completed
              from protection.tolerance t left join protection.correction_plan p on p.matter_id = t.matter_id
             group by 1 order by 1 desc
            """)
        .query(Year.class)
        .list();
  }

  /** Whether an error of an official is on record that is not to be counted on a day. */
  public boolean isNotCounted(long official, LocalDate day) {
    return jdbc.sql(
            """
            select exists (select from protection.not_counted
                            where official_id = ? and outcome = 'tolerate' and decided_on <= ?)
            """)
        .params(official, day)
        .query(Boolean.class)
        .single();
  }
}
