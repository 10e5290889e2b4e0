package org.dandang.official.search;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Filters that are kept under a name: one's own, and those others share with the office. */
@Component
public class KeptFilters {
  private final JdbcClient jdbc;
  private final TransactionTemplate writing;
  private final Clock clock;

  /** Of accounts that asked since the last change. */
  private final Map<Long, List<Kept>> known = new ConcurrentHashMap<>();

  private final AtomicLong changes = new AtomicLong();

  KeptFilters(JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock) {
    this.jdbc = jdbc;
    this.writing = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  /**
   * A kept filter.
   *
   * @param query as it follows {@code /officials}
   * @param owner shown name of whom it belongs to
   */
  public record Kept(
      long id, String name, String query, boolean shared, boolean own, String owner) {}

  /** The account's own, then those others share. */
  public List<Kept> of(long account) {
    List<Kept> held = known.get(account);
    if (held != null) {
      return held;
    }
    long before = changes.get();
    List<Kept> read = read(account);
    known.put(account, read);
    if (changes.get() != before) {
      known.remove(account, read);
    }
    return read;
  }

  private List<Kept> read(long account) {
    return jdbc.sql(
            """
            select id, name, query, shared, account = :account as own, owner
              from official.kept_filter
             where removed_at is null and (account = :account or shared)
             order by account <> :account, name limit 100
            """)
        .param("account", account)
        .query(Kept.class)
        .list();
  }

  /** Keeps a filter; one of the same name is replaced. */
  public void keep(long account, String owner, String name, OfficialFilter filter, boolean shared) {
    OffsetDateTime now = OffsetDateTime.now(clock);
    change(
        () -> {
          jdbc.sql(
                  "update official.kept_filter set removed_at = :now where account = :account and"
                      + " name = :name and removed_at is null")
              .param("now", now)
              .param("account", account)
              .param("name", name)
              .update();
          return jdbc.sql(
                  """
                  insert into official.kept_filter (account, owner, name, query, shared, kept_at)
                  values (:account, :owner, :name, :query, :shared, :now)
                  """)
              .param("account", account)
              .param("owner", owner)
              .param("name", name)
              .param("query", filter.query(1))
              .param("shared", shared)
              .param("now", now)
              .update();
        });
  }

  /** Removes an own filter; {@link #putBack} undoes it. */
  public boolean remove(long account, long id) {
    return change(
        () ->
            jdbc.sql(
                    "update official.kept_filter set removed_at = :now where id = :id and account ="
                        + " :account and removed_at is null")
                .param("now", OffsetDateTime.now(clock))
                .param("id", id)
                .param("account", account)
                .update());
  }

  /** Undoes a removal, unless another filter has taken the name. */
  public boolean putBack(long account, long id) {
    return change(
        () ->
            jdbc.sql(
                    """
                    update official.kept_filter f set removed_at = null
                     where id = :id and account = :account and removed_at is not null
                       and not exists (select from official.kept_filter o
                                        where o.account = f.account and o.name = f.name and o.removed_at is null)
                    """)
                .param("id", id)
                .param("account", account)
                .update());
  }

  /** Whether a change changed a filter; who asks after it sees it, others' shared ones too. */
  private boolean change(IntSupplier statements) {
    Integer rows = writing.execute(status -> statements.getAsInt());
    changes.incrementAndGet();
    known.clear();
    return rows == 1;
  }
}
