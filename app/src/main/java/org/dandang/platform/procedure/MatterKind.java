package org.dandang.platform.procedure;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.RecordKind;
import org.dandang.platform.access.Role;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Matters, as the rules of access see them: the personnel officers of the unit read them; everybody
 * else by a grant for as long as a step is theirs.
 */
@Component
class MatterKind implements RecordKind {
  private final JdbcClient jdbc;

  MatterKind(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public String kind() {
    return MatterSteps.SUBJECT;
  }

  @Override
  public Set<Action> allows(Role role) {
    return role == Role.PERSONNEL_OFFICER
        ? EnumSet.of(Action.READ, Action.EXPORT)
        : EnumSet.noneOf(Action.class);
  }

  @Override
  public Optional<Place> place(String id) {
    long matter = Long.parseLong(id);
    return jdbc.sql("select unit_id from platform.matter where id = ? and state <> 'draft'")
        .param(matter)
        .query(Long.class)
        .optional()
        .map(
            unit ->
                new Place(
                    Set.of(unit),
                    new HashSet<>(
                        jdbc.sql(
                                """
                                select subject from platform.matter_party
                                 where matter_id = ? and kind = 'official'
                                """)
                            .param(matter)
                            .query(Long.class)
                            .list())));
  }
}
