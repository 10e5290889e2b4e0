package org.dandang.protection.closed;

import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts staged matters on record, set by set: as leads that are closed. */
final class MatterStoring {
  static final String STAGE = "matter_stage";

  private final JdbcClient jdbc;
  private final Layout layout;
  private final String pack;

  MatterStoring(JdbcClient jdbc, Layout layout, String pack) {
    this.jdbc = jdbc;
    this.layout = layout;
    this.pack = pack;
  }

  void prepare() {
    jdbc.sql(
            """
            create temp table matter_stage (n bigint, line int, refusal text, key text, title text, received text, closed text,
              unit text, agency text, happened text, unit_id bigint, fate text) on commit drop
            """)
        .update();
  }

  /** Rows by what became of them, and what is on record now that was not before. */
  Map<String, Long> store(long importId, OffsetDateTime now, String actor) {
    jdbc.sql("analyze matter_stage").update();
    judge();
    long stored =
        jdbc.sql(
                """
                with lead as (
                  insert into protection.lead (source, reference, title, content, received_on, unit_id, clue, gravity, pack,
                         state, closed_on, channel, recorded_at, recorded_by)
                  select :source, s.key, s.title, :content, s.received::date, s.unit_id, :clue, :gravity, :pack,
                         'closed', s.closed::date, 'import', :now, :by
                    from matter_stage s where s.refusal is null and s.fate is null order by s.n
                  returning id, reference)
                insert into protection.closed_matter (lead_id, source, key, agency, happened_on, import_id, line)
                select l.id, :register, s.key, s.agency, nullif(s.happened, '')::date, :import, s.line
                  from lead l join matter_stage s on s.key = l.reference and s.refusal is null and s.fate is null
                """)
            .param("source", layout.passedOnBy())
            .param("content", layout.content())
            .param("clue", layout.clue())
            .param("gravity", layout.gravity())
            .param("pack", pack)
            .param("now", now)
            .param("by", actor)
            .param("register", layout.source())
            .param("import", importId)
            .update();
    Map<String, Long> made = new LinkedHashMap<>();
    made.put("matters", stored);
    return made;
  }

  private void judge() {
    jdbc.sql(
            """
            update matter_stage s set unit_id = u.id from organisation.unit u
             where s.refusal is null and u.source = ? and u.code = s.unit
            """)
        .param(layout.source())
        .update();
    jdbc.sql(
            """
            update matter_stage set refusal = concat_ws(E'\\x1f', 'unknown-unit', 'unit', unit)
             where refusal is null and unit_id is null
            """)
        .update();
    // Of several rows about one matter the first counts; another that says the same says nothing
    // new.
    jdbc.sql(
            """
            with first as (
              select distinct on (key) n, line, key, title, received, closed, unit_id, agency, happened
                from matter_stage where refusal is null order by key, n)
            update matter_stage s
               set fate = case when same then 'repeated' end,
                   refusal = case when not same then concat_ws(E'\\x1f', 'repeated', 'key', x.line) end
              from (select r.n, f.line,
                           (r.title, r.received, r.closed, r.unit_id, r.agency, r.happened)
                             is not distinct from (f.title, f.received, f.closed, f.unit_id, f.agency, f.happened) as same
                      from matter_stage r join first f on f.key = r.key and f.n < r.n where r.refusal is null) x
             where s.n = x.n
            """)
        .update();
    jdbc.sql(
            """
            update matter_stage s
               set fate = case when same then 'on-record' end,
                   refusal = case when not same then concat_ws(E'\\x1f', 'on-record-otherwise', 'key', x.number) end
              from (select r.n, l.number,
                           (r.title, r.received::date, r.closed::date, r.unit_id, r.agency, nullif(r.happened, '')::date)
                             is not distinct from (l.title, l.received_on, l.closed_on, l.unit_id, c.agency, c.happened_on) as same
                      from matter_stage r join protection.closed_matter c on c.source = ? and c.key = r.key
                      join protection.lead l on l.id = c.lead_id
                     where r.refusal is null and r.fate is null) x
             where s.n = x.n
            """)
        .param(layout.source())
        .update();
  }

  static long stored(JdbcClient jdbc, String table) {
    return jdbc.sql(
            "select count(*) from "
                + table
                + " where refusal is null and (fate is null or fate = 'linked')")
        .query(Long.class)
        .single();
  }

  static Map<String, Long> refused(JdbcClient jdbc, String table) {
    Map<String, Long> reasons = new LinkedHashMap<>();
    jdbc.sql(
            """
            select split_part(refusal, E'\\x1f', 1), count(*) from %s where refusal is not null
             group by 1 order by 2 desc, 1
            """
                .formatted(table))
        .query(
            row -> {
              reasons.put(row.getString(1), row.getLong(2));
            });
    return reasons;
  }
}
