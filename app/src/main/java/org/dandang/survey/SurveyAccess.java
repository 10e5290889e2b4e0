package org.dandang.survey;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dandang.platform.access.Access;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.Assignment;
import org.dandang.platform.access.Reach;
import org.dandang.platform.access.RecordKind;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.access.Subject;
import org.dandang.platform.web.NotHere;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Votes as the rules of access see them: those of a unit belong to whoever answers for it. */
@Component
class SurveyAccess implements RecordKind {
  static final String KIND = "survey";

  private final Surveys surveys;
  private final ObjectProvider<Access> access;

  SurveyAccess(Surveys surveys, ObjectProvider<Access> access) {
    this.surveys = surveys;
    this.access = access;
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
    return surveys
        .find(Long.parseLong(id))
        .map(
            survey ->
                new Place(survey.unit() == null ? Set.of() : Set.of(survey.unit()), Set.of()));
  }

  /**
   * A vote this account may do something with.
   *
   * @throws NotHere when there is none
   */
  Survey seen(long id, SignedIn account, Action action) {
    if (!access.getObject().may(account, action, new Subject(KIND, Long.toString(id))).allowed()) {
      throw new NotHere();
    }
    return surveys.find(id).orElseThrow(NotHere::new);
  }

  /** How far an account's roles reach for running votes. */
  Reach reach(SignedIn account) {
    return access.getObject().reach(account, Action.READ, KIND);
  }

  /** The units whose votes an account runs; null: all there are. */
  static @Nullable List<Long> units(SignedIn account) {
    List<Long> units = new ArrayList<>();
    for (Assignment held : account.today()) {
      if (held.role() == Role.PERSONNEL_OFFICER) {
        if (held.unit() == null) {
          return null;
        }
        units.add(held.unit());
      }
    }
    return units;
  }
}
