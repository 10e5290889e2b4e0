package org.dandang.protection.hub;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.RecordKind;
import org.dandang.platform.access.Role;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * All that supervision and protection know of an official, as the rules of access see it: it lies
 * where the official's record lies, and is read by personnel and discipline officers.
 */
@Component
class SupervisionAccess implements RecordKind {
  static final String KIND = "supervision";

  private final ObjectProvider<RecordKind> kinds;

  SupervisionAccess(ObjectProvider<RecordKind> kinds) {
    this.kinds = kinds;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Set<Action> allows(Role role) {
    return role == Role.PERSONNEL_OFFICER || role == Role.DISCIPLINE_OFFICER
        ? EnumSet.of(Action.READ, Action.EXPORT)
        : EnumSet.noneOf(Action.class);
  }

  @Override
  public Optional<Place> place(String id) {
    return kinds.stream()
        .filter(kind -> kind.kind().equals("official"))
        .findFirst()
        .flatMap(kind -> kind.place(id));
  }
}
