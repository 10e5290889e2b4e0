package org.dandang.protection.clarification;

import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dandang.platform.access.Role;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.notice.NewNotice;
import org.dandang.platform.notice.Notices;
import org.dandang.platform.notice.Recipient;
import org.dandang.platform.storage.Sights;
import org.dandang.platform.web.Wordings;
import org.dandang.protection.hub.ReportUnfounded;
import org.dandang.protection.sanction.SanctionRevoked;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Proposes a clarification where a report came to "unfounded" or a measure was revoked because what
 * it rested on was not so. It is a proposal: a person begins the procedure, in which the harm is
 * shown and policy says whether it is to be cleared.
 */
@Component
class Proposing {
  /** Grounds on which it was not so; a fault of procedure or a measure too heavy clears nobody. */
  private static final Set<String> NOT_SO = Set.of("facts", "mistaken-person");

  private final JdbcClient jdbc;
  private final Notices notices;
  private final Wordings wordings;
  private final Ledger ledger;
  private final Clock clock;

  Proposing(JdbcClient jdbc, Notices notices, Wordings wordings, Ledger ledger, Clock clock) {
    this.jdbc = jdbc;
    this.notices = notices;
    this.wordings = wordings;
    this.ledger = ledger;
    this.clock = clock;
  }

  @EventListener
  void unfounded(ReportUnfounded report) {
    tell(report.number(), report.unit(), report.actor());
  }

  private record Revoked(String ground, long unit, String by) {}

  @EventListener
  void revoked(SanctionRevoked event) {
    Sights.everywhere(
        () ->
            jdbc.sql(
                    """
                    select s.revoked_ground as ground, m.unit_id as unit, s.revoked_by as by
                      from protection.sanction s join platform.matter m on m.id = s.revoked_matter
                     where s.id = ? and s.revoked_ground is not null
                    """)
                .param(event.sanction())
                .query(Revoked.class)
                .optional()
                .filter(found -> NOT_SO.contains(found.ground()))
                .ifPresent(found -> propose(event, found)));
  }

  /** A measure is proposed for once, whatever is heard twice. */
  private void propose(SanctionRevoked event, Revoked found) {
    String number = "S-" + event.sanction();
    LocalDate on = event.on();
    int first =
        jdbc.sql(
                """
                insert into protection.report_outcome (number, official_id, unit_id, outcome, outcome_on, concluded, recorded_at, recorded_by)
                values (?, ?, ?, 'unfounded', ?, true, ?, ?) on conflict (number) do nothing
                """)
            .params(
                number, event.official(), found.unit(), on, OffsetDateTime.now(clock), found.by())
            .update();
    if (first > 0) {
      tell(number, found.unit(), found.by());
    }
  }

  private void tell(String number, long unit, String actor) {
    ledger.append(actor, "clarification-proposed", "report", number, Map.of("unit", unit));
    notices.send(
        new NewNotice(
            "clarification:proposed:" + number,
            wordings.of("clarification.told.proposed"),
            null,
            "/protection/clarification/candidates",
            List.of(new Recipient.OfRole(Role.PERSONNEL_OFFICER, unit)),
            actor));
  }
}
