package org.dandang.platform.deadline;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.calendar.WorkingCalendar;
import org.dandang.platform.deadline.Deadline.State;
import org.dandang.platform.deadline.Effects.Effect;
import org.dandang.platform.deadline.Effects.Kind;
import org.dandang.platform.jobs.Recurring;
import org.dandang.platform.ledger.Ledger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Does what is due about deadlines: tells everybody who listens, and records it, in one transaction
 * a deadline. What fell due while nobody ran is done at the next run; reminders of what has passed
 * meanwhile are left out and recorded as such. When the calendar has changed, the last days are
 * computed again first.
 */
@Component
class DeadlineRunner implements Recurring {
  private static final Logger LOG = LoggerFactory.getLogger(DeadlineRunner.class);
  private static final int AT_A_TIME = 500;
  private static final Duration FIRST_RETRY = Duration.ofMinutes(1);
  private static final Duration LAST_RETRY = Duration.ofHours(6);

  private final JdbcClient jdbc;
  private final Deadlines deadlines;
  private final OfficeCalendar office;
  private final ApplicationEventPublisher events;
  private final TransactionTemplate transaction;
  private final Ledger ledger;
  private final Clock clock;

  DeadlineRunner(
      JdbcClient jdbc,
      Deadlines deadlines,
      OfficeCalendar office,
      ApplicationEventPublisher events,
      TransactionTemplate transaction,
      Ledger ledger,
      Clock clock) {
    this.jdbc = jdbc;
    this.deadlines = deadlines;
    this.office = office;
    this.events = events;
    this.transaction = transaction;
    this.ledger = ledger;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "deadlines";
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(30);
  }

  @Override
  public void run() throws InterruptedException {
    WorkingCalendar calendar = office.current();
    followTheCalendar(calendar);
    List<Long> due;
    do {
      due =
          jdbc.sql(
                  """
                  select id from platform.deadline
                   where state = 'running' and next_on <= ? and (retry_at is null or retry_at <= ?)
                   order by next_on, id limit ?
                  """)
              .params(office.today(), OffsetDateTime.now(clock), AT_A_TIME)
              .query(Long.class)
              .list();
      for (Long id : due) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        about(id, calendar);
      }
    } while (due.size() == AT_A_TIME);
  }

  private void about(long id, WorkingCalendar calendar) {
    try {
      transaction.executeWithoutResult(status -> carryThrough(id, calendar));
    } catch (RuntimeException e) {
      LOG.warn("Deadline {} could not be carried through and is tried again", id, e);
      transaction.executeWithoutResult(
          status ->
              jdbc.sql(
                      """
                      update platform.deadline
                         set attempts = attempts + 1, problem = :problem,
                             retry_at = cast(:now as timestamptz)
                               + least(:first * power(2, least(attempts, 20)), :last) * interval '1 second'
                       where id = :id
                      """)
                  .param("problem", e.getClass().getSimpleName() + ": " + e.getMessage())
                  .param("now", OffsetDateTime.now(clock))
                  .param("first", FIRST_RETRY.toSeconds())
                  .param("last", LAST_RETRY.toSeconds())
                  .param("id", id)
                  .update());
    }
  }

  private void carryThrough(long id, WorkingCalendar calendar) {
    LocalDate today = office.today();
    @Nullable Deadline deadline =
        deadlines.deadlines("where id = :id for update", Map.of("id", id)).stream()
            .findFirst()
            .orElse(null);
    if (deadline == null || deadline.state() != State.RUNNING) {
      return;
    }
    LocalDate next = null;
    for (Effect effect :
        Effects.of(
            deadline.start(),
            deadline.due(),
            deadline.remindBefore(),
            deadline.escalateAfter(),
            calendar)) {
      if (effect.on().isAfter(today)) {
        next = effect.on();
        break;
      }
      boolean late = effect.kind() == Kind.REMINDED && today.isAfter(deadline.due());
      if (recorded(deadline, effect, late) && !late) {
        tell(deadline, effect);
      }
    }
    jdbc.sql(
            """
            update platform.deadline set next_on = :next, attempts = 0, problem = null, retry_at = null
             where id = :id and state = 'running'
            """)
        .param("next", next)
        .param("id", id)
        .update();
  }

  /** False when it was done before. */
  private boolean recorded(Deadline deadline, Effect effect, boolean skipped) {
    return jdbc.sql(
                """
                insert into platform.deadline_effect (deadline_id, kind, amount, due_on, skipped, at)
                values (?, ?, ?, ?, ?, ?) on conflict do nothing
                """)
            .params(
                deadline.id(),
                effect.kind().word(),
                effect.amount(),
                deadline.due(),
                skipped,
                OffsetDateTime.now(clock))
            .update()
        > 0;
  }

  private void tell(Deadline deadline, Effect effect) {
    switch (effect.kind()) {
      case REMINDED -> events.publishEvent(new DeadlineReminder(deadline, effect.amount()));
      case PASSED -> {
        jdbc.sql("update platform.deadline set passed_at = ? where id = ?")
            .params(OffsetDateTime.now(clock), deadline.id())
            .update();
        ledger.append(
            "clock",
            "deadline-passed",
            "deadline",
            Long.toString(deadline.id()),
            Map.of("due", deadline.due().toString()));
        events.publishEvent(new DeadlinePassed(deadlines.one(deadline.id())));
      }
      case ESCALATED -> events.publishEvent(new DeadlineEscalated(deadline));
    }
  }

  private void followTheCalendar(WorkingCalendar calendar) {
    String before =
        jdbc.sql("select fingerprint from platform.deadline_calendar")
            .query(String.class)
            .optional()
            .orElse("");
    if (before.equals(calendar.fingerprint())) {
      return;
    }
    long after = 0;
    int moved = 0;
    List<Deadline> some;
    do {
      some =
          deadlines.deadlines(
              "where state in ('running', 'suspended') and id > :after order by id limit :most",
              Map.of("after", after, "most", AT_A_TIME));
      for (Deadline one : some) {
        moved +=
            Boolean.TRUE.equals(transaction.execute(status -> moved(one.id(), calendar))) ? 1 : 0;
        after = one.id();
      }
    } while (some.size() == AT_A_TIME);
    int count = moved;
    transaction.executeWithoutResult(
        status -> {
          jdbc.sql(
                  """
                  insert into platform.deadline_calendar (fingerprint) values (?)
                  on conflict (only_one) do update set fingerprint = excluded.fingerprint
                  """)
              .param(calendar.fingerprint())
              .update();
          if (count > 0) {
            ledger.append(
                "clock", "deadlines-computed-again", "calendar", null, Map.of("moved", count));
          }
        });
  }

  private boolean moved(long id, WorkingCalendar calendar) {
    return deadlines
        .deadlines(
            "where id = :id and state in ('running', 'suspended') for update", Map.of("id", id))
        .stream()
        .anyMatch(
            deadline -> {
              boolean moved = deadlines.computeAgain(deadline, calendar);
              if (moved) {
                events.publishEvent(new DeadlineMoved(deadlines.one(id), deadline.due()));
              }
              return moved;
            });
  }
}
