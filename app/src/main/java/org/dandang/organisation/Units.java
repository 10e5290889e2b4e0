package org.dandang.organisation;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tree of units, today's or a past day's. */
@Component
public class Units {
  private static final String OF_A_DAY =
      """
      select u.*,
             (select count(*) from organisation.unit_description c
               where c.parent_id = u.id and c.superseded_at is null
                 and (c.starts_on is null or c.starts_on <= :on) and (c.ends_on is null or c.ends_on > :on)) as children
        from organisation.units_on(:on) u
      """;

  private static final String LATEST =
      """
      select u.*, (select count(*) from organisation.unit c where c.parent_id = u.id) as children
        from organisation.unit u
      """;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final ZoneId zone;

  Units(JdbcClient jdbc, Clock clock, @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.zone = zone;
  }

  /** A unit by its latest description, closed or not. */
  public Optional<Unit> find(long id) {
    return query(jdbc.sql(LATEST + "where u.id = :id").param("id", id)).stream().findFirst();
  }

  /** A unit by its code within a register, closed or not. */
  public Optional<Unit> find(String source, String code) {
    return query(
            jdbc.sql(LATEST + "where u.source = :source and u.code = :code")
                .param("source", source)
                .param("code", code))
        .stream()
        .findFirst();
  }

  /** The whole tree of a day, in one question. */
  public UnitTree on(LocalDate day) {
    return new UnitTree(
        day,
        query(
            jdbc.sql(
                    """
                    select u.id, u.source, u.code, d.name, d.kind, d.level, d.parent_id, d.hardship_class, d.altitude_zone, 0 as children
                      from organisation.unit_description d join organisation.unit u on u.id = d.unit_id
                     where d.superseded_at is null
                       and (d.starts_on is null or d.starts_on <= :on) and (d.ends_on is null or d.ends_on > :on)
                    """)
                .param("on", day)));
  }

  public List<Unit> roots() {
    return roots(today());
  }

  /** The units of a day without one above them. */
  public List<Unit> roots(LocalDate on) {
    return query(
        jdbc.sql(OF_A_DAY + "where u.parent_id is null order by u.source, u.code").param("on", on));
  }

  public List<Unit> children(long parent) {
    return children(parent, today());
  }

  public List<Unit> children(long parent, LocalDate on) {
    return query(
        jdbc.sql(OF_A_DAY + "where u.parent_id = :parent order by u.code")
            .param("on", on)
            .param("parent", parent));
  }

  /** The units above one, the highest first. */
  public List<Unit> above(long id) {
    return query(
        jdbc.sql(
                """
                with recursive up as (
                  select parent_id as above, 1 as steps from organisation.unit where id = :id
                  union all
                  select p.parent_id, up.steps + 1 from up join organisation.unit p on p.id = up.above
                   where up.steps < 20)
                select u.*, (select count(*) from organisation.unit c where c.parent_id = u.id) as children
                  from up join organisation.unit u on u.id = up.above order by up.steps desc
                """)
            .param("id", id));
  }

  private LocalDate today() {
    return LocalDate.now(clock.withZone(zone));
  }

  private static List<Unit> query(JdbcClient.StatementSpec sql) {
    return sql.query(
            (row, number) ->
                new Unit(
                    row.getLong("id"),
                    row.getString("source"),
                    row.getString("code"),
                    row.getString("name"),
                    row.getString("kind"),
                    row.getString("level"),
                    row.getObject("parent_id", Long.class),
                    row.getObject("hardship_class", Integer.class),
                    row.getObject("altitude_zone", Integer.class),
                    row.getInt("children")))
        .list();
  }
}
