package org.dandang.official;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.dandang.official.register.Register;
import org.dandang.platform.ledger.Ledger;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lines of a form that a person settles: as what they say, or as nothing a register holds. */
@Component
public class Settling {
  private static final String OF_PRESENT_FORMS =
      """
      from official.unsettled_line l
        join official.form f on f.id = l.form_id and f.superseded_at is null
        join official.official o on o.id = l.official_id
        join official.current_identity i on i.official_id = o.id
       where l.settled_at is null
      """;

  private final JdbcClient jdbc;
  private final Ledger ledger;
  private final Clock clock;

  Settling(JdbcClient jdbc, Ledger ledger, Clock clock) {
    this.jdbc = jdbc;
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * A line that waits.
   *
   * @param element its element's name in the file
   * @param posting the posting that stands with the unit as it was written; null for other lines
   */
  public record Line(long id, String element, String text, String reason, @Nullable Long posting) {}

  List<Line> waiting(long official) {
    return jdbc.sql(
            """
            select l.id, l.element, l.text, l.reason,
                   (select max(p.id) from official.current_posting p
                     where l.reason = 'unit-unknown' and p.official_id = l.official_id and p.unit_id is null
                       and concat_ws(' ', p.unit_text, p.post) = l.text) as posting
              from official.unsettled_line l join official.form f on f.id = l.form_id and f.superseded_at is null
             where l.official_id = ? and l.settled_at is null order by l.id
            """)
        .param(official)
        .query(
            (row, number) ->
                new Line(
                    row.getLong("id"),
                    row.getString("element"),
                    row.getString("text"),
                    row.getString("reason"),
                    row.getObject("posting", Long.class)))
        .list();
  }

  /**
   * Somebody whose form has lines that wait.
   *
   * @param key the official's key in the register; null where there is none
   * @param since when the form was taken in
   */
  public record Waiting(
      long official, String name, @Nullable String key, int lines, OffsetDateTime since) {}

  /** How many officials the reader sees have lines that wait. */
  long count() {
    return jdbc.sql("select count(distinct l.official_id) " + OF_PRESENT_FORMS)
        .query(Long.class)
        .single();
  }

  /** Those the reader sees, the longest waiting first. */
  List<Waiting> everybody(long from, int most) {
    return jdbc.sql(
            "select o.id, i.name, o.key, count(*) as lines, min(f.recorded_at) as since "
                + OF_PRESENT_FORMS
                + " group by o.id, i.name order by since, o.id offset ? limit ?")
        .params(from, most)
        .query(
            (row, number) ->
                new Waiting(
                    row.getLong("id"),
                    row.getString("name"),
                    row.getString("key"),
                    row.getInt("lines"),
                    row.getObject("since", OffsetDateTime.class)))
        .list();
  }

  /** The words of the present form's résumé; empty where there is no form. */
  String resume(long official) {
    return jdbc.sql(
            "select coalesce(texts ->> 'JianLi', '') from official.form where official_id = ? and"
                + " superseded_at is null")
        .param(official)
        .query(String.class)
        .optional()
        .orElse("");
  }

  /** A row that was just recorded says what the line says; it counts as the form's own. */
  @Transactional
  public void as(long official, long line, Register register, long row, String actor) {
    int settled =
        settle(
            official, line, register == Register.EDUCATION ? "education" : "posting", row, actor);
    if (settled == 1) {
      jdbc.sql(
              """
              update %s r set import_id = f.import_id, line = f.line
                from official.unsettled_line l join official.form f on f.id = l.form_id
               where l.id = ? and r.id = ? and r.official_id = ?
              """
                  .formatted(register.table()))
          .params(line, row, official)
          .update();
    }
  }

  /** The line says nothing a register holds. */
  @Transactional
  public void asNothing(long official, long line, String actor) {
    settle(official, line, "nothing", null, actor);
  }

  private int settle(long official, long line, String as, @Nullable Long row, String actor) {
    int settled =
        jdbc.sql(
                """
                update official.unsettled_line set settled_at = ?, settled_by = ?, settled_as = ?, settled_row = ?
                 where id = ? and official_id = ? and settled_at is null
                """)
            .param(1, OffsetDateTime.now(clock))
            .param(2, actor)
            .param(3, as)
            .param(4, row, java.sql.Types.BIGINT)
            .param(5, line)
            .param(6, official)
            .update();
    if (settled == 1) {
      ledger.append(
          actor,
          "line-settled",
          "official",
          Long.toString(official),
          Map.of("line", line, "as", as));
    }
    return settled;
  }
}
