package org.dandang.organisation;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tree of units. */
@Component
public class Units {
  private static final String COLUMNS =
      """
      select u.*, (select count(*) from organisation.unit c where c.parent_id = u.id) as children
        from organisation.unit u
      """;

  private final JdbcClient jdbc;

  Units(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  public Optional<Unit> find(long id) {
    return query(COLUMNS + "where u.id = " + id).stream().findFirst();
  }

  public List<Unit> roots() {
    return query(COLUMNS + "where u.parent_id is null order by u.source, u.code");
  }

  public List<Unit> children(long parent) {
    return query(COLUMNS + "where u.parent_id = " + parent + " order by u.code");
  }

  /** The units above one, the highest first. */
  public List<Unit> above(long id) {
    return query(
        COLUMNS
            + "join organisation.unit_within w on w.within_id = u.id where w.unit_id = "
            + id
            + " and w.steps > 0 order by w.steps desc");
  }

  /** The units offered as a filter: those two steps below a root and above. */
  public List<Unit> choices() {
    return query(
        COLUMNS
            + """
              where u.parent_id is null
                 or u.level in ('city', 'county', 'city-department')
              order by u.parent_id nulls first, u.level, u.code limit 400
              """);
  }

  /** The first so many units in the order of the tree. */
  public List<Unit> all(int atMost) {
    return query(COLUMNS + "order by u.source, u.code limit " + atMost);
  }

  private List<Unit> query(String sql) {
    return jdbc.sql(sql)
        .query(
            (row, number) ->
                new Unit(
                    row.getLong("id"),
                    row.getString("code"),
                    row.getString("name"),
                    row.getString("kind"),
                    row.getString("level"),
                    row.getObject("parent_id", Long.class),
                    row.getObject("hardship_class", Integer.class),
                    row.getInt("children")))
        .list();
  }
}
