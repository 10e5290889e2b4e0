package org.dandang.official;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private final JdbcClient jdbc;
  private final Registers registers;

  Officials(JdbcClient jdbc, Registers registers) {
    this.jdbc = jdbc;
    this.registers = registers;
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
            """
            select d.id, d.kind, d.title, d.media_type, encode(d.sha256, 'hex') as hash, c.bytes, d.recorded_at, d.recorded_by
              from official.document d join official.document_content c using (sha256)
             where d.official_id = ? and d.withdrawn_at is null order by d.id desc limit 500
            """)
        .param(id)
        .query(
            (row, number) ->
                new Dossier.Document(
                    row.getLong("id"),
                    row.getString("kind"),
                    row.getString("title"),
                    row.getString("media_type"),
                    row.getString("hash"),
                    row.getLong("bytes"),
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
