package org.dandang.protection.hub;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.storage.Sights;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The register of leads, as it is read. */
@Component
public class Leads {
  static final int PER_PAGE = 50;
  private static final int MOST_ROWS = 100_000;

  private final JdbcClient jdbc;
  private final LeadAccess access;
  private final OfficeCalendar office;

  Leads(JdbcClient jdbc, LeadAccess access, OfficeCalendar office) {
    this.jdbc = jdbc;
    this.access = access;
    this.office = office;
  }

  /**
   * A line of a list.
   *
   * @param people whom it names
   * @param open how many of them nothing has been settled about
   */
  public record Line(
      long id,
      String number,
      String source,
      String round,
      String title,
      LocalDate receivedOn,
      String unitName,
      @Nullable LocalDate dueOn,
      String state,
      String people,
      int persons,
      int open,
      int unlinked) {
    public boolean isOverdue(LocalDate today) {
      return state.equals("open") && dueOn != null && dueOn.isBefore(today);
    }
  }

  private static final String LINES =
      """
      select l.id, l.number, l.source, l.round, l.title, l.received_on, coalesce(u.name, '') as unit_name, l.due_on, l.state,
             p.people, p.persons, p.open, p.unlinked
        from (select l.id from protection.lead l where %s order by %s limit :most offset :from) listed
        join protection.lead l on l.id = listed.id
        left join organisation.unit u on u.id = l.unit_id
        left join lateral (
          select string_agg(p.name, '、' order by p.place) filter (where p.place <= 3) || case when count(*) > 3 then '…' else '' end as people,
                 count(*) as persons, count(*) filter (where p.outcome is null and p.set_aside is null) as open,
                 count(*) filter (where p.official_id is null and p.set_aside is null) as unlinked
            from protection.lead_person p where p.lead_id = l.id) p on true
       order by %s
      """;

  /** A page of what a reader may see, one line more than it holds where there are more. */
  List<Line> list(SignedIn account, LeadFilter filter, int from) {
    return lines(account, filter, from, PER_PAGE + 1);
  }

  /** All of them, for a file. */
  List<Line> all(SignedIn account, LeadFilter filter) {
    return lines(account, filter, 0, MOST_ROWS);
  }

  private List<Line> lines(SignedIn account, LeadFilter filter, int from, int most) {
    return Sights.as(
        access.sight(account),
        () ->
            jdbc.sql(LINES.formatted(filter.condition(), filter.order(), filter.order()))
                .params(filter.parameters(office.today()))
                .param("from", from)
                .param("most", most)
                .query(Line.class)
                .list());
  }

  long count(SignedIn account, LeadFilter filter) {
    return Sights.as(
        access.sight(account),
        () ->
            jdbc.sql("select count(*) from protection.lead l where " + filter.condition())
                .params(filter.parameters(office.today()))
                .query(Long.class)
                .single());
  }

  /** What an account brought itself and is still being handled. */
  List<Line> brought(SignedIn account) {
    return Sights.everything(
        () ->
            jdbc.sql(
                    LINES.formatted(
                        "l.recorded_by = :by and l.state = 'open'", "l.id desc", "l.id desc"))
                .param("by", account.signInName())
                .param("from", 0)
                .param("most", PER_PAGE)
                .query(Line.class)
                .list());
  }

  /** A lead as it stands; whoever asks was asked for already. */
  public Optional<Lead> find(long id) {
    return Sights.everything(
        () ->
            jdbc.sql(
                    """
                    select l.*, coalesce(u.name, '') as unit_name from protection.lead l
                      left join organisation.unit u on u.id = l.unit_id where l.id = ?
                    """)
                .param(id)
                .query((row, number) -> lead(row, people(id)))
                .optional());
  }

  List<Lead.Person> people(long lead) {
    return jdbc.sql(
            """
            select p.*, s.label || ' · ' || s.key as label from protection.lead_person p
              left join official.subject s on s.subject = p.official_id
             where p.lead_id = ? order by p.place
            """)
        .param(lead)
        .query((row, number) -> person(row))
        .list();
  }

  /** The lead a person of a lead belongs to. */
  Optional<Lead> ofPerson(long person) {
    return Sights.everything(
            () ->
                jdbc.sql("select lead_id from protection.lead_person where id = ?")
                    .param(person)
                    .query(Long.class)
                    .optional())
        .flatMap(this::find);
  }

  private static Lead lead(ResultSet row, List<Lead.Person> people) throws SQLException {
    return new Lead(
        row.getLong("id"),
        row.getString("number"),
        Source.of(row.getString("source")),
        row.getString("round"),
        row.getString("reference"),
        row.getString("title"),
        row.getString("content"),
        row.getObject("received_on", LocalDate.class),
        row.getLong("unit_id"),
        row.getString("unit_name"),
        row.getString("clue"),
        row.getString("gravity"),
        row.getBoolean("concluded"),
        row.getObject("reporter", UUID.class),
        row.getString("pack"),
        row.getObject("due_on", LocalDate.class),
        row.getString("state"),
        row.getObject("closed_on", LocalDate.class),
        row.getObject("merged_into", Long.class),
        row.getString("channel"),
        row.getObject("recorded_at", OffsetDateTime.class),
        row.getString("recorded_by"),
        people);
  }

  private static Lead.Person person(ResultSet row) throws SQLException {
    String outcome = row.getString("outcome");
    return new Lead.Person(
        row.getLong("id"),
        row.getLong("lead_id"),
        row.getString("name"),
        row.getString("unit_name"),
        row.getString("post"),
        row.getObject("official_id", Long.class),
        row.getString("label"),
        row.getString("linked_by"),
        row.getString("reason"),
        row.getString("set_aside"),
        outcome == null ? null : Outcome.find(outcome).orElseThrow(),
        row.getString("severity"),
        row.getObject("outcome_on", LocalDate.class),
        row.getObject("matter_id", Long.class),
        row.getObject("copied_from", Long.class) != null);
  }

  /** How units are called. */
  Map<Long, String> unitNames(List<Long> units) {
    Map<Long, String> names = new java.util.HashMap<>();
    jdbc.sql("select id, name from organisation.unit where id = any (?)")
        .param(units.toArray(Long[]::new))
        .query(
            row -> {
              names.put(row.getLong(1), row.getString(2));
            });
    return names;
  }
}
