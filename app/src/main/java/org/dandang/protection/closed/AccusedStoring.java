package org.dandang.protection.closed;

import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Puts staged accusations on record, set by set: the persons of the matters, what each was accused
 * of, and what all of it came to for each.
 */
final class AccusedStoring {
  static final String STAGE = "accused_stage";

  private final JdbcClient jdbc;
  private final Layout layout;

  AccusedStoring(JdbcClient jdbc, Layout layout) {
    this.jdbc = jdbc;
    this.layout = layout;
  }

  void prepare() {
    jdbc.sql(
            """
            create temp table accused_stage (n bigint, line int, refusal text, key text, official text, apart text, unit text,
              post text, about text, code text, finding text, outcome text, penalty text, measure text, said text,
              lead_id bigint, closed_on date, official_id bigint, unit_id bigint, who text, twin int, person_id bigint,
              fate text) on commit drop
            """)
        .update();
  }

  Map<String, Long> store(long importId, OffsetDateTime now, String actor) {
    jdbc.sql("analyze accused_stage").update();
    know();
    jdbc.sql("analyze accused_stage").update();
    recall();
    Map<String, Long> made = new LinkedHashMap<>();
    made.put("persons", (long) persons(now, actor));
    made.put("persons-linked", (long) link(now, actor));
    jdbc.sql("analyze accused_stage").update();
    made.put(
        "allegations",
        (long)
            jdbc.sql(
                    """
                    insert into protection.allegation (lead_id, person_id, who, said, twin, about, code, finding, outcome, penalty,
                           measure, unit_code, unit_id, import_id, line)
                    select lead_id, person_id, who, said, twin, about, code, finding, nullif(outcome, ''), penalty,
                           nullif(measure, ''), unit, unit_id, :import, line
                      from accused_stage where refusal is null and fate is null order by n
                    """)
                .param("import", importId)
                .update());
    settle();
    return made;
  }

  /** Which matters, officials and units the rows speak of. */
  private void know() {
    jdbc.sql(
            """
            update accused_stage s set lead_id = c.lead_id, closed_on = l.closed_on
              from protection.closed_matter c join protection.lead l on l.id = c.lead_id
             where s.refusal is null and c.source = ? and c.key = s.key
            """)
        .param(layout.source())
        .update();
    jdbc.sql(
            """
            update accused_stage set refusal = concat_ws(E'\\x1f', 'no-such-matter', 'key', key)
             where refusal is null and lead_id is null
            """)
        .update();
    // A person of several keys is one: the key of the record stands for all of them.
    jdbc.sql(
            """
            update accused_stage s
               set official_id = k.official_id, who = 'key ' || o.key
              from official.known_as k join official.official o on o.id = k.official_id
             where s.refusal is null and s.official <> '' and k.source = ? and k.key = s.official
            """)
        .param(layout.source())
        .update();
    jdbc.sql(
            """
            update accused_stage set who = case when official = '' then 'like ' || apart else 'key ' || official end
             where refusal is null and who is null
            """)
        .update();
    jdbc.sql(
            """
            update accused_stage s set unit_id = u.id from organisation.unit u
             where s.refusal is null and u.source = ? and u.code = s.unit
            """)
        .param(layout.source())
        .update();
    jdbc.sql(
            """
            update accused_stage s set twin = t.twin
              from (select n, row_number() over (partition by lead_id, said order by n) as twin
                      from accused_stage where refusal is null) t
             where s.n = t.n
            """)
        .update();
  }

  /** What is on record already, and the persons the matters have. */
  private void recall() {
    jdbc.sql(
            """
            update accused_stage s set fate = 'on-record', person_id = a.person_id
              from protection.allegation a
             where s.refusal is null and a.lead_id = s.lead_id and a.said = s.said and a.twin = s.twin
            """)
        .update();
    jdbc.sql(
            """
            update accused_stage s set person_id = p.person_id
              from (select distinct a.lead_id, a.who, a.person_id from protection.allegation a) p
             where s.refusal is null and s.person_id is null and p.lead_id = s.lead_id and p.who = s.who
            """)
        .update();
  }

  private int persons(OffsetDateTime now, String actor) {
    jdbc.sql(
            """
            create temp table person_stage on commit drop as
            select s.lead_id, s.who, min(s.n) as n,
                   row_number() over (partition by s.lead_id order by min(s.n))
                     + coalesce((select max(p.place) from protection.lead_person p where p.lead_id = s.lead_id), 0) as place
              from accused_stage s
             where s.refusal is null and s.person_id is null
             group by s.lead_id, s.who
            """)
        .update();
    jdbc.sql("analyze person_stage").update();
    int persons =
        jdbc.sql(
                """
                insert into protection.lead_person (lead_id, place, name, unit_name, post, official_id, linked_at, linked_by, reason)
                select p.lead_id, p.place, case when s.official = '' then :nameless else s.official end,
                       coalesce(u.name, s.unit), s.post, s.official_id,
                       case when s.official_id is not null then cast(:now as timestamptz) end,
                       case when s.official_id is not null then :by end,
                       case when s.official_id is not null then :because end
                  from person_stage p join accused_stage s on s.n = p.n
                  left join organisation.unit u on u.id = s.unit_id
                 order by p.lead_id, p.place
                """)
            .param("nameless", layout.nameless())
            .param("now", now)
            .param("by", actor)
            .param("because", layout.because())
            .update();
    jdbc.sql(
            """
            update accused_stage s set person_id = l.id
              from person_stage p join protection.lead_person l on l.lead_id = p.lead_id and l.place = p.place
             where s.refusal is null and s.person_id is null and p.lead_id = s.lead_id and p.who = s.who
            """)
        .update();
    return persons;
  }

  /** Persons whom nobody knew when they were taken in and who are on record by now. */
  private int link(OffsetDateTime now, String actor) {
    jdbc.sql(
            """
            update accused_stage s set fate = 'linked'
              from protection.lead_person p
             where s.fate = 'on-record' and s.official_id is not null and p.id = s.person_id
               and p.official_id is null and p.set_aside is null
            """)
        .update();
    return jdbc.sql(
            """
            update protection.lead_person p
               set official_id = s.official_id, linked_at = :now, linked_by = :by, reason = :because
              from (select distinct person_id, official_id from accused_stage where fate = 'linked') s
             where p.id = s.person_id
            """)
        .param("now", now)
        .param("by", actor)
        .param("because", layout.because())
        .update();
  }

  /** What all that was alleged comes to, for each person something new was alleged of. */
  private void settle() {
    jdbc.sql(
            """
            create temp table settled on commit drop as
            select a.person_id, a.lead_id, protection.outcome_of(array_agg(a.outcome)) as outcome
              from (select distinct person_id from accused_stage where refusal is null and fate is null) t
              join protection.allegation a on a.person_id = t.person_id
             group by a.person_id, a.lead_id
            """)
        .update();
    jdbc.sql("analyze settled").update();
    jdbc.sql(
            """
            update protection.lead_person p
               set outcome = x.outcome, outcome_on = case when x.outcome is not null then l.closed_on end
              from settled x join protection.lead l on l.id = x.lead_id
             where p.id = x.person_id and p.outcome is distinct from x.outcome
            """)
        .update();
  }

  /** Officials on whose record something stands now that did not before. */
  List<Long> officials() {
    return jdbc.sql(
            """
            select distinct official_id from accused_stage
             where official_id is not null and refusal is null and (fate is null or fate = 'linked')
            """)
        .query(Long.class)
        .list();
  }

  /**
   * Measures that penalties come to, staged for the register of measures: only where the accusation
   * was found to be a breach and the official is on record; the same measure several times in one
   * matter is one.
   */
  void decided() {
    jdbc.sql(
            """
            create temp table decided on commit drop as
            select distinct on (a.person_id, a.measure)
                   a.id as row, a.person_id, p.official_id, a.unit_id, a.measure, l.closed_on as decided_on, l.reference as number,
                   c.agency as authority, a.about as cause, a.line
              from accused_stage s
              join protection.allegation a on a.lead_id = s.lead_id and a.said = s.said and a.twin = s.twin
              join protection.lead_person p on p.id = a.person_id
              join protection.lead l on l.id = a.lead_id
              join protection.closed_matter c on c.lead_id = a.lead_id
             where s.refusal is null and (s.fate is null or s.fate = 'linked')
               and a.outcome = 'breach' and a.measure is not null and p.official_id is not null
             order by a.person_id, a.measure, a.id
            """)
        .update();
    jdbc.sql("analyze decided").update();
  }

  /**
   * Ties what was entered to the accusations it came of. The registers have no statistics of the
   * rows of this transaction: without hashing, every measure would be held against every
   * accusation.
   */
  void entered() {
    jdbc.sql("set local enable_nestloop = off").update();
    jdbc.sql(
            """
            update protection.allegation a set sanction_id = s.id
              from decided d join protection.sanction s
                on s.official_id = d.official_id and s.measure = d.measure and s.decided_on = d.decided_on
               and s.number = d.number
             where a.person_id = d.person_id and a.measure = d.measure and a.outcome = 'breach'
            """)
        .update();
    jdbc.sql("set local enable_nestloop = on").update();
  }

  /** What became of the penalties the file names. */
  Map<String, Long> penalties() {
    Map<String, Long> became = new LinkedHashMap<>();
    jdbc.sql(
            """
            select case when a.measure is null then 'penalties-without-measure'
                        when a.outcome is distinct from 'breach' then 'penalties-without-breach'
                        when p.official_id is null then 'penalties-of-unknown'
                        else 'penalties-entered' end as became, count(*)
              from accused_stage s
              join protection.allegation a on a.lead_id = s.lead_id and a.said = s.said and a.twin = s.twin
              join protection.lead_person p on p.id = a.person_id
             where s.refusal is null and a.penalty <> ''
             group by 1 order by 2 desc, 1
            """)
        .query(
            row -> {
              became.put(row.getString(1), row.getLong(2));
            });
    return became;
  }
}
