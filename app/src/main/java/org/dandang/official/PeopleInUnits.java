package org.dandang.official;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dandang.official.search.OfficialSearch;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many people serve in units or within them. */
@Component
class PeopleInUnits {
  private final OfficialSearch search;
  private final JdbcClient jdbc;

  PeopleInUnits(OfficialSearch search, JdbcClient jdbc) {
    this.search = search;
    this.jdbc = jdbc;
  }

  /** Today; none is left out. */
  Map<Long, Long> today(List<Long> units) {
    return search.inUnits(units);
  }

  /** On a day, one question for all of them; units without people are left out. */
  Map<Long, Long> on(List<Long> units, LocalDate on) {
    Map<Long, Long> counts = new HashMap<>();
    jdbc.sql(
            """
            with recursive within as (
              select id as top, id from organisation.unit where id = any(:units)
              union all
              select w.top, u.unit_id from within w
                join organisation.unit_description u on u.parent_id = w.id and u.superseded_at is null
                 and (u.starts_on is null or u.starts_on <= :on) and (u.ends_on is null or u.ends_on > :on))
            select w.top, count(distinct p.official_id) as people
              from within w
              join official.posting p on p.unit_id = w.id and p.superseded_at is null
               and p.starts_on <= :on and (p.ends_on is null or p.ends_on > :on)
             group by w.top
            """)
        .param("units", units.toArray(Long[]::new))
        .param("on", on)
        .query(
            row -> {
              counts.put(row.getLong("top"), row.getLong("people"));
            });
    return counts;
  }
}
