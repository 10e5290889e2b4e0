package org.dandang.organisation;

import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.RecordKind;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.UnitsAbove;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tree of units as the rules of access see it. */
@Component
class UnitAccess implements UnitsAbove, RecordKind {
  private final JdbcClient jdbc;
  private final UnitSearch search;

  UnitAccess(JdbcClient jdbc, UnitSearch search) {
    this.jdbc = jdbc;
    this.search = search;
  }

  @Override
  public Optional<Long> chosen(String written) {
    try {
      return Optional.of(search.chosen(written, null));
    } catch (OrganisationProblem problem) {
      return Optional.empty();
    }
  }

  @Override
  public List<Long> upwards(long unit) {
    return jdbc.sql(
            """
            select a.id from organisation.unit_line l, unnest(l.line) with ordinality as a (id, step)
             where l.unit_id = ? order by a.step
            """)
        .param(unit)
        .query(Long.class)
        .list();
  }

  @Override
  public Set<Long> within(Collection<Long> units) {
    return units.isEmpty()
        ? Set.of()
        : new HashSet<>(
            jdbc.sql("select unit_id from organisation.unit_line where line && ?")
                .param(units.toArray(Long[]::new))
                .query(Long.class)
                .list());
  }

  @Override
  public List<Long> upwardsFrom(long unit, String level) {
    return jdbc.sql(
            """
            select a.id from organisation.unit_line l, unnest(l.line) with ordinality as a (id, step)
              join organisation.unit u on u.id = a.id
             where l.unit_id = :unit
               and array_position(:levels, u.level) <= array_position(:levels, :level) order by a.step
            """)
        .param("unit", unit)
        .param("levels", LEVELS.toArray(String[]::new))
        .param("level", level)
        .query(Long.class)
        .list();
  }

  @Override
  public Optional<String> name(long unit) {
    return jdbc.sql("select name from organisation.unit where id = ?")
        .param(unit)
        .query(String.class)
        .optional();
  }

  @Override
  public String kind() {
    return "unit";
  }

  @Override
  public Set<Action> allows(Role role) {
    return switch (role) {
      case PERSONNEL_OFFICER -> EnumSet.allOf(Action.class);
      case HEAD_OF_UNIT,
          HEAD_OF_PERSONNEL,
          OFFICIAL,
          DISCIPLINE_OFFICER,
          TRAINING_OFFICER,
          FINANCE_OFFICER,
          PETITION_OFFICER,
          PANEL_MEMBER,
          CUSTODIAN,
          SYSTEM_ADMINISTRATOR,
          SECURITY_ADMINISTRATOR,
          AUDIT_ADMINISTRATOR ->
          EnumSet.of(Action.READ);
    };
  }

  @Override
  public Optional<Place> place(String id) {
    long unit = Long.parseLong(id);
    return name(unit).map(name -> new Place(Set.of(unit), Set.of()));
  }
}
