package org.dandang.selection;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.dandang.official.ProposedPostings;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.RecordKind;
import org.dandang.platform.access.Role;
import org.springframework.stereotype.Component;

/**
 * Lists of promotions as the rules of access see them: they belong to the officers of the units in
 * which posts are proposed, and are about those proposed.
 */
@Component
class SlateKind implements RecordKind {
  static final String KIND = "slate";

  private final ProposedPostings postings;

  SlateKind(ProposedPostings postings) {
    this.postings = postings;
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
    ProposedPostings.Concerned concerned = postings.concerned(Long.parseLong(id));
    return concerned.units().isEmpty()
        ? Optional.empty()
        : Optional.of(new Place(concerned.units(), concerned.officials()));
  }
}
