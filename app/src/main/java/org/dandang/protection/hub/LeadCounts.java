package org.dandang.protection.hub;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.storage.Sights;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the register of leads counts, for a reader, since a day. */
@Component
public class LeadCounts {
  private static final int MOST = 100;

  /** Leads that are counted in some tenths of a second. */
  private static final int AT_ONCE = 20_000;

  /**
   * Leads are read once, and so are the officials they name; each grouping counts what was read.
   */
  private static final String GROUPS =
      """
      with seen as materialized (
        select l.id, l.source, extract(year from l.received_on)::int as year, l.unit_id,
               l.state = 'open' as open, l.state = 'open' and l.due_on < :today as overdue
          from protection.lead l
         where %s),
      named as materialized (
        select s.source, s.year, s.unit_id, p.official_id, p.outcome, p.severity
          from seen s join protection.lead_person p on p.lead_id = s.id),
      matters as (
        select grouping(source, year, unit_id) as kind, source, year, unit_id, count(*) as matters,
               count(*) filter (where open) as open, count(*) filter (where overdue) as overdue
          from seen
         group by grouping sets ((), (source), (year), (unit_id))),
      outcomes as (
        select grouping(source, year, unit_id) as kind, source, year, unit_id,
               count(*) filter (where outcome = 'unfounded') as unfounded,
               count(*) filter (where outcome = 'exonerated') as exonerated,
               count(*) filter (where outcome = 'unproven') as unproven,
               count(*) filter (where outcome = 'mistake') as mistake,
               count(*) filter (where outcome = 'breach') as breach
          from named
         group by grouping sets ((), (source), (year), (unit_id))),
      officials as (
        select 7 as kind, null as source, null::int as year, null::bigint as unit_id, count(*) as officials
          from (select distinct official_id from named where official_id is not null) d
        union all
        select 3, source, null, null, count(*)
          from (select distinct source, official_id from named where official_id is not null) d group by source
        union all
        select 5, null, year, null, count(*)
          from (select distinct year, official_id from named where official_id is not null) d group by year
        union all
        select 6, null, null, unit_id, count(*)
          from (select distinct unit_id, official_id from named where official_id is not null) d group by unit_id)
      select case m.kind when 3 then 'source' when 5 then 'year' when 6 then 'unit' else 'all' end as by,
             coalesce(m.source, m.year::text, m.unit_id::text, 'all') as id, coalesce(u.name, '') as label,
             m.matters, coalesce(n.officials, 0) as officials, m.open, m.overdue,
             coalesce(o.unfounded, 0) as unfounded, coalesce(o.exonerated, 0) as exonerated,
             coalesce(o.unproven, 0) as unproven, coalesce(o.mistake, 0) as mistake, coalesce(o.breach, 0) as breach
        from matters m
        left join outcomes o on (o.kind, coalesce(o.source, ''), coalesce(o.year, 0), coalesce(o.unit_id, 0))
                              = (m.kind, coalesce(m.source, ''), coalesce(m.year, 0), coalesce(m.unit_id, 0))
        left join officials n on (n.kind, coalesce(n.source, ''), coalesce(n.year, 0), coalesce(n.unit_id, 0))
                               = (m.kind, coalesce(m.source, ''), coalesce(m.year, 0), coalesce(m.unit_id, 0))
        left join organisation.unit u on u.id = m.unit_id
       union all
      select 'severity', coalesce(severity, ''), outcome, 0, count(*), 0, 0, 0, 0, 0, 0, 0
        from named where outcome is not null group by severity, outcome
       order by "by", matters desc, id
      """;

  private final JdbcClient jdbc;
  private final LeadAccess access;
  private final OfficeCalendar office;

  LeadCounts(JdbcClient jdbc, LeadAccess access, OfficeCalendar office) {
    this.jdbc = jdbc;
    this.access = access;
    this.office = office;
  }

  /**
   * A group's counts.
   *
   * @param by what the group is one of: {@code all}, {@code source}, {@code year}, {@code unit}
   * @param id of the group, as a list is asked for it
   * @param label name of a unit; with a severity what came of it; empty for others
   * @param officials different ones, those without a link left out
   * @param unfounded officials of leads, as are the next four
   */
  public record Counted(
      String by,
      String id,
      String label,
      long matters,
      long officials,
      long open,
      long overdue,
      long unfounded,
      long exonerated,
      long unproven,
      long mistake,
      long breach) {}

  /** How many officials of leads came to an outcome of a severity; null: nobody said how grave. */
  public record Severe(@Nullable String severity, String outcome, long officials) {}

  /** What leads come to, all together and by group. */
  public record Overview(List<Counted> groups) {
    public Counted total() {
      return by("all").getFirst();
    }

    /** Sources or units, those with most leads first, no more than a hundred; years in order. */
    public List<Counted> by(String kind) {
      List<Counted> found =
          groups.stream().filter(group -> group.by().equals(kind)).limit(MOST).toList();
      return kind.equals("year")
          ? found.stream().sorted(Comparator.comparing(Counted::id)).toList()
          : found;
    }

    /** By how grave it was and what came of it. */
    public List<Severe> bySeverity() {
      return by("severity").stream()
          .map(
              group ->
                  new Severe(
                      group.id().isEmpty() ? null : group.id(), group.label(), group.officials()))
          .sorted(
              Comparator.comparing(
                      Severe::severity, Comparator.nullsLast(Comparator.<String>naturalOrder()))
                  .thenComparing(Severe::outcome))
          .toList();
    }
  }

  /** Whether there are so many leads that a page does not wait for their counts. */
  boolean takeLong() {
    return jdbc.sql(
            "select reltuples > ? from pg_class where oid = cast('protection.lead' as regclass)")
        .param(AT_ONCE)
        .query(Boolean.class)
        .single();
  }

  Overview overview(SignedIn account, LeadFilter filter) {
    return Sights.as(
        access.sight(account),
        () ->
            new Overview(
                jdbc.sql(GROUPS.formatted(filter.condition()))
                    .params(filter.parameters(office.today()))
                    .query(Counted.class)
                    .list()));
  }

  /** How often each means was chosen in a unit and year. */
  public record Asked(
      String unit,
      long unitId,
      int year,
      long none,
      long explanation,
      long talk,
      long letter,
      long checked,
      long asProposed) {
    public long all() {
      return none + explanation + talk + letter + checked;
    }

    private Asked and(Asked other) {
      return new Asked(
          "",
          0,
          year,
          none + other.none,
          explanation + other.explanation,
          talk + other.talk,
          letter + other.letter,
          checked + other.checked,
          asProposed + other.asProposed);
    }

    /** All units of a year together, the newest first. */
    static List<Asked> byYear(List<Asked> all) {
      Map<Integer, Asked> years = new TreeMap<>(Comparator.reverseOrder());
      all.forEach(one -> years.merge(one.year(), one, Asked::and));
      return List.copyOf(years.values());
    }
  }

  List<Asked> means(SignedIn account, LocalDate since) {
    return Sights.as(
        access.sight(account),
        () ->
            jdbc.sql(
                    """
                    select coalesce(u.name, '') as unit, l.unit_id, extract(year from c.chosen_on)::int as year,
                           count(*) filter (where c.means = 'none') as none, count(*) filter (where c.means = 'explanation') as explanation,
                           count(*) filter (where c.means = 'talk') as talk, count(*) filter (where c.means = 'inquiry-letter') as letter,
                           count(*) filter (where c.means = 'check') as checked, count(*) filter (where c.means = c.proposed) as as_proposed
                      from protection.lead_contact c
                      join protection.lead_person p on p.id = c.person_id
                      join protection.lead l on l.id = p.lead_id
                      left join organisation.unit u on u.id = l.unit_id
                     where c.chosen_on >= :since
                     group by u.name, l.unit_id, year order by year desc, u.name limit 500
                    """)
                .param("since", since)
                .query(Asked.class)
                .list());
  }

  /** What became of letters of inquiry: chosen, of these approved, refused. */
  public record Letters(long chosen, long withReason, long approved, long refused) {}

  Letters letters(SignedIn account, LocalDate since) {
    return Sights.as(
        access.sight(account),
        () ->
            jdbc.sql(
                    """
                    select count(*) as chosen, count(*) filter (where c.reasons <> '') as with_reason,
                           count(*) filter (where exists (select from platform.matter_step s where s.matter_id = c.matter_id
                                                             and s.step = 'approve' and s.state = 'done' and s.outcome = 'approve')) as approved,
                           count(*) filter (where exists (select from platform.matter m where m.id = c.matter_id and m.result = 'not-sent')) as refused
                      from protection.lead_contact c
                     where c.means = 'inquiry-letter' and c.chosen_on >= :since
                    """)
                .param("since", since)
                .query(Letters.class)
                .single());
  }

  /** A statement that was assessed, and who was told. */
  public record Stated(
      long matter,
      String official,
      String unit,
      LocalDate assessedOn,
      boolean accepted,
      @Nullable LocalDate headToldOn,
      @Nullable LocalDate officialToldOn,
      @Nullable String officialToldBy,
      @Nullable LocalDate closedOn) {}

  public record StatedCounts(long assessed, long accepted, long bothTold, long waiting) {}

  List<Stated> statements(SignedIn account, int from, int most) {
    return Sights.as(
        access.sight(account),
        () ->
            jdbc.sql(
                    """
                    select s.matter_id as matter, o.label as official, coalesce(u.name, '') as unit, s.assessed_on, s.accepted,
                           s.head_told_on, s.official_told_on, s.official_told_by, s.closed_on
                      from protection.statement s
                      join official.subject o on o.subject = s.official_id
                      left join organisation.unit u on u.id = s.unit_id
                     order by s.assessed_on desc, s.matter_id desc limit :most offset :from
                    """)
                .params(Map.of("most", most, "from", from))
                .query(Stated.class)
                .list());
  }

  StatedCounts statementCounts(SignedIn account) {
    return Sights.as(
        access.sight(account),
        () ->
            jdbc.sql(
                    """
                    select count(*) as assessed, count(*) filter (where accepted) as accepted,
                           count(*) filter (where accepted and head_told_on is not null and official_told_on is not null) as both_told,
                           count(*) filter (where accepted and closed_on is null) as waiting
                      from protection.statement
                    """)
                .query(StatedCounts.class)
                .single());
  }
}
