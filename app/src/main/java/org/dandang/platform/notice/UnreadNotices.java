package org.dandang.platform.notice;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.dandang.platform.access.SignedIn;
import org.dandang.platform.web.ShellCount;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * How many notices an account has not read. Kept for a few seconds: it stands on every page, and
 * other processes may write notices too.
 */
@Component
class UnreadNotices implements ShellCount {
  private static final long KEPT_NANOS = 5_000_000_000L;
  private static final int MOST_KEPT = 10_000;

  private final JdbcClient jdbc;
  private final Map<Long, Counted> counted = new ConcurrentHashMap<>();

  private record Counted(int count, long at) {}

  UnreadNotices(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public int order() {
    return 20;
  }

  @Override
  public String key() {
    return "notice.unread";
  }

  @Override
  public String path() {
    return "/notices";
  }

  @Override
  public String icon() {
    return "bell";
  }

  @Override
  public int count(SignedIn account) {
    Counted known = counted.get(account.account());
    if (known != null && System.nanoTime() - known.at() < KEPT_NANOS) {
      return known.count();
    }
    int count =
        jdbc.sql(
                """
                select (select count(*) from platform.notice
                         where account_id = :account and read_at is null and handed_on is null)
                     + (select count(*) from platform.notice
                         where account_id is null and official_id = :official
                           and read_at is null and handed_on is null)
                """)
            .param("account", account.account())
            .param("official", account.official() == null ? -1L : account.official())
            .query(Integer.class)
            .single();
    if (counted.size() > MOST_KEPT) {
      counted.clear();
    }
    counted.put(account.account(), new Counted(count, System.nanoTime()));
    return count;
  }

  /** Counts anew for an account, once what is under way is there. */
  void forget(long account) {
    counted.remove(account);
    if (TransactionSynchronizationManager.isSynchronizationActive()) {
      TransactionSynchronizationManager.registerSynchronization(
          new TransactionSynchronization() {
            @Override
            public void afterCommit() {
              counted.remove(account);
            }
          });
    }
  }
}
