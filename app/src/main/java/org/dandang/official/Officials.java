package org.dandang.official;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.dandang.official.register.Field;
import org.dandang.official.register.PartialDate;
import org.dandang.official.register.Register;
import org.dandang.official.register.RegisterRow;
import org.jspecify.annotations.Nullable;
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
          select coalesce(u.name, p.unit_text) as unit, p.post
            from official.current_posting p left join organisation.unit u on u.id = p.unit_id
           where p.official_id = i.official_id and p.kind = 'regular' and p.starts_on is not null
           order by (p.ends_on is null or p.ends_on > :today) desc, p.starts_on desc limit 1) present on true
        left join lateral (
          select r.rank from official.current_rank_held r
           where r.official_id = i.official_id order by r.since desc nulls last, r.id desc limit 1) held on true
       order by %s
      """;

  private final JdbcClient jdbc;
  private final Registers registers;

  Officials(JdbcClient jdbc, Registers registers) {
    this.jdbc = jdbc;
    this.registers = registers;
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
        .query(Officials::line)
        .list();
  }

  /**
   * Every line of a list, in its order, as a stream over the database's cursor: memory does not
   * grow with their number. Within a transaction; the stream is to be closed.
   */
  Stream<OfficialLine> all(OfficialFilter filter, LocalDate today) {
    Map<String, Object> parameters = new HashMap<>();
    String chosen =
        "select i.id from official.identity i join official.official o on o.id = i.official_id where "
            + filter.where(parameters, today);
    return jdbc
        .sql(LINE.formatted(chosen, filter.order()))
        .params(parameters)
        .withFetchSize(1_000)
        .query(Officials::line)
        .stream();
  }

  private static OfficialLine line(ResultSet row, int number) throws SQLException {
    return new OfficialLine(
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
        row.getInt("flags"));
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

  /** Everything about one official, as it was known. */
  Optional<Dossier> find(long id, Registers.Known known) {
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
    Registers.Known one = new Registers.Known(false, known.at());
    Optional<RegisterRow> identity =
        registers.rows(id, Register.IDENTITY, one).stream().findFirst();
    if (identity.isEmpty()) {
      return Optional.empty();
    }
    List<RegisterRow> postings = registers.rows(id, Register.POSTING, known);
    Map<Register, List<RegisterRow>> rows = new EnumMap<>(Register.class);
    for (Register register : Register.ofPeople()) {
      if (register != Register.IDENTITY && register != Register.POSTING) {
        rows.put(register, registers.rows(id, register, known));
      }
    }
    return Optional.of(
        new Dossier(
            id,
            String.valueOf(official.get().get("key")),
            String.valueOf(official.get().get("source")),
            identity(identity.get()),
            identity.get(),
            postings(postings),
            rows.getOrDefault(Register.RANK, List.of()).stream()
                .map(
                    row ->
                        new Dossier.RankHeld(
                            row.text(Field.RANK_RANK), date(row, Field.RANK_SINCE), row.origin()))
                .toList(),
            rows,
            known.at() == null ? flags(id) : List.of(),
            documents(id),
            count("official.photo where superseded_at is null and official_id = ", id) > 0,
            count("official.form where superseded_at is null and official_id = ", id) > 0,
            count(
                """
                official.unsettled_line l join official.form f on f.id = l.form_id and f.superseded_at is null
                where l.settled_at is null and l.official_id =\s""",
                id)));
  }

  private int count(String from, long id) {
    return jdbc.sql("select count(*) from " + from + "?").param(id).query(Integer.class).single();
  }

  private List<Dossier.Document> documents(long id) {
    return jdbc.sql(
            "select id, kind, title, recorded_at, recorded_by from official.document where official_id = ? and withdrawn_at is null order by id desc limit 500")
        .param(id)
        .query(
            (row, number) ->
                new Dossier.Document(
                    row.getLong("id"),
                    row.getString("kind"),
                    row.getString("title"),
                    row.getObject("recorded_at", OffsetDateTime.class),
                    row.getString("recorded_by")))
        .list();
  }

  /** The postings with the names of their units and whether they are service on the front line. */
  private List<Dossier.Posting> postings(List<RegisterRow> rows) {
    Long[] units =
        rows.stream()
            .map(row -> row.text(Field.POSTING_UNIT_ID))
            .filter(id -> !id.isEmpty())
            .map(Long::valueOf)
            .distinct()
            .toArray(Long[]::new);
    Map<Long, String> names = new HashMap<>();
    jdbc.sql("select id, name from organisation.unit where id = any(?)")
        .param(units)
        .query(
            row -> {
              names.put(row.getLong(1), row.getString(2));
            });
    Set<Long> front =
        Set.copyOf(
            jdbc.sql("select posting_id from official.front_line_service where posting_id = any(?)")
                .param(rows.stream().map(RegisterRow::id).toArray(Long[]::new))
                .query(Long.class)
                .list());
    return rows.stream()
        .map(
            row -> {
              String id = row.text(Field.POSTING_UNIT_ID);
              Long unit = id.isEmpty() ? null : Long.valueOf(id);
              return new Dossier.Posting(
                  row.id(),
                  unit,
                  unit == null
                      ? row.text(Field.POSTING_UNIT_TEXT)
                      : names.getOrDefault(unit, row.text(Field.POSTING_UNIT_TEXT)),
                  row.values().get(Field.POSTING_POST),
                  row.values().get(Field.POSTING_POST_LEVEL),
                  row.text(Field.POSTING_KIND),
                  front.contains(row.id()),
                  date(row, Field.POSTING_STARTS_ON),
                  date(row, Field.POSTING_ENDS_ON),
                  row.origin());
            })
        .toList();
  }

  private static @Nullable PartialDate date(RegisterRow row, Field field) {
    return PartialDate.read(row.text(field)).orElse(null);
  }

  private static Dossier.Identity identity(RegisterRow row) {
    return new Dossier.Identity(
        row.values().get(Field.IDENTITY_NAME),
        Integer.parseInt(row.values().getOrDefault(Field.IDENTITY_SEX, "0")),
        row.values().get(Field.IDENTITY_ETHNIC_GROUP),
        date(row, Field.IDENTITY_BORN),
        date(row, Field.IDENTITY_BEGAN_WORK),
        row.text(Field.IDENTITY_STATUS),
        date(row, Field.IDENTITY_LEFT_ON),
        row.origin());
  }

  private List<Dossier.Flag> flags(long id) {
    return jdbc.sql(
            "select * from official.timeline_flag where official_id = ? order by starts_on nulls first")
        .param(id)
        .query(
            (row, number) ->
                new Dossier.Flag(
                    row.getString("kind"),
                    row.getObject("posting_id", Long.class),
                    row.getObject("other_posting_id", Long.class),
                    row.getObject("starts_on", LocalDate.class),
                    row.getObject("ends_on", LocalDate.class)))
        .list();
  }
}
