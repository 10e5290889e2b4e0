package org.dandang.protection.clarification;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The register of clarifications. */
@Component
public class Clarifications {
  private static final String READ =
      """
      select c.id, c.matter_id as matter, c.pack, c.official_id as official, coalesce(s.label, '–') as person,
             c.unit_id as unit, coalesce(u.name, '–') as unit_name, c.scope, c.manner, c.said, c.consented_on as consented,
             c.consent_withdrawn_on as withdrawn, c.notice_id as notice, c.letter, c.media_text, c.done_on as done,
             c.done_where as place, c.blocked_selection, c.blocked_award, c.reopened_selection, c.reopened_award,
             c.visited_on as visited, c.effect
        from protection.clarification c
        left join official.subject s on s.subject = c.official_id
        left join organisation.unit u on u.id = c.unit_id
      """;

  private final JdbcClient jdbc;

  Clarifications(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Figures of one year, by the day they were carried out.
   *
   * @param notices public notices in which people were cleared, once each
   * @param people cleared, once each
   * @param media people cleared through the media
   * @param effective of them those whose effect was undone, as the return visit found
   * @param reopened promotions and awards that were reopened
   */
  public record Year(
      int year, int notices, int people, int media, int effective, int visited, int reopened) {}

  /** Figures by year of those a reader sees, the newest first. */
  public List<Year> years() {
    return jdbc.sql(
            """
            select extract(year from done_on)::int as year, count(distinct notice_id)::int as notices,
                   count(distinct official_id)::int as people,
                   (count(distinct official_id) filter (where manner = 'media'))::int as media,
                   (count(*) filter (where effect = 'cleared'))::int as effective,
                   (count(*) filter (where visited_on is not null))::int as visited,
                   (count(*) filter (where reopened_selection) + count(*) filter (where reopened_award))::int as reopened
              from protection.clarification where done_on is not null group by 1 order by 1 desc
            """)
        .query(Year.class)
        .list();
  }

  /** How many were carried out in a year in each form, as words of the form. */
  public Map<String, Integer> manners(int year) {
    Map<String, Integer> manners = new java.util.TreeMap<>();
    jdbc.sql(
            """
            select manner, count(*)::int from protection.clarification
             where done_on is not null and (? = 0 or extract(year from done_on) = ?) group by 1
            """)
        .params(year, year)
        .query(
            row -> {
              manners.put(row.getString(1), row.getInt(2));
            });
    return manners;
  }

  /** Those a reader sees, the newest first. */
  public List<Clarification> list(int year, int from, int most) {
    return jdbc.sql(
            READ
                + """
                 where :year = 0 or extract(year from c.done_on) = :year
                 order by coalesce(c.done_on, c.consented_on) desc, c.id desc limit :most offset :from
                """)
        .param("year", year)
        .param("most", most)
        .param("from", from)
        .query(Clarification.class)
        .list();
  }

  /** Those about an official that a reader sees, the newest first. */
  List<Clarification> about(long official) {
    return jdbc.sql(
            READ
                + " where c.official_id = ? order by coalesce(c.done_on, c.consented_on) desc, c.id"
                + " desc limit 500")
        .param(official)
        .query(Clarification.class)
        .list();
  }

  /** Those agreed to that are to be public and stand in no notice, the oldest first. */
  public List<Clarification> toPost(int most) {
    return jdbc.sql(
            READ
                + """
                 where c.manner in ('notice', 'media') and c.notice_id is null
                   and c.consent_withdrawn_on is null and c.done_on is null
                 order by c.consented_on, c.id limit ?
                """)
        .param(most)
        .query(Clarification.class)
        .list();
  }

  public Optional<Clarification> find(long id) {
    return jdbc.sql(READ + " where c.id = ?").param(id).query(Clarification.class).optional();
  }

  Optional<Clarification> ofMatter(long matter) {
    return jdbc.sql(READ + " where c.matter_id = ?")
        .param(matter)
        .query(Clarification.class)
        .optional();
  }

  /** Those about one official, the newest first. */
  public List<Clarification> of(long official) {
    return jdbc.sql(READ + " where c.official_id = ? order by c.id desc limit 100")
        .param(official)
        .query(Clarification.class)
        .list();
  }
}
