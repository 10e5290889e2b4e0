package org.dandang.protection.tolerance;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.dandang.protection.AboutOfficial;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Errors of an official that are not to be counted, and how the correction stands. */
@Component
class AboutTolerance implements AboutOfficial {
  private final JdbcClient jdbc;
  private final MessageSource messages;

  AboutTolerance(JdbcClient jdbc, MessageSource messages) {
    this.jdbc = jdbc;
    this.messages = messages;
  }

  @Override
  public int order() {
    return 30;
  }

  @Override
  public String heading() {
    return "tolerance.register";
  }

  private record Row(
      long matter,
      LocalDate decidedOn,
      String outcome,
      @Nullable String clause,
      int items,
      int verified) {}

  @Override
  public List<Line> of(long official, Locale language) {
    return jdbc
        .sql(
            """
            select t.matter_id as matter, t.decided_on, t.outcome, t.clause,
                   (select count(*)::int from protection.correction_plan p join protection.correction_item i on i.plan_id = p.id
                     where p.matter_id = t.matter_id) as items,
                   (select count(*)::int from protection.correction_plan p join protection.correction_item i on i.plan_id = p.id
                     where p.matter_id = t.matter_id and i.state = 'verified') as verified
              from protection.tolerance t where t.official_id = ? order by t.decided_on desc, t.id desc limit 500
            """)
        .param(official)
        .query(Row.class)
        .list()
        .stream()
        .map(
            row ->
                new Line(
                    row.decidedOn(),
                    word("tolerance.outcome." + row.outcome(), language)
                        + (row.clause() == null ? "" : " · § " + row.clause()),
                    messages.getMessage(
                        "tolerance.plan.progress",
                        new Object[] {row.verified(), row.items()},
                        language),
                    "/matters/" + row.matter()))
        .toList();
  }

  private String word(String key, Locale language) {
    return Objects.requireNonNull(messages.getMessage(key, null, key, language));
  }
}
