package org.dandang.platform.deadline;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.RecordKind;
import org.dandang.platform.access.Role;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Deadlines as the rules of access see them: those of a unit belong to its personnel officers. */
@Component
class DeadlineKind implements RecordKind {
  static final String KIND = "deadline";

  private final JdbcClient jdbc;

  DeadlineKind(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Set<Action> allows(Role role) {
    return role == Role.PERSONNEL_OFFICER
        ? EnumSet.allOf(Action.class)
        : EnumSet.noneOf(Action.class);
  }

  @Override
  public Optional<Place> place(String id) {
    return jdbc.sql("select unit_id, about from platform.deadline where id = ?")
        .param(Long.parseLong(id))
        .query(
            (row, number) -> {
              Long unit = row.getObject("unit_id", Long.class);
              return new Place(
                  unit == null ? Set.of() : Set.of(unit),
                  Set.copyOf(List.of((Long[]) row.getArray("about").getArray())));
            })
        .optional();
  }
}
