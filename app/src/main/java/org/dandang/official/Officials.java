package org.dandang.official;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The register of officials, read. */
@Component
public class Officials {
  private static final String LINE =
      """
      select i.official_id, coalesce(i.name, o.key) as label, o.key, i.sex, i.born, i.began_work, i.status,
             present.unit, present.post, held.rank,
             (select count(*) from official.timeline_flag t where t.official_id = i.official_id) as flags
        from (%s) chosen
        join official.identity i on i.id = chosen.id
        join official.official o on o.id = i.official_id
        left join lateral (
          select u.name as unit, p.post from official.current_posting p join organisation.unit u on u.id = p.unit_id
           where p.official_id = i.official_id and p.kind = 'regular' and p.starts_on is not null
           order by (p.ends_on is null or p.ends_on > :today) desc, p.starts_on desc limit 1) present on true
        left join lateral (
          select r.rank from official.current_rank_held r
           where r.official_id = i.official_id order by r.since desc nulls last, r.id desc limit 1) held on true
       order by %s
      """;

  private final JdbcClient jdbc;

  Officials(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  long count(OfficialFilter filter, LocalDate today) {
    Map<String, Object> parameters = new HashMap<>();
    return jdbc.sql(
            "select count(*) from official.identity i join official.official o on o.id = i.official_id where "
                + filter.where(parameters, today))
        .params(parameters)
        .query(Long.class)
        .single();
  }

  List<OfficialLine> list(OfficialFilter filter, LocalDate today, int offset, int atMost) {
    Map<String, Object> parameters = new HashMap<>();
    String chosen =
        "select i.id from official.identity i join official.official o on o.id = i.official_id where "
            + filter.where(parameters, today)
            + " order by "
            + filter.order()
            + " offset :offset limit :most";
    parameters.put("offset", offset);
    parameters.put("most", atMost);
    return jdbc.sql(LINE.formatted(chosen, filter.order()))
        .params(parameters)
        .query(
            (row, number) ->
                new OfficialLine(
                    row.getLong("official_id"),
                    row.getString("label"),
                    row.getString("key"),
                    row.getInt("sex"),
                    row.getObject("born", LocalDate.class),
                    row.getObject("began_work", LocalDate.class),
                    row.getString("status"),
                    row.getString("unit"),
                    row.getString("post"),
                    row.getString("rank"),
                    row.getInt("flags")))
        .list();
  }

  List<String> ranks() {
    return jdbc.sql(
            "select rank from official.current_rank_held group by rank order by count(*) desc, rank limit 60")
        .query(String.class)
        .list();
  }

  List<String> levels() {
    return jdbc.sql(
            "select distinct post_level from official.posting where post_level is not null order by 1")
        .query(String.class)
        .list();
  }

  /**
   * Everything about one official.
   *
   * @param history whether rows that were superseded are shown too
   */
  Optional<Dossier> find(long id, boolean history) {
    Optional<Map<String, Object>> official =
        jdbc
            .sql("select key, source from official.official where id = ?")
            .param(id)
            .query()
            .listOfRows()
            .stream()
            .findFirst();
    if (official.isEmpty()) {
      return Optional.empty();
    }
    Optional<Dossier.Identity> identity =
        rows(id, false, "official.identity", "r.*", "r.id desc", Officials::identity).stream()
            .findFirst();
    return identity.map(
        known ->
            new Dossier(
                id,
                String.valueOf(official.get().get("key")),
                String.valueOf(official.get().get("source")),
                known,
                postings(id, history),
                rows(
                    id,
                    history,
                    "official.rank_held",
                    "r.rank, r.since",
                    "r.since desc nulls last, r.id desc",
                    (row, number) ->
                        new Dossier.RankHeld(
                            row.getString("rank"),
                            row.getObject("since", LocalDate.class),
                            origin(row))),
                rows(
                    id,
                    history,
                    "official.pay",
                    "r.year, r.grade, r.rank, r.amount",
                    "r.year desc, r.id desc",
                    (row, number) ->
                        new Dossier.Pay(
                            row.getInt("year"),
                            row.getString("grade"),
                            row.getString("rank"),
                            row.getObject("amount", BigDecimal.class),
                            origin(row))),
                rows(
                    id,
                    history,
                    "official.annual_grade",
                    "r.year, r.grade",
                    "r.year desc, r.id desc",
                    (row, number) ->
                        new Dossier.Grade(row.getInt("year"), row.getString("grade"), origin(row))),
                rows(
                    id,
                    history,
                    "official.award",
                    "r.kind, r.reference, r.outcome, r.granted_on",
                    "r.granted_on desc nulls last, r.id desc",
                    (row, number) ->
                        new Dossier.Award(
                            row.getString("kind"),
                            row.getString("reference"),
                            row.getString("outcome"),
                            row.getObject("granted_on", LocalDate.class),
                            origin(row))),
                flags(id)));
  }

  private List<Dossier.Posting> postings(long id, boolean history) {
    return rows(
        id,
        history,
        "official.posting",
        """
        r.id, r.unit_id, (select name from organisation.unit where id = r.unit_id) as unit, r.post, r.post_level,
        r.kind, exists (select from official.front_line_service f where f.posting_id = r.id) as front_line,
        r.starts_on, r.ends_on
        """,
        "r.starts_on desc nulls last, r.id desc",
        (row, number) ->
            new Dossier.Posting(
                row.getLong("id"),
                row.getLong("unit_id"),
                row.getString("unit"),
                row.getString("post"),
                row.getString("post_level"),
                row.getString("kind"),
                row.getBoolean("front_line"),
                row.getObject("starts_on", LocalDate.class),
                row.getObject("ends_on", LocalDate.class),
                origin(row)));
  }

  private List<Dossier.Flag> flags(long id) {
    return jdbc.sql(
            "select * from official.timeline_flag where official_id = ? order by starts_on nulls first")
        .param(id)
        .query(
            (row, number) ->
                new Dossier.Flag(
                    row.getString("kind"),
                    row.getLong("posting_id"),
                    row.getObject("other_posting_id", Long.class),
                    row.getObject("starts_on", LocalDate.class),
                    row.getObject("ends_on", LocalDate.class)))
        .list();
  }

  private <T> List<T> rows(
      long official,
      boolean history,
      String table,
      String columns,
      String order,
      RowMapper<T> map) {
    return jdbc.sql(
            """
            select %s, r.import_id as origin_import, f.file_name as origin_file, r.line as origin_line,
                   r.recorded_at as origin_at, r.recorded_by as origin_by, r.superseded_at as origin_superseded
              from %s r left join official.import f on f.id = r.import_id
             where r.official_id = ? %s order by %s limit 2000
            """
                .formatted(columns, table, history ? "" : "and r.superseded_at is null", order))
        .param(official)
        .query(map)
        .list();
  }

  private static Dossier.Identity identity(ResultSet row, int number) throws SQLException {
    return new Dossier.Identity(
        row.getString("name"),
        row.getInt("sex"),
        row.getString("ethnic_group"),
        row.getObject("born", LocalDate.class),
        row.getString("born_precision").charAt(0),
        row.getObject("began_work", LocalDate.class),
        row.getString("status"),
        row.getObject("left_on", LocalDate.class),
        origin(row));
  }

  private static Dossier.Origin origin(ResultSet row) throws SQLException {
    return new Dossier.Origin(
        row.getObject("origin_import", Long.class),
        row.getString("origin_file"),
        row.getObject("origin_line", Integer.class),
        row.getObject("origin_at", OffsetDateTime.class),
        row.getString("origin_by"),
        row.getObject("origin_superseded", OffsetDateTime.class));
  }
}
