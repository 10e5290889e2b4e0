package org.dandang.protection.closed;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.storage.Sight;
import org.dandang.protection.AboutLead;
import org.dandang.protection.AboutOfficial;
import org.dandang.protection.hub.LeadAccess;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The accusations of closed matters, as a reader of leads sees them. */
@Component
public class ClosedMatters implements AboutOfficial, AboutLead {
  static final int PER_PAGE = 50;
  private static final int MOST_ROWS = 200_000;
  private static final int MOST_OF_ONE = 500;

  static final String FROM =
      """
        from protection.allegation a
        join protection.lead l on l.id = a.lead_id
        join protection.closed_matter c on c.lead_id = a.lead_id
        join protection.lead_person p on p.id = a.person_id
      """;

  private final JdbcClient jdbc;
  private final LeadAccess access;
  private final MessageSource messages;

  ClosedMatters(JdbcClient jdbc, LeadAccess access, MessageSource messages) {
    this.jdbc = jdbc;
    this.access = access;
    this.messages = messages;
  }

  /**
   * A thing somebody was accused of.
   *
   * @param days from coming in to closing
   * @param official null: nobody on record
   * @param sanction that came of it; null for none
   */
  public record Line(
      long lead,
      String number,
      String reference,
      String person,
      @Nullable Long official,
      String about,
      String finding,
      @Nullable String outcome,
      String penalty,
      @Nullable Long sanction,
      String unit,
      String agency,
      LocalDate receivedOn,
      LocalDate closedOn,
      int days) {}

  /** What an account sees of closed matters: what it sees of leads. */
  Sight sight(SignedIn account) {
    return access.sight(account);
  }

  /** A page of what the reader sees, one line more than it holds where there are more. */
  List<Line> list(ClosedFilter filter, int from) {
    return lines(filter, from, PER_PAGE + 1);
  }

  /** All of them, for a file. */
  List<Line> all(ClosedFilter filter) {
    return lines(filter, 0, MOST_ROWS);
  }

  private List<Line> lines(ClosedFilter filter, int from, int most) {
    return jdbc.sql(
            """
            select l.id as lead, l.number, l.reference, coalesce(s.label, p.name) as person, p.official_id as official, a.about, a.finding,
                   a.outcome, a.penalty, a.sanction_id as sanction, coalesce(u.name, a.unit_code) as unit, c.agency,
                   l.received_on, l.closed_on, l.closed_on - l.received_on as days
            """
                + FROM
                + """
                left join organisation.unit u on u.id = a.unit_id
                left join official.subject s on s.subject = p.official_id
                where
                """
                + filter.condition()
                + " order by "
                + filter.order()
                + " limit :most offset :from")
        .params(filter.parameters())
        .param("most", most)
        .param("from", from)
        .query(Line.class)
        .list();
  }

  long count(ClosedFilter filter) {
    return jdbc.sql("select count(*) " + FROM + " where " + filter.condition())
        .params(filter.parameters())
        .query(Long.class)
        .single();
  }

  @Override
  public int order() {
    return 15;
  }

  @Override
  public String heading() {
    return "closed.allegations";
  }

  private record Row(
      long lead,
      String name,
      String about,
      String finding,
      @Nullable String outcome,
      String penalty,
      LocalDate closedOn) {}

  @Override
  public List<AboutOfficial.Line> of(long official, Locale language) {
    return lines(
        "select l.id as lead, l.number as name, a.about, a.finding, a.outcome, a.penalty,"
            + " l.closed_on "
            + FROM
            + " where p.official_id = ? order by l.closed_on desc, a.id limit ?",
        official,
        language);
  }

  @Override
  public List<AboutOfficial.Line> ofLead(long lead, Locale language) {
    return lines(
        "select l.id as lead, p.name, a.about, a.finding, a.outcome, a.penalty, l.closed_on "
            + FROM
            + " where a.lead_id = ? order by p.place, a.id limit ?",
        lead,
        language);
  }

  private List<AboutOfficial.Line> lines(String sql, long about, Locale language) {
    return jdbc.sql(sql).params(about, MOST_OF_ONE).query(Row.class).list().stream()
        .map(
            row ->
                new AboutOfficial.Line(
                    row.closedOn(),
                    Stream.of(row.name(), row.about(), row.finding(), row.penalty())
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining(" · ")),
                    messages.getMessage(
                        row.outcome() == null
                            ? "closed.outcome.none"
                            : "hub.outcome." + row.outcome(),
                        null,
                        language),
                    "/protection/leads/" + row.lead()))
        .toList();
  }
}
