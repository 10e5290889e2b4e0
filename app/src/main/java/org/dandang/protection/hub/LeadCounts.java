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
  private static final String COUNTS =
      """
             count(distinct l.id) as matters, count(distinct p.official_id) as officials,
             count(distinct l.id) filter (where l.state = 'open') as open,
             count(distinct l.id) filter (where l.state = 'open' and l.due_on < :today) as overdue,
             count(*) filter (where p.outcome = 'unfounded') as unfounded,
             count(*) filter (where p.outcome = 'exonerated') as exonerated, count(*) filter (where p.outcome = 'unproven') as unproven,
             count(*) filter (where p.outcome = 'mistake') as mistake, count(*) filter (where p.outcome = 'breach') as breach
        from protection.lead l left join protection.lead_person p on p.lead_id = l.id
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
   * @param id of the group, as a list is asked for it
   * @param officials different ones, those without a link left out
   * @param unfounded officials of leads, as are the next four
   */
  public record Counted(
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

  Counted total(SignedIn account, LeadFilter filter) {
    return counted(account, filter, "'all' as id, '' as label", "").getFirst();
  }

  List<Counted> bySource(SignedIn account, LeadFilter filter) {
    return counted(
        account,
        filter,
        "l.source as id, '' as label",
        "group by l.source order by matters desc, l.source");
  }

  List<Counted> byYear(SignedIn account, LeadFilter filter) {
    return counted(
        account,
        filter,
        "extract(year from l.received_on)::text as id, '' as label",
        "group by extract(year from l.received_on) order by 1");
  }

  List<Counted> byUnit(SignedIn account, LeadFilter filter) {
    return counted(
        account,
        filter,
        "l.unit_id::text as id, (select u.name from organisation.unit u where u.id = l.unit_id) as"
            + " label",
        "group by l.unit_id order by matters desc, l.unit_id limit 100");
  }

  private List<Counted> counted(
      SignedIn account, LeadFilter filter, String group, String grouping) {
    return Sights.as(
        access.sight(account),
        () ->
            jdbc.sql(
                    "select "
                        + group
                        + ",\n"
                        + COUNTS
                        + " where "
                        + filter.condition()
                        + "\n"
                        + grouping)
                .params(filter.parameters(office.today()))
                .query(Counted.class)
                .list());
  }

  List<Severe> bySeverity(SignedIn account, LeadFilter filter) {
    return Sights.as(
        access.sight(account),
        () ->
            jdbc.sql(
                    """
                    select p.severity, p.outcome, count(*) as officials
                      from protection.lead l join protection.lead_person p on p.lead_id = l.id
                     where p.outcome is not null and
                    """
                        + filter.condition()
                        + " group by p.severity, p.outcome order by p.severity, p.outcome")
                .params(filter.parameters(office.today()))
                .query(Severe.class)
                .list());
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
