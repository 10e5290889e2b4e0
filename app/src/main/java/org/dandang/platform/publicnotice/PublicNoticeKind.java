package org.dandang.platform.publicnotice;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.RecordKind;
import org.dandang.platform.access.Role;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Public notices as the rules of access see them: officers handle those of their own units. */
@Component
class PublicNoticeKind implements RecordKind {
  private final ObjectProvider<PublicNotices> notices;

  PublicNoticeKind(ObjectProvider<PublicNotices> notices) {
    this.notices = notices;
  }

  @Override
  public String kind() {
    return PublicNotices.OWNER;
  }

  @Override
  public Set<Action> allows(Role role) {
    return role == Role.PERSONNEL_OFFICER
        ? EnumSet.allOf(Action.class)
        : EnumSet.noneOf(Action.class);
  }

  @Override
  public Optional<Place> place(String id) {
    return notices
        .getObject()
        .find(Long.parseLong(id))
        .map(
            notice ->
                new Place(
                    notice.unit() == null ? Set.of() : Set.of(notice.unit()),
                    new HashSet<>(notice.about())));
  }
}
