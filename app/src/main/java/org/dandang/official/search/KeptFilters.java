package org.dandang.official.search;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Filters that are kept under a name: one's own, and those others share with the office. */
@Component
public class KeptFilters {
  private final JdbcClient jdbc;
  private final Clock clock;

  KeptFilters(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
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
  @Transactional
  public void keep(long account, String owner, String name, OfficialFilter filter, boolean shared) {
    OffsetDateTime now = OffsetDateTime.now(clock);
    jdbc.sql(
            "update official.kept_filter set removed_at = :now where account = :account and name = :name and removed_at is null")
        .param("now", now)
        .param("account", account)
        .param("name", name)
        .update();
    jdbc.sql(
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
  }

  /** Removes an own filter; {@link #putBack} undoes it. */
  public boolean remove(long account, long id) {
    return jdbc.sql(
                "update official.kept_filter set removed_at = :now where id = :id and account = :account and removed_at is null")
            .param("now", OffsetDateTime.now(clock))
            .param("id", id)
            .param("account", account)
            .update()
        == 1;
  }

  /** Undoes a removal, unless another filter has taken the name. */
  public boolean putBack(long account, long id) {
    return jdbc.sql(
                """
                update official.kept_filter f set removed_at = null
                 where id = :id and account = :account and removed_at is not null
                   and not exists (select from official.kept_filter o
                                    where o.account = f.account and o.name = f.name and o.removed_at is null)
                """)
            .param("id", id)
            .param("account", account)
            .update()
        == 1;
  }
}
