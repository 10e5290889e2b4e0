package org.dandang.platform.access;

import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.dandang.platform.ledger.Ledger;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who holds which role over which unit, from a day until another. */
@Component
public class Assignments {
  private static final Duration FRESH = Duration.ofSeconds(5);

  private static final RowMapper<Assignment> ASSIGNMENT =
      (row, number) ->
          new Assignment(
              row.getLong("id"),
              Role.of(row.getString("role")),
              row.getObject("unit_id", Long.class),
              row.getObject("starts_on", LocalDate.class),
              row.getObject("ends_on", LocalDate.class),
              row.getString("for_name"));

  private final JdbcClient jdbc;
  private final Ledger ledger;
  private final Clock clock;
  private final ZoneId zone;
  private final Changes changes;
  private final ApplicationEventPublisher events;
  private final Map<Long, Known> lately = new ConcurrentHashMap<>();

  Assignments(
      JdbcClient jdbc,
      Ledger ledger,
      Clock clock,
      Changes changes,
      ApplicationEventPublisher events,
      @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone) {
    this.jdbc = jdbc;
    this.ledger = ledger;
    this.clock = clock;
    this.changes = changes;
    this.events = events;
    this.zone = zone;
  }

  /** How somebody comes to a role. */
  public enum Kind {
    HELD,
    STAND_IN,
    DELEGATED;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * A role to be given.
   *
   * @param unit null: everything
   * @param from first day
   * @param until first day on which it does not hold any more; null: until ended, for held roles
   * @param forAccount whose role it is, when delegated or stood in for; null: a role of its own
   * @param reason needed for what is delegated or stood in for
   */
  public record Wanted(
      long account,
      Role role,
      @Nullable Long unit,
      LocalDate from,
      @Nullable LocalDate until,
      Kind kind,
      @Nullable Long forAccount,
      @Nullable String reason) {
    /** A role of its own, from a day on. */
    public static Wanted held(long account, Role role, @Nullable Long unit, LocalDate from) {
      return new Wanted(account, role, unit, from, null, Kind.HELD, null, null);
    }
  }

  /** What an account holds on the present day, by id. */
  public List<Assignment> today(long account) {
    return jdbc.sql(
            """
            select a.*, f.sign_in_name as for_name
              from platform.role_assignment a left join platform.account f on f.id = a.for_account
             where a.account_id = :account and a.starts_on <= :day and (a.ends_on is null or a.ends_on > :day)
             order by a.id
            """)
        .param("account", account)
        .param("day", today())
        .query(ASSIGNMENT)
        .list();
  }

  /**
   * Gives a role.
   *
   * @throws AssignmentRefused when it cannot be given; it says why
   */
  @Transactional
  public long give(Wanted wanted, String actor) {
    refuseWhatDoesNotFit(wanted);
    long id =
        jdbc.sql(
                """
                insert into platform.role_assignment
                       (account_id, role, unit_id, starts_on, ends_on, kind, for_account, reason, given_at, given_by)
                values (:account, :role, :unit, :from, :until, :kind, :for, :reason, :now, :by) returning id
                """)
            .param("account", wanted.account())
            .param("role", wanted.role().word())
            .param("unit", wanted.unit(), Types.BIGINT)
            .param("from", wanted.from())
            .param("until", wanted.until(), Types.DATE)
            .param("kind", wanted.kind().word())
            .param("for", wanted.forAccount(), Types.BIGINT)
            .param("reason", wanted.reason(), Types.VARCHAR)
            .param("now", OffsetDateTime.now(clock))
            .param("by", actor)
            .query(Long.class)
            .single();
    Map<String, Object> detail = new HashMap<>();
    detail.put("assignment", id);
    detail.put("role", wanted.role().word());
    detail.put("kind", wanted.kind().word());
    detail.put("unit", wanted.unit());
    detail.put("from", wanted.from().toString());
    detail.put("until", Objects.toString(wanted.until(), null));
    detail.put("for", wanted.forAccount());
    ledger.append(actor, "role-given", "account", Long.toString(wanted.account()), detail);
    if (!wanted.from().isAfter(today())) {
      endSessions(wanted.account());
    }
    changes.count();
    return id;
  }

  /**
   * Ends a role from a day on, and what was delegated on the strength of it.
   *
   * @param on first day on which it does not hold any more, not before the present day
   * @return false when it has already ended by then
   */
  @Transactional
  public boolean end(long assignment, LocalDate on, String actor) {
    LocalDate day = on.isBefore(today()) ? today() : on;
    List<Long> account =
        jdbc.sql(
                """
                update platform.role_assignment
                   set ends_on = greatest(:day, starts_on), ended_at = :now, ended_by = :by
                 where id = :id and (ends_on is null or ends_on > :day)
                returning account_id
                """)
            .param("day", day)
            .param("now", OffsetDateTime.now(clock))
            .param("by", actor)
            .param("id", assignment)
            .query(Long.class)
            .list();
    for (long ended : account) {
      passedOn(assignment, ended, day).forEach(each -> end(each, day, actor));
      ledger.append(
          actor,
          "role-ended",
          "account",
          Long.toString(ended),
          Map.of("assignment", assignment, "on", day.toString()));
      if (!day.isAfter(today())) {
        endSessions(ended);
      }
    }
    changes.count();
    return !account.isEmpty();
  }

  /** Whoever may do more or less from now on signs in anew. */
  private void endSessions(long account) {
    jdbc.sql("update platform.account set sessions_from = ? where id = ?")
        .params(OffsetDateTime.now(clock), account)
        .update();
    events.publishEvent(new SessionsEnded(account));
  }

  /** What was delegated on the strength of a role that ends and is held in no other way. */
  private List<Long> passedOn(long assignment, long account, LocalDate day) {
    return jdbc.sql(
            """
            select d.id from platform.role_assignment d
              join platform.role_assignment a on a.id = :assignment and a.role = d.role and a.kind = 'held'
             where d.for_account = :account and d.kind = 'delegated' and (d.ends_on is null or d.ends_on > :day)
               and not exists (select from platform.role_assignment o
                                where o.account_id = :account and o.role = d.role and o.id <> a.id and o.kind = 'held'
                                  and (o.unit_id is null or o.unit_id is not distinct from d.unit_id)
                                  and (o.ends_on is null or o.ends_on > :day))
            """)
        .param("assignment", assignment)
        .param("account", account)
        .param("day", day)
        .query(Long.class)
        .list();
  }

  /** As {@link #today}, at most five seconds old; changes made by this process show at once. */
  List<Assignment> now(long account) {
    long counted = changes.counted();
    LocalDate day = today();
    Known known = lately.get(account);
    if (known == null
        || known.changes() != counted
        || !known.day().equals(day)
        || System.nanoTime() - known.at() > FRESH.toNanos()) {
      known = new Known(counted, day, System.nanoTime(), today(account));
      lately.put(account, known);
    }
    return known.roles();
  }

  private record Known(long changes, LocalDate day, long at, List<Assignment> roles) {}

  /** The present day in the office's zone. */
  public LocalDate today() {
    return LocalDate.now(clock.withZone(zone));
  }

  private void refuseWhatDoesNotFit(Wanted wanted) {
    if (wanted.until() != null && !wanted.until().isAfter(wanted.from())) {
      throw new AssignmentRefused(AssignmentRefused.Reason.ENDS_BEFORE_START);
    }
    if (wanted.kind() != Kind.HELD) {
      if (wanted.role().isAdministrator() || wanted.role() == Role.OFFICIAL) {
        throw new AssignmentRefused(AssignmentRefused.Reason.NOT_TO_BE_PASSED_ON);
      }
      if (wanted.until() == null || wanted.reason() == null || wanted.reason().isBlank()) {
        throw new AssignmentRefused(AssignmentRefused.Reason.NEEDS_END_AND_REASON);
      }
    }
    boolean apart =
        jdbc
            .sql(
                """
                select a.role from platform.role_assignment a
                 where a.account_id = :account
                   and daterange(a.starts_on, a.ends_on) && daterange(:from, :until)
                """)
            .param("account", wanted.account())
            .param("from", wanted.from())
            .param("until", wanted.until(), Types.DATE)
            .query(String.class)
            .list()
            .stream()
            .map(Role::of)
            .allMatch(wanted.role()::goesWith);
    if (!apart) {
      throw new AssignmentRefused(AssignmentRefused.Reason.ADMINISTRATORS_APART);
    }
    Long record =
        jdbc.sql("select coalesce(official_id, 0) from platform.account where id = ?")
            .param(wanted.account())
            .query(Long.class)
            .single();
    if (wanted.role().isAdministrator() && record != 0) {
      throw new AssignmentRefused(AssignmentRefused.Reason.ADMINISTRATOR_IS_AN_OFFICIAL);
    }
    if (wanted.role() == Role.OFFICIAL && record == 0) {
      throw new AssignmentRefused(AssignmentRefused.Reason.OFFICIAL_WITHOUT_RECORD);
    }
  }
}
