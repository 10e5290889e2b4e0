package org.dandang.protection.accusation;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.protection.AboutOfficial;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Findings of malicious accusation that stand about an official who accused, never about who was
 * accused.
 */
@Component
class AboutAccusations implements AboutOfficial {
  private final JdbcClient jdbc;
  private final MessageSource messages;
  private final OfficeCalendar office;

  AboutAccusations(JdbcClient jdbc, MessageSource messages, OfficeCalendar office) {
    this.jdbc = jdbc;
    this.messages = messages;
    this.office = office;
  }

  @Override
  public int order() {
    return 70;
  }

  @Override
  public String heading() {
    return "accusation.title";
  }

  private record Row(long id, LocalDate startsOn, LocalDate endsOn, boolean listed) {}

  @Override
  public List<Line> of(long official, Locale language) {
    return jdbc
        .sql(
            """
            select f.id, f.starts_on, f.ends_on,
                   exists (select from protection.credit_entry e
                            where e.finding_id = f.id and e.removed_on is null and e.listed_on <= :day and e.ends_on > :day) as listed
              from protection.false_accusations_on(:day) f
             where f.official_id = :official order by f.starts_on desc, f.id desc limit 500
            """)
        .param("day", office.today())
        .param("official", official)
        .query(Row.class)
        .list()
        .stream()
        .map(
            row ->
                new Line(
                    row.startsOn(),
                    word("accusation.ends", language) + " " + row.endsOn(),
                    word(row.listed() ? "accusation.credit" : "accusation.found", language),
                    "/protection/accusations/" + row.id()))
        .toList();
  }

  private String word(String key, Locale language) {
    return Objects.requireNonNull(messages.getMessage(key, null, key, language));
  }
}
