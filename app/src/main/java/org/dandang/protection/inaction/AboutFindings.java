package org.dandang.protection.inaction;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.dandang.protection.AboutOfficial;
import org.dandang.protection.sanction.PackWords;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Findings of inaction and of stepping down about an official. */
@Component
class AboutFindings implements AboutOfficial {
  private final JdbcClient jdbc;
  private final PackWords words;

  AboutFindings(JdbcClient jdbc, PackWords words) {
    this.jdbc = jdbc;
    this.words = words;
  }

  @Override
  public int order() {
    return 60;
  }

  @Override
  public String heading() {
    return "inaction.findings";
  }

  private record Row(String pack, String type, String measure, LocalDate decidedOn, long matter) {}

  @Override
  public List<Line> of(long official, Locale language) {
    PackWords.Said said = words.in(language.toLanguageTag());
    return jdbc
        .sql(
            """
            select pack, type, measure, decided_on, matter_id as matter from protection.finding
             where official_id = ? order by decided_on desc, id desc limit 500
            """)
        .param(official)
        .query(Row.class)
        .list()
        .stream()
        .map(
            row ->
                new Line(
                    row.decidedOn(),
                    said.title(row.pack()) + " · " + said.of(row.pack(), "type", row.type()),
                    said.of(row.pack(), "measure", row.measure()),
                    "/matters/" + row.matter()))
        .toList();
  }
}
