package org.dandang.organisation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dandang.organisation.Reorganisation.Part;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What happened to units, and what they were along time. */
@Component
public class Reorganisations {
  private final JdbcClient jdbc;

  Reorganisations(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  public Optional<Reorganisation> find(long id) {
    return with("r.id = :id", "id", id).values().stream().findFirst();
  }

  /** Everything a unit took part in, the latest first; what was undone is among it. */
  public List<Reorganisation> of(long unit) {
    return List.copyOf(
        with(
                "r.id in (select reorganisation_id from organisation.reorganisation_part where unit_id = :unit)",
                "unit",
                unit)
            .values());
  }

  /** The descriptions of a unit that hold, the latest first. */
  public List<UnitDescription> history(long unit) {
    Map<Long, Reorganisation> began =
        with(
            """
            r.id in (select begun_by from organisation.unit_description
                      where unit_id = :unit and superseded_at is null)
            """,
            "unit",
            unit);
    return jdbc.sql(
            """
            select d.*,
                   (select p.name from organisation.unit_description p
                     where p.unit_id = d.parent_id and p.superseded_at is null
                     order by d.starts_on is null
                              or (p.starts_on is null or p.starts_on <= d.starts_on)
                                 and (p.ends_on is null or p.ends_on > d.starts_on) desc,
                              p.starts_on nulls first
                     limit 1) as parent_name
              from organisation.unit_description d
             where d.unit_id = :unit and d.superseded_at is null
             order by d.starts_on desc nulls last
            """)
        .param("unit", unit)
        .query(
            (row, number) ->
                new UnitDescription(
                    row.getObject("starts_on", LocalDate.class),
                    row.getObject("ends_on", LocalDate.class),
                    row.getString("name"),
                    row.getString("kind"),
                    row.getString("level"),
                    row.getObject("parent_id", Long.class),
                    row.getString("parent_name"),
                    row.getObject("hardship_class", Integer.class),
                    row.getObject("altitude_zone", Integer.class),
                    began.get(row.getLong("begun_by"))))
        .list();
  }

  private Map<Long, Reorganisation> with(String condition, String name, long value) {
    Map<Long, Map<String, List<Part>>> parts = new HashMap<>();
    jdbc.sql(
            """
            select p.* from organisation.reorganisation_part p
              join organisation.reorganisation r on r.id = p.reorganisation_id
             where %s order by p.unit_code
            """
                .formatted(condition))
        .param(name, value)
        .query(
            row -> {
              parts
                  .computeIfAbsent(row.getLong("reorganisation_id"), id -> new HashMap<>())
                  .computeIfAbsent(row.getString("part"), part -> new ArrayList<>())
                  .add(
                      new Part(
                          row.getObject("unit_id", Long.class),
                          row.getString("unit_code"),
                          row.getString("unit_name")));
            });
    Map<Long, Reorganisation> found = new LinkedHashMap<>();
    jdbc.sql(
            """
            select r.* from organisation.reorganisation r
             where %s order by r.on_date desc, r.id desc
            """
                .formatted(condition))
        .param(name, value)
        .query(
            row -> {
              Reorganisation each = reorganisation(row, parts);
              found.put(each.id(), each);
            });
    return found;
  }

  private static Reorganisation reorganisation(
      ResultSet row, Map<Long, Map<String, List<Part>>> parts) throws SQLException {
    long id = row.getLong("id");
    Map<String, List<Part>> own = parts.getOrDefault(id, Map.of());
    return new Reorganisation(
        id,
        ReorganisationKind.of(row.getString("kind")),
        row.getObject("on_date", LocalDate.class),
        row.getString("date_precision").equals("year"),
        new Document(
            row.getString("document_title"),
            row.getString("document_number"),
            row.getObject("document_date", LocalDate.class)),
        List.copyOf(own.getOrDefault("from", List.of())),
        List.copyOf(own.getOrDefault("to", List.of())),
        List.copyOf(own.getOrDefault("along", List.of())),
        row.getString("file_name"),
        row.getObject("line", Integer.class),
        row.getObject("recorded_at", OffsetDateTime.class),
        row.getString("recorded_by"),
        row.getObject("undone_at", OffsetDateTime.class));
  }
}
