package org.dandang.platform.deadline;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.calendar.Term;
import org.dandang.platform.calendar.WorkingCalendar;
import org.dandang.platform.deadline.Deadline.State;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.notice.Recipient;
import org.dandang.platform.web.Refused;
import org.dandang.platform.web.Wordings;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The deadlines of every module. Each change is recorded with its actor in the ledger, in the
 * caller's transaction where there is one.
 */
@Component
public class Deadlines {
  /** Longest reason, in characters. */
  static final int LONGEST_REASON = 500;

  private final JdbcClient jdbc;
  private final OfficeCalendar office;
  private final Wordings wordings;
  private final Ledger ledger;
  private final Clock clock;

  Deadlines(JdbcClient jdbc, OfficeCalendar office, Wordings wordings, Ledger ledger, Clock clock) {
    this.jdbc = jdbc;
    this.office = office;
    this.wordings = wordings;
    this.ledger = ledger;
    this.clock = clock;
  }

  /** Begins one. */
  @Transactional
  public Deadline begin(NewDeadline wanted, String actor) {
    WorkingCalendar calendar = office.current();
    LocalDate due = wanted.term().end(wanted.start(), calendar);
    LocalDate next =
        Effects.of(wanted.start(), due, wanted.remindBefore(), wanted.escalateAfter(), calendar)
            .getFirst()
            .on();
    long id =
        jdbc.sql(
                """
                insert into platform.deadline (owner_kind, owner_id, name, path, amount, unit,
                    first_day_counts, ends_on_working_day, starts_on, due_on, provisional,
                    remind_before, remind, escalate_after, escalate, may_extend_by, next_on,
                    begun_at, begun_by, unit_id, about)
                values (:kind, :owner, cast(:name as jsonb), :path, :amount, :unit, :first, :worked,
                    :start, :due, :provisional, :before, :remind, :after, :escalate, :extend, :next,
                    :at, :by, :belongs, :about)
                returning id
                """)
            .param("kind", wanted.owner().kind())
            .param("owner", wanted.owner().id())
            .param("name", wordings.stored(wanted.name()))
            .param("path", wanted.path())
            .param("amount", wanted.term().amount())
            .param("unit", wanted.term().unit().word())
            .param("first", wanted.term().firstDayCounts())
            .param("worked", wanted.term().endsOnWorkingDay())
            .param("start", wanted.start())
            .param("due", due)
            .param("provisional", isProvisional(wanted.start(), due, calendar))
            .param("before", wanted.remindBefore().toArray(Integer[]::new))
            .param("remind", codes(wanted.remind()))
            .param("after", wanted.escalateAfter())
            .param("escalate", codes(wanted.escalate()))
            .param("extend", wanted.mayExtendBy())
            .param("next", next)
            .param("at", OffsetDateTime.now(clock))
            .param("by", actor)
            .param("belongs", wanted.unit(), java.sql.Types.BIGINT)
            .param("about", wanted.about().toArray(Long[]::new))
            .query(Long.class)
            .single();
    record(
        actor, "deadline-begun", id, Map.of("owner", wanted.owner().kind(), "due", due.toString()));
    return one(id);
  }

  /**
   * Stops it until {@link #resume}: from today on no day counts.
   *
   * @param reason required
   * @throws Refused when it does not run, is overdue, or no reason is given
   */
  @Transactional
  public Deadline suspend(long id, String reason, String actor) {
    Deadline deadline = running(id);
    jdbc.sql(
            """
            insert into platform.deadline_suspension (deadline_id, from_on, reason, suspended_by)
            values (?, ?, ?, ?)
            """)
        .params(id, office.today(), reason(reason), actor)
        .update();
    jdbc.sql("update platform.deadline set state = 'suspended', next_on = null where id = ?")
        .param(deadline.id())
        .update();
    record(actor, "deadline-suspended", id, Map.of());
    return one(id);
  }

  /**
   * Lets the rest run on: from today on days count again.
   *
   * @throws Refused when it is not suspended
   */
  @Transactional
  public Deadline resume(long id, String actor) {
    Deadline deadline = locked(id);
    if (deadline.state() != State.SUSPENDED) {
      throw refused("deadline.problem.not-suspended");
    }
    jdbc.sql(
            """
            update platform.deadline_suspension set to_on = ?, resumed_by = ?
             where deadline_id = ? and to_on is null
            """)
        .params(office.today(), actor, id)
        .update();
    jdbc.sql("update platform.deadline set state = 'running' where id = ?").param(id).update();
    computeAgain(one(id), office.current());
    Deadline now = one(id);
    record(actor, "deadline-resumed", id, Map.of("due", now.due().toString()));
    return now;
  }

  /**
   * Extends it, once.
   *
   * @param more units of its term
   * @param reason required
   * @throws Refused when it may not be extended, not so far, was before, or is overdue
   */
  @Transactional
  public Deadline extend(long id, int more, String reason, String actor) {
    Deadline deadline = running(id);
    if (deadline.mayExtendBy() == 0) {
      throw refused("deadline.problem.not-extendable");
    }
    if (deadline.extendedBy() > 0) {
      throw refused("deadline.problem.extended-once");
    }
    if (more < 1 || more > deadline.mayExtendBy()) {
      throw refused("deadline.problem.too-far", deadline.mayExtendBy());
    }
    jdbc.sql("update platform.deadline set extended_by = ?, extended_reason = ? where id = ?")
        .params(more, reason(reason), id)
        .update();
    computeAgain(one(id), office.current());
    Deadline now = one(id);
    record(actor, "deadline-extended", id, Map.of("by", more, "due", now.due().toString()));
    return now;
  }

  /** What had to be done is done; nothing happens where it had ended before. */
  @Transactional
  public Deadline meet(long id, String actor) {
    return end(id, State.MET, actor);
  }

  /** What it is about is no longer to be done; nothing happens where it had ended before. */
  @Transactional
  public Deadline cancel(long id, String actor) {
    return end(id, State.CANCELLED, actor);
  }

  private Deadline end(long id, State state, String actor) {
    Deadline deadline = locked(id);
    if (deadline.state() == State.MET || deadline.state() == State.CANCELLED) {
      return deadline;
    }
    LocalDate today = office.today();
    jdbc.sql(
            """
            update platform.deadline_suspension set to_on = ?, resumed_by = ?
             where deadline_id = ? and to_on is null
            """)
        .params(today, actor, id)
        .update();
    jdbc.sql(
            """
            update platform.deadline
               set state = ?, ended_on = ?, ended_by = ?, next_on = null, problem = null, retry_at = null
             where id = ?
            """)
        .params(state.word(), today, actor, id)
        .update();
    record(actor, "deadline-" + state.word(), id, Map.of("due", deadline.due().toString()));
    return one(id);
  }

  public Optional<Deadline> find(long id) {
    return deadlines("where id = :id", Map.of("id", id)).stream().findFirst();
  }

  /** Those of a record, the earliest due first. */
  public List<Deadline> of(Owner owner) {
    return deadlines(
        "where owner_kind = :kind and owner_id = :owner order by due_on, id",
        Map.of("kind", owner.kind(), "owner", owner.id()));
  }

  /** When it was suspended, and why. */
  public List<Suspension> suspensions(long id) {
    return jdbc.sql(
            """
            select from_on, to_on, reason, suspended_by from platform.deadline_suspension
             where deadline_id = ? order by from_on, to_on nulls last
            """)
        .param(id)
        .query(
            (row, number) ->
                new Suspension(
                    row.getObject(1, LocalDate.class),
                    row.getObject(2, LocalDate.class),
                    row.getString(3),
                    row.getString(4)))
        .list();
  }

  /** Computes the last day by a calendar; true when it is another now. */
  boolean computeAgain(Deadline deadline, WorkingCalendar calendar) {
    LocalDate due =
        Counting.due(deadline.wholeTerm(), deadline.start(), suspensions(deadline.id()), calendar);
    LocalDate next =
        Effects.of(
                deadline.start(), due, deadline.remindBefore(), deadline.escalateAfter(), calendar)
            .getFirst()
            .on();
    boolean moved = !due.equals(deadline.due());
    jdbc.sql(
            """
            update platform.deadline
               set due_on = :due, provisional = :provisional,
                   passed_at = case when due_on = :due then passed_at end,
                   next_on = case when state = 'running' then cast(:next as date) end,
                   retry_at = null
             where id = :id
            """)
        .param("due", due)
        .param("provisional", isProvisional(deadline.start(), due, calendar))
        .param("next", next)
        .param("id", deadline.id())
        .update();
    return moved;
  }

  List<Deadline> deadlines(String which, Map<String, ?> values) {
    return jdbc.sql("select * from platform.deadline " + which)
        .params(values)
        .query(this::read)
        .list();
  }

  Deadline one(long id) {
    return find(id).orElseThrow();
  }

  private Deadline locked(long id) {
    return deadlines("where id = :id for update", Map.of("id", id)).stream()
        .findFirst()
        .orElseThrow(() -> refused("deadline.problem.none"));
  }

  private Deadline running(long id) {
    Deadline deadline = locked(id);
    if (deadline.state() != State.RUNNING) {
      throw refused("deadline.problem.not-running");
    }
    if (deadline.isOverdue(office.today())) {
      throw refused("deadline.problem.overdue", deadline.due());
    }
    return deadline;
  }

  private static String reason(String given) {
    String reason = given.strip();
    if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
      throw refused("deadline.problem.reason", LONGEST_REASON);
    }
    return reason;
  }

  private static Refused refused(String key, Object... values) {
    return new Refused("deadline", key, values);
  }

  private static boolean isProvisional(LocalDate start, LocalDate due, WorkingCalendar calendar) {
    return !calendar.provisionalYears(start, due).isEmpty();
  }

  private void record(String actor, String action, long id, Map<String, ?> detail) {
    ledger.append(actor, action, "deadline", Long.toString(id), new HashMap<>(detail));
  }

  private static String[] codes(List<Recipient> recipients) {
    return recipients.stream().map(Recipient::code).toArray(String[]::new);
  }

  private Deadline read(ResultSet row, int number) throws SQLException {
    return new Deadline(
        row.getLong("id"),
        new Owner(row.getString("owner_kind"), row.getString("owner_id")),
        wordings.read(row.getString("name")),
        row.getString("path"),
        new Term(
            row.getInt("amount"),
            Term.Unit.of(row.getString("unit")),
            row.getBoolean("first_day_counts"),
            row.getBoolean("ends_on_working_day")),
        row.getObject("starts_on", LocalDate.class),
        row.getObject("due_on", LocalDate.class),
        row.getBoolean("provisional"),
        Arrays.asList((Integer[]) array(row, "remind_before")),
        recipients(row, "remind"),
        row.getObject("escalate_after", Integer.class),
        recipients(row, "escalate"),
        row.getInt("may_extend_by"),
        row.getInt("extended_by"),
        row.getString("extended_reason"),
        State.of(row.getString("state")),
        row.getObject("ended_on", LocalDate.class),
        row.getObject("passed_at", OffsetDateTime.class),
        row.getString("problem"));
  }

  private static List<Recipient> recipients(ResultSet row, String column) throws SQLException {
    return Stream.of((String[]) array(row, column)).map(Recipient::of).toList();
  }

  private static Object array(ResultSet row, String column) throws SQLException {
    @Nullable Array array = row.getArray(column);
    if (array == null) {
      throw new SQLException(column + " is missing");
    }
    return array.getArray();
  }
}
