package org.dandang.platform.access;

import java.time.LocalDate;
import java.util.List;
import org.dandang.platform.access.AssignmentRefused.Reason;
import org.dandang.platform.access.Assignments.Kind;
import org.dandang.platform.access.Assignments.Wanted;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Passing the own roles on for a time. Nobody passes on more than the own: not another role, not a
 * wider jurisdiction, not for longer, and nothing that was passed on to oneself.
 */
@Component
public class Delegations {
  private final Assignments assignments;
  private final AccountBook accounts;
  private final ObjectProvider<UnitsAbove> units;
  private final JdbcClient jdbc;

  Delegations(
      Assignments assignments,
      AccountBook accounts,
      ObjectProvider<UnitsAbove> units,
      JdbcClient jdbc) {
    this.assignments = assignments;
    this.accounts = accounts;
    this.units = units;
    this.jdbc = jdbc;
  }

  /** The roles somebody may pass on. */
  public List<Assignment> own(SignedIn account) {
    return assignments.today(account.account()).stream()
        .filter(held -> !held.isForAnother())
        .filter(held -> !held.role().isAdministrator() && held.role() != Role.OFFICIAL)
        .toList();
  }

  /**
   * Passes a role on.
   *
   * @param assignment one of the giver's own
   * @param unit a unit within its jurisdiction; null: the whole of it
   * @param to sign-in name of who gets it
   * @param until first day on which it does not hold any more
   * @throws AssignmentRefused when it cannot be passed on so; it says why
   */
  @Transactional
  public long delegate(
      SignedIn giver,
      long assignment,
      @Nullable Long unit,
      String to,
      LocalDate from,
      @Nullable LocalDate until,
      String reason) {
    Assignment own =
        own(giver).stream()
            .filter(held -> held.id() == assignment)
            .findFirst()
            .orElseThrow(() -> new AssignmentRefused(Reason.MORE_THAN_THE_GIVER_HAS));
    if (from.isBefore(assignments.today())) {
      throw new AssignmentRefused(Reason.STARTS_IN_THE_PAST);
    }
    if (until == null || reason.isBlank()) {
      throw new AssignmentRefused(Reason.NEEDS_END_AND_REASON);
    }
    boolean longer = own.until() != null && until.isAfter(own.until());
    boolean wider = own.unit() != null && unit != null && !within(unit, own.unit());
    if (longer || wider) {
      throw new AssignmentRefused(Reason.MORE_THAN_THE_GIVER_HAS);
    }
    long account =
        accounts
            .number(to)
            .filter(number -> number != giver.account())
            .orElseThrow(() -> new AssignmentRefused(Reason.NO_SUCH_ACCOUNT));
    return assignments.give(
        new Wanted(
            account,
            own.role(),
            unit == null ? own.unit() : unit,
            from,
            until,
            Kind.DELEGATED,
            giver.account(),
            reason.strip()),
        giver.signInName());
  }

  /** Takes back what one has passed on; false when it is not the own, or has ended. */
  @Transactional
  public boolean takeBack(SignedIn giver, long assignment) {
    boolean own =
        jdbc.sql(
                "select exists (select from platform.role_assignment where id = ? and for_account = ? and kind = 'delegated')")
            .params(assignment, giver.account())
            .query(Boolean.class)
            .single();
    return own && assignments.end(assignment, assignments.today(), giver.signInName());
  }

  private boolean within(long unit, long jurisdiction) {
    UnitsAbove tree = units.getIfAvailable();
    return tree != null && tree.upwards(unit).contains(jurisdiction);
  }
}
