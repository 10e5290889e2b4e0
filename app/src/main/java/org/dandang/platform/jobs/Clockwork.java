package org.dandang.platform.jobs;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.dandang.platform.storage.Sight;
import org.dandang.platform.storage.Sights;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Runs {@link Recurring} work, each on a thread of its own. An advisory lock of the database sees
 * to it that of several processes one does a piece; a process that dies gives it up with its
 * connection.
 */
@Component
@ConditionalOnWebApplication
@ConditionalOnProperty(name = "dandang.clockwork", havingValue = "true", matchIfMissing = true)
class Clockwork implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Clockwork.class);

  private final List<Recurring> works;
  private final DataSource database;
  private final List<Thread> threads = new ArrayList<>();

  Clockwork(List<Recurring> works, DataSource database) {
    this.works = works;
    this.database = database;
  }

  @Override
  public synchronized void start() {
    for (Recurring work : works) {
      threads.add(Thread.ofVirtual().name("clockwork " + work.name()).start(() -> goOn(work)));
    }
  }

  private void goOn(Recurring work) {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        once(work);
      } catch (InterruptedException e) {
        return;
      } catch (SQLException | RuntimeException e) {
        if (Thread.currentThread().isInterrupted()) {
          return;
        }
        LOG.warn("{} failed and is tried again", work.name(), e);
      }
      try {
        Thread.sleep(work.every());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void once(Recurring work) throws SQLException, InterruptedException {
    try (Connection held = database.getConnection()) {
      if (!asked(held, "select pg_try_advisory_lock(hashtextextended(?, 0))", work)) {
        return;
      }
      try {
        Sights.doing(
            new Sight.Everything(),
            () -> {
              work.run();
              return Boolean.TRUE;
            });
      } finally {
        asked(held, "select pg_advisory_unlock(hashtextextended(?, 0))", work);
      }
    }
  }

  private static boolean asked(Connection connection, String sql, Recurring work)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, "dandang " + work.name());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  @Override
  public synchronized void stop() {
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      try {
        thread.join(2_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    threads.clear();
  }

  @Override
  public synchronized boolean isRunning() {
    return !threads.isEmpty();
  }
}
