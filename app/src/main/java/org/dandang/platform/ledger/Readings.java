package org.dandang.platform.ledger;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records who read what about whom, before it is shown: a reading that cannot be recorded does not
 * take place. Readings at the same moment share one write.
 */
@Component
public class Readings {
  /** The action of an entry about a reading. */
  public static final String ACTION = "record-read";

  private final DataSource source;
  private final JdbcClient jdbc;
  private final Clock clock;
  private final ZoneId zone;
  private final JsonMapper json;
  private final Object door = new Object();
  private final ReentrantLock writing = new ReentrantLock();
  private Batch open = new Batch();

  Readings(
      DataSource source,
      JdbcClient jdbc,
      Clock clock,
      @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone,
      JsonMapper json) {
    this.source = source;
    this.jdbc = jdbc;
    this.clock = clock;
    this.zone = zone;
    this.json = json;
  }

  private record Row(OffsetDateTime at, String actor, String kind, String subject, String detail) {}

  private static final class Batch {
    final List<Row> rows = new ArrayList<>();
    final CompletableFuture<Boolean> written = new CompletableFuture<>();
  }

  /**
   * A reading of somebody's record.
   *
   * @param reader sign-in name
   * @param shownName of the reader; null where the account is gone
   * @param readerOfficial number of the reader's own record; null: none
   * @param roles the reader held on that day, besides the own record
   * @param units over which; empty: over everything
   * @param what was read or, for an export or another entry about many, its action
   * @param task for which; null: none was named
   * @param among how many it concerned
   */
  public record Reading(
      long entry,
      OffsetDateTime at,
      String reader,
      @Nullable String shownName,
      @Nullable Long readerOfficial,
      List<String> roles,
      List<Long> units,
      String what,
      @Nullable String task,
      long among) {}

  /**
   * Returns once the reading is recorded.
   *
   * @param actor sign-in name of who reads
   * @param kind of what is read: "official"
   * @param subject its number
   * @param what is shown: "person", "form", "document" and so on
   * @param task the task or matter it is read for; null: none
   */
  public void record(String actor, String kind, long subject, String what, @Nullable String task) {
    record(actor, kind, List.of(subject), what, task);
  }

  /** The same of several at once, as side by side on one page. */
  public void record(
      String actor, String kind, List<Long> subjects, String what, @Nullable String task) {
    if (subjects.isEmpty()) {
      return;
    }
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("what", what);
    if (task != null) {
      detail.put("task", task);
    }
    String said = json.writeValueAsString(detail);
    OffsetDateTime now = OffsetDateTime.now(clock);
    Batch mine;
    boolean first;
    synchronized (door) {
      mine = open;
      first = mine.rows.isEmpty();
      subjects.forEach(
          subject -> mine.rows.add(new Row(now, actor, kind, Long.toString(subject), said)));
    }
    if (first) {
      writeWhenFree(mine);
    }
    mine.written.join();
  }

  /** While one batch is being written the next one fills. */
  private void writeWhenFree(Batch batch) {
    writing.lock();
    try {
      synchronized (door) {
        open = new Batch();
      }
      write(batch.rows);
      batch.written.complete(true);
    } catch (SQLException e) {
      batch.written.completeExceptionally(
          new CannotGetJdbcConnectionException("a reading could not be recorded", e));
    } catch (RuntimeException e) {
      batch.written.completeExceptionally(e);
    } finally {
      writing.unlock();
    }
  }

  private void write(List<Row> rows) throws SQLException {
    try (Connection connection = source.getConnection()) {
      boolean auto = connection.getAutoCommit();
      connection.setAutoCommit(false);
      try (PreparedStatement insert =
          connection.prepareStatement(
              """
              insert into platform.ledger_entry (recorded_at, actor, action, subject_kind, subject_id, detail)
              values (?, ?, ?, ?, ?, ?::jsonb)
              """)) {
        for (Row row : rows) {
          insert.setObject(1, row.at());
          insert.setString(2, row.actor());
          insert.setString(3, ACTION);
          insert.setString(4, row.kind());
          insert.setString(5, row.subject());
          insert.setObject(6, row.detail(), Types.VARCHAR);
          insert.addBatch();
        }
        insert.executeBatch();
        connection.commit();
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(auto);
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static <T> List<T> all(@Nullable Array array) throws SQLException {
    return array == null ? List.of() : List.of((T[]) array.getArray());
  }

  /**
   * Who read a record, the newest first: page by page, and among many in an export.
   *
   * @param matters numbers of the matters whose readings are among them
   * @param before only entries with a smaller number
   */
  public List<Reading> of(String kind, long subject, List<Long> matters, long before, int most) {
    return jdbc.sql(
            """
            select e.id, e.recorded_at, e.actor, a.shown_name, a.official_id, r.roles, r.units,
                   coalesce(e.detail ->> 'what', e.action) as what, e.detail ->> 'task' as task,
                   coalesce((e.detail ->> 'subjects')::bigint, 1) as among
              from ((select id from platform.ledger_entry
                      where subject_kind = :kind and subject_id = :id and action = :action and id < :before
                      order by id desc limit :most)
                    union
                    (select id from platform.ledger_entry
                      where subject_kind = 'matter' and subject_id = any (:matters) and action = :action and id < :before
                      order by id desc limit :most)
                    union
                    (select entry from platform.ledger_subject
                      where kind = :kind and subject = :subject and entry < :before
                      order by entry desc limit :most)) found (id)
              join platform.ledger_entry e on e.id = found.id
              left join platform.account a on a.sign_in_name = e.actor
              left join lateral (
                select array_agg(distinct h.role) filter (where h.role <> 'official') as roles,
                       array_agg(distinct h.unit_id) filter (where h.unit_id is not null) as units
                  from platform.role_assignment h
                 where h.account_id = a.id and h.starts_on <= (e.recorded_at at time zone :zone)::date
                   and (h.ends_on is null or h.ends_on > (e.recorded_at at time zone :zone)::date)) r on true
             order by e.id desc limit :most
            """)
        .param("kind", kind)
        .param("id", Long.toString(subject))
        .param("subject", subject)
        .param("matters", matters.stream().map(String::valueOf).toArray(String[]::new))
        .param("action", ACTION)
        .param("before", before)
        .param("most", most)
        .param("zone", zone.getId())
        .query(
            (row, number) ->
                new Reading(
                    row.getLong("id"),
                    row.getObject("recorded_at", OffsetDateTime.class),
                    row.getString("actor"),
                    row.getString("shown_name"),
                    row.getObject("official_id", Long.class),
                    Readings.<String>all(row.getArray("roles")),
                    Readings.<Long>all(row.getArray("units")),
                    row.getString("what"),
                    row.getString("task"),
                    row.getLong("among")))
        .list();
  }

  /**
   * What one reader read of a record on one day of the office.
   *
   * @param last moment of that day
   * @param reader sign-in name
   * @param shownName of the reader; null where the account is gone
   */
  public record DayOfReading(
      OffsetDateTime last, String reader, @Nullable String shownName, long times) {}

  /** Who read a record on which days, alone or among many in an export, the newest first. */
  public List<DayOfReading> days(String kind, long subject, int most) {
    return jdbc.sql(
            """
            select max(e.recorded_at) as last, e.actor as reader, a.shown_name, count(*) as times
              from (select id from platform.ledger_entry
                     where subject_kind = :kind and subject_id = :id and action = :action
                    union
                    select entry from platform.ledger_subject where kind = :kind and subject = :subject) found (id)
              join platform.ledger_entry e on e.id = found.id
              left join platform.account a on a.sign_in_name = e.actor
             group by e.actor, a.shown_name, (e.recorded_at at time zone :zone)::date
             order by max(e.id) desc limit :most
            """)
        .param("kind", kind)
        .param("id", Long.toString(subject))
        .param("subject", subject)
        .param("action", ACTION)
        .param("zone", zone.getId())
        .param("most", most)
        .query(DayOfReading.class)
        .list();
  }
}
