package org.dandang.protection.hub;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.dandang.protection.AboutOfficial;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Leads that name an official, what they came to, and how the official was asked. */
@Component
class AboutLeads implements AboutOfficial {
  private final JdbcClient jdbc;
  private final MessageSource messages;

  AboutLeads(JdbcClient jdbc, MessageSource messages) {
    this.jdbc = jdbc;
    this.messages = messages;
  }

  private record Row(
      long id,
      String number,
      String source,
      String title,
      LocalDate receivedOn,
      String state,
      @Nullable String outcome,
      @Nullable String means) {}

  @Override
  public int order() {
    return 10;
  }

  @Override
  public String heading() {
    return "hub.leads";
  }

  @Override
  public List<Line> of(long official, Locale language) {
    return jdbc
        .sql(
            """
            select l.id, l.number, l.source, l.title, l.received_on, l.state, p.outcome,
                   (select string_agg(c.means, ' ' order by c.id) from protection.lead_contact c where c.person_id = p.id) as means
              from protection.lead_person p join protection.lead l on l.id = p.lead_id
             where p.official_id = ? and l.state <> 'merged'
             order by l.received_on desc, l.id desc limit 500
            """)
        .param(official)
        .query(Row.class)
        .list()
        .stream()
        .map(
            row ->
                new Line(
                    row.receivedOn(),
                    row.number()
                        + " · "
                        + word("hub.source." + row.source(), language)
                        + " · "
                        + row.title()
                        + asked(row.means(), language),
                    word(
                        row.outcome() == null
                            ? "hub.state." + row.state()
                            : "hub.outcome." + row.outcome(),
                        language),
                    "/protection/leads/" + row.id()))
        .toList();
  }

  private String asked(@Nullable String means, Locale language) {
    if (means == null) {
      return "";
    }
    StringBuilder all = new StringBuilder();
    for (String one : means.split(" ", -1)) {
      all.append(" · ").append(word("hub.means." + one, language));
    }
    return all.toString();
  }

  private String word(String key, Locale language) {
    return messages.getMessage(key, null, language);
  }
}
