package org.dandang.protection.hub;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.dandang.platform.access.Access;
import org.dandang.platform.access.Action;
import org.dandang.platform.access.Assignment;
import org.dandang.platform.access.Readers;
import org.dandang.platform.access.RecordKind;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.access.Subject;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.storage.Sight;
import org.dandang.platform.web.NotHere;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Leads as the rules of access see them: personnel and discipline officers of the jurisdiction read
 * them, whoever brought one reads that one by a grant, and nobody reads a lead that names them or
 * kin of theirs. That there is such a lead is not told to them either.
 */
@Component
public class LeadAccess implements RecordKind {
  static final String KIND = "lead";
  private static final Set<Role> READERS =
      EnumSet.of(Role.PERSONNEL_OFFICER, Role.DISCIPLINE_OFFICER);

  private final JdbcClient jdbc;
  private final ObjectProvider<Access> access;
  private final ObjectProvider<Readers> readers;
  private final ObjectProvider<OfficeCalendar> office;

  LeadAccess(
      JdbcClient jdbc,
      ObjectProvider<Access> access,
      ObjectProvider<Readers> readers,
      ObjectProvider<OfficeCalendar> office) {
    this.jdbc = jdbc;
    this.access = access;
    this.readers = readers;
    this.office = office;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Set<Action> allows(Role role) {
    return READERS.contains(role) ? EnumSet.allOf(Action.class) : EnumSet.noneOf(Action.class);
  }

  @Override
  public Optional<Place> place(String id) {
    long lead = Long.parseLong(id);
    return jdbc.sql("select unit_id from protection.lead where id = ?")
        .param(lead)
        .query(Long.class)
        .optional()
        .map(unit -> new Place(Set.of(unit), officials(lead)));
  }

  private Set<Long> officials(long lead) {
    return new HashSet<>(
        jdbc.sql(
                "select official_id from protection.lead_person where lead_id = ? and official_id"
                    + " is not null")
            .param(lead)
            .query(Long.class)
            .list());
  }

  /** Whether an account may do something with a lead. */
  boolean may(SignedIn account, Action action, long lead) {
    return access
        .getObject()
        .may(account, action, new Subject(KIND, Long.toString(lead)))
        .allowed();
  }

  /**
   * @throws NotHere when it may not, or there is no such lead
   */
  void need(SignedIn account, Action action, long lead) {
    if (!may(account, action, lead)) {
      throw new NotHere();
    }
  }

  /** Whether an account may take leads in for a unit. */
  boolean mayTakeIn(SignedIn account, long unit) {
    return EnumSet.of(Role.PERSONNEL_OFFICER, Role.DISCIPLINE_OFFICER, Role.PETITION_OFFICER)
        .stream()
        .anyMatch(role -> access.getObject().holds(account, role, unit));
  }

  /** What of leads an account sees at once, for lists and figures. */
  public Sight sight(SignedIn account) {
    @Nullable Set<Long> units = new HashSet<>();
    for (Assignment held : account.today()) {
      if (READERS.contains(held.role())) {
        if (held.unit() == null) {
          units = null;
          break;
        }
        units.add(held.unit());
      }
    }
    Set<Long> hidden =
        readers.getObject().sightOf(account) instanceof Sight.Part part ? part.hidden() : Set.of();
    return new Sight.Part(
        office.getObject().today(),
        units,
        account.official(),
        Set.of(),
        hidden,
        false,
        account.account());
  }
}
