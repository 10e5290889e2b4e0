package org.dandang.protection.sanction;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.dandang.platform.access.Role;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.calendar.Term;
import org.dandang.platform.deadline.Deadline;
import org.dandang.platform.deadline.Deadlines;
import org.dandang.platform.deadline.NewDeadline;
import org.dandang.platform.deadline.Owner;
import org.dandang.platform.notice.Recipient;
import org.dandang.platform.procedure.DecisionRegister;
import org.dandang.platform.procedure.Entered;
import org.dandang.platform.procedure.Figure;
import org.dandang.platform.procedure.Matter;
import org.dandang.platform.storage.Sights;
import org.dandang.platform.web.Wordings;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Enters revocations: the measure counts no more, and the name is to be cleared within the time
 * where the decision had been made known.
 */
@Component
class RevocationRegister implements DecisionRegister {
  static final String OWNER = "sanction-clearing";

  private final Sanctions sanctions;
  private final Deadlines deadlines;
  private final Wordings wordings;
  private final OfficeCalendar office;
  private final ApplicationEventPublisher events;

  RevocationRegister(
      Sanctions sanctions,
      Deadlines deadlines,
      Wordings wordings,
      OfficeCalendar office,
      ApplicationEventPublisher events) {
    this.sanctions = sanctions;
    this.deadlines = deadlines;
    this.wordings = wordings;
    this.office = office;
    this.events = events;
  }

  @Override
  public String kind() {
    return "revocation";
  }

  @Override
  public void enter(Entered entered) {
    Sights.everywhere(() -> entered(entered));
  }

  private void entered(Entered entered) {
    Matter matter = entered.matter();
    long id = entered.neededOnRecord("sanction");
    Sanction sanction =
        sanctions
            .find(id, office.today())
            .filter(one -> matter.officials().contains(one.official()))
            .orElseThrow(() -> Sanctions.refused("not-of-the-party"));
    LocalDate on = entered.neededDay("revoked-on");
    Figure time = Objects.requireNonNull(matter.figures().get("restore-days"));
    Deadline clearing =
        deadlines.begin(
            NewDeadline.of(
                    new Owner(OWNER, Long.toString(id)),
                    wordings.of("sanction.clearing"),
                    "/protection/sanctions/" + id,
                    Term.workingDays(time.value().intValueExact()),
                    entered.on())
                .belonging(matter.unit(), List.of(sanction.official()))
                .reminding(
                    List.of(new Recipient.OfRole(Role.PERSONNEL_OFFICER, matter.unit())),
                    List.of(3))
                .escalating(List.of(new Recipient.OfRole(Role.HEAD_OF_UNIT, matter.unit())), 1),
            entered.actor());
    String scope = entered.needed("scope");
    sanctions.revoke(
        id,
        new Sanctions.Revocation(
            on,
            entered.needed("ground"),
            entered.needed("restored"),
            scope,
            clearing.due(),
            matter.id()),
        entered.actor());
    events.publishEvent(new SanctionRevoked(id, sanction.official(), matter.id(), on, scope));
  }
}
