package org.dandang.protection.hub;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.deadline.Deadline;
import org.dandang.platform.deadline.Deadlines;
import org.dandang.platform.deadline.Owner;
import org.dandang.platform.ledger.Ledger;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Changes what a lead says of the people it names, and closes it when all is settled. */
@Component
class LeadSettling {
  private final JdbcClient jdbc;
  private final Deadlines deadlines;
  private final Ledger ledger;
  private final OfficeCalendar office;
  private final ApplicationEventPublisher events;

  LeadSettling(
      JdbcClient jdbc,
      Deadlines deadlines,
      Ledger ledger,
      OfficeCalendar office,
      ApplicationEventPublisher events) {
    this.events = events;
    this.jdbc = jdbc;
    this.deadlines = deadlines;
    this.ledger = ledger;
    this.office = office;
  }

  @Transactional
  void link(Lead lead, long person, long official, String reason, SignedIn by, OffsetDateTime now) {
    int linked =
        jdbc.sql(
                """
                update protection.lead_person
                   set official_id = :official, linked_at = :now, linked_by = :by, reason = :reason, set_aside = null
                 where id = :person and official_id is null
                """)
            .param("official", official)
            .param("now", now)
            .param("by", by.signInName())
            .param("reason", reason)
            .param("person", person)
            .update();
    if (linked == 0) {
      throw Intake.refused("linked-already");
    }
    note(by.signInName(), "lead-person-linked", lead.id(), Map.of("person", person));
  }

  @Transactional
  void unlink(Lead lead, long person, SignedIn by) {
    int taken =
        jdbc.sql(
                """
                update protection.lead_person p
                   set official_id = null, linked_at = null, linked_by = null, reason = null, set_aside = null
                 where id = :person and outcome is null
                   and not exists (select from protection.lead_contact c where c.person_id = p.id)
                """)
            .param("person", person)
            .update();
    if (taken == 0) {
      throw Intake.refused("acted-on");
    }
    note(by.signInName(), "lead-person-unlinked", lead.id(), Map.of("person", person));
  }

  @Transactional
  void setAside(Lead lead, long person, String reason, SignedIn by) {
    jdbc.sql("update protection.lead_person set set_aside = ? where id = ?")
        .params(reason, person)
        .update();
    note(by.signInName(), "lead-person-set-aside", lead.id(), Map.of("person", person));
    closeIfSettled(lead.id(), by.signInName());
  }

  /**
   * Keeps what a lead came to for officials, within the act that decided it.
   *
   * @throws org.dandang.platform.web.Refused when the lead does not name one of them or has come to
   *     something for one already
   */
  void settle(
      long lead,
      java.util.List<Long> officials,
      Outcome outcome,
      String severity,
      long matter,
      LocalDate on,
      String actor) {
    String state =
        jdbc.sql("select state from protection.lead where id = ? for update")
            .param(lead)
            .query(String.class)
            .single();
    if (!state.equals("open")) {
      throw Intake.refused("not-open");
    }
    for (long official : officials) {
      int settled =
          jdbc.sql(
                  """
                  update protection.lead_person
                     set outcome = :outcome, severity = :severity, outcome_on = :on, matter_id = :matter
                   where lead_id = :lead and official_id = :official and outcome is null
                  """)
              .param("outcome", outcome.word())
              .param("severity", severity)
              .param("on", on)
              .param("matter", matter)
              .param("lead", lead)
              .param("official", official)
              .update();
      if (settled == 0) {
        throw Intake.refused("not-of-the-lead");
      }
      if (outcome == Outcome.UNFOUNDED) {
        events.publishEvent(unfounded(lead, official, on, actor));
      }
    }
    note(
        actor,
        "lead-outcome",
        lead,
        Map.of("outcome", outcome.word(), "officials", officials.size(), "matter", matter));
    closeIfSettled(lead, actor);
  }

  private ReportUnfounded unfounded(long lead, long official, LocalDate on, String actor) {
    return jdbc.sql(
            """
            select p.id, l.number || '/' || p.place as number, l.unit_id as unit
              from protection.lead_person p join protection.lead l on l.id = p.lead_id
             where p.lead_id = ? and p.official_id = ?
            """)
        .params(lead, official)
        .query(
            (row, number) ->
                new ReportUnfounded(
                    row.getLong("id"),
                    row.getString("number"),
                    official,
                    row.getLong("unit"),
                    on,
                    actor))
        .single();
  }

  private void closeIfSettled(long lead, String actor) {
    int closed =
        jdbc.sql(
                """
                update protection.lead l set state = 'closed', closed_on = :today
                 where id = :lead and state = 'open'
                   and not exists (select from protection.lead_person p
                                    where p.lead_id = l.id and p.outcome is null and p.set_aside is null)
                """)
            .param("today", office.today())
            .param("lead", lead)
            .update();
    if (closed > 0) {
      deadlines(lead, actor, true);
      note(actor, "lead-closed", lead, Map.of());
    }
  }

  /** Ends the deadlines of a lead: met, or called off. */
  void deadlines(long lead, String actor, boolean met) {
    for (Deadline deadline : deadlines.of(new Owner(Intake.OWNER, Long.toString(lead)))) {
      if (deadline.state() == Deadline.State.RUNNING
          || deadline.state() == Deadline.State.SUSPENDED) {
        if (met) {
          deadlines.meet(deadline.id(), actor);
        } else {
          deadlines.cancel(deadline.id(), actor);
        }
      }
    }
  }

  void note(String actor, String action, long lead, Map<String, ?> detail) {
    ledger.append(actor, action, LeadAccess.KIND, Long.toString(lead), detail);
  }
}
