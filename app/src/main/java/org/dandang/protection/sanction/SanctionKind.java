package org.dandang.protection.sanction;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.RecordKind;
import org.dandang.platform.access.Role;
import org.dandang.platform.calendar.OfficeCalendar;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whose discipline somebody works on: personnel and discipline officers over the official's unit,
 * by the official's number. Discipline officers see nothing else of the official.
 */
@Component
class SanctionKind implements RecordKind {
  private final JdbcClient jdbc;
  private final OfficeCalendar office;

  SanctionKind(JdbcClient jdbc, @Lazy OfficeCalendar office) {
    this.jdbc = jdbc;
    this.office = office;
  }

  @Override
  public String kind() {
    return Sanctions.SUBJECT;
  }

  @Override
  public Set<Action> allows(Role role) {
    return role == Role.PERSONNEL_OFFICER || role == Role.DISCIPLINE_OFFICER
        ? EnumSet.allOf(Action.class)
        : EnumSet.noneOf(Action.class);
  }

  @Override
  public Optional<Place> place(String official) {
    long number = Long.parseLong(official);
    Set<Long> units =
        new HashSet<>(
            jdbc.sql("select official.seen_from(?, ?)")
                .params(number, office.today())
                .query(Long.class)
                .list());
    return Optional.of(new Place(units, Set.of(number)));
  }
}
