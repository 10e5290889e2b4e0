package org.dandang.protection.hub;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.dandang.protection.AboutOfficial;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Statements an official was asked for, and whether they were accepted. */
@Component
class AboutStatements implements AboutOfficial {
  private final JdbcClient jdbc;
  private final MessageSource messages;

  AboutStatements(JdbcClient jdbc, MessageSource messages) {
    this.jdbc = jdbc;
    this.messages = messages;
  }

  @Override
  public int order() {
    return 20;
  }

  @Override
  public String heading() {
    return "hub.statements";
  }

  private record Row(long matter, LocalDate assessedOn, boolean accepted, boolean closed) {}

  @Override
  public List<Line> of(long official, Locale language) {
    return jdbc
        .sql(
            """
            select matter_id as matter, assessed_on, accepted, closed_on is not null as closed
              from protection.statement where official_id = ? order by assessed_on desc, matter_id desc limit 500
            """)
        .param(official)
        .query(Row.class)
        .list()
        .stream()
        .map(
            row ->
                new Line(
                    row.assessedOn(),
                    word(
                        row.accepted()
                            ? "hub.statement.was-accepted"
                            : "hub.statement.not-accepted",
                        language),
                    word(row.closed() ? "hub.state.closed" : "hub.state.open", language),
                    "/matters/" + row.matter()))
        .toList();
  }

  private String word(String key, Locale language) {
    return Objects.requireNonNull(messages.getMessage(key, null, key, language));
  }
}
