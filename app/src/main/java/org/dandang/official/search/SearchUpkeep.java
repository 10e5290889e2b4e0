package org.dandang.official.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.dandang.platform.storage.Sights;
import org.dandang.policy.fact.Fact;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps the index of officials true to the registers. Before a search it asks the database whether
 * a register has changed; the few people whom a change concerned are read again before the search,
 * many or all of them (another day, a large import) beside it, and the page says so.
 *
 * <p>Which changes an index has seen is told by the database's own snapshot of transactions, so a
 * change that was under way while another was read is never passed over.
 */
@Component
class SearchUpkeep implements DisposableBean {
  /** So many people are read again before a search; more are read beside it. */
  private static final int FEW = 500;

  private static final long PATIENCE_MILLISECONDS = 2_000;

  private final SearchRows rows;
  private final JdbcClient jdbc;
  private final TransactionTemplate reading;
  private final TransactionTemplate writing;
  private final Clock clock;
  private final ZoneId zone;
  private final Path root;
  private final boolean ofThisProcess;
  private final ReentrantLock lock = new ReentrantLock();
  private final SharedQuestion<Long> changes;

  private volatile @Nullable Current current;
  private volatile @Nullable Renewal renewal;
  private volatile boolean closing;
  private boolean lookedForOne;

  /** Still open for searches that began before it was replaced. */
  private @Nullable SearchIndex previous;

  /**
   * @param changes how often the registers had changed; negative where a change was under way
   */
  private record Current(SearchIndex index, SearchIndex.State state, long changes) {}

  /** Everybody is being read. */
  private static final class Renewal {
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile long done;
    private volatile long total;
  }

  /**
   * What can be searched now.
   *
   * @param index null while the first is being made
   */
  record Ready(@Nullable SearchIndex index, LocalDate asOf, Found.@Nullable Renewing renewing) {}

  SearchUpkeep(
      SearchRows rows,
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      Clock clock,
      @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone,
      @Value("${dandang.index:}") String folder) {
    this.rows = rows;
    this.jdbc = jdbc;
    this.changes = new SharedQuestion<>(this::countedChanges);
    this.reading = new TransactionTemplate(transactions);
    reading.setReadOnly(true);
    reading.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    this.writing = new TransactionTemplate(transactions);
    this.clock = clock;
    this.zone = zone;
    this.ofThisProcess = folder.isBlank();
    try {
      this.root = ofThisProcess ? Files.createTempDirectory("dandang-index") : Path.of(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The index as the registers are now, or the one before while everybody is being read. */
  Ready ready() {
    return ready(PATIENCE_MILLISECONDS);
  }

  /** The index as it is, without looking whether the registers changed; null before the first. */
  @Nullable SearchIndex held() {
    Current held = current;
    return held == null ? ready().index() : held.index;
  }

  /** The index as the registers are now, however long that takes. */
  SearchIndex complete() {
    while (true) {
      Ready ready = ready(Long.MAX_VALUE);
      if (ready.renewing() == null && ready.index() != null) {
        return ready.index();
      }
    }
  }

  private Ready ready(long patience) {
    LocalDate today = LocalDate.now(clock.withZone(zone));
    Current held = current;
    if (held != null
        && held.changes >= 0
        && held.state.asOf().equals(today)
        && held.changes == changes()) {
      return new Ready(held.index, today, null);
    }
    Renewal waited = Sights.everything(() -> catchUp(today));
    if (waited != null) {
      try {
        waited.end.get(patience, TimeUnit.MILLISECONDS);
        waited = Sights.everything(() -> catchUp(today));
      } catch (TimeoutException e) {
        // It goes on beside the search.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException e) {
        throw new IllegalStateException("The officials could not be read.", e.getCause());
      }
    }
    held = current;
    return new Ready(
        held == null ? null : held.index,
        held == null ? today : held.state.asOf(),
        waited == null
            ? null
            : new Found.Renewing(waited.done, Math.max(waited.total, waited.done), held == null));
  }

  /** Reads those again whom changes concerned; what it could not do at once is under way. */
  private @Nullable Renewal catchUp(LocalDate today) {
    lock.lock();
    try {
      if (renewal != null) {
        return renewal;
      }
      if (current == null && !lookedForOne) {
        lookedForOne = true;
        current =
            SearchIndex.existing(root, definitions())
                .map(found -> new Current(found.index(), found.state(), -1))
                .orElse(null);
      }
      Current held = current;
      if (held != null && held.state.asOf().equals(today) && renewedTouched(held)) {
        return null;
      }
      return renewal = begin(today);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock.unlock();
    }
  }

  /**
   * @param people whom changes concerned; empty where they are too many
   */
  private record Seen(Optional<Set<Long>> people, String seen) {}

  private boolean renewedTouched(Current held) throws IOException {
    long before = changes();
    boolean quiet = quiet();
    SearchDocument form = new SearchDocument(rows.published());
    Seen now =
        reading.execute(
            status -> {
              Seen seen = seen(held.state.seen());
              seen.people().ifPresent(people -> renew(held, people, form));
              return seen;
            });
    if (now.people().isEmpty()) {
      return false;
    }
    if (!now.people().get().isEmpty()) {
      held.index.show();
    }
    current =
        new Current(
            held.index, new SearchIndex.State(held.state.asOf(), now.seen()), quiet ? before : -1);
    return true;
  }

  private void renew(Current held, Set<Long> people, SearchDocument form) {
    if (!people.isEmpty()) {
      Set<Long> gone = new HashSet<>(people);
      rows.of(
          people,
          held.state.asOf(),
          row -> {
            gone.remove(row.line().id());
            held.index.replace(row.line().id(), form.of(row));
          });
      gone.forEach(held.index::remove);
    }
  }

  private Seen seen(String before) {
    List<Long> touched =
        jdbc.sql(
                """
                select distinct official_id from official.touched
                 where xid >= pg_snapshot_xmin(cast(:before as pg_snapshot))
                   and not pg_visible_in_snapshot(xid, cast(:before as pg_snapshot))
                 limit :most
                """)
            .param("before", before)
            .param("most", FEW + 1)
            .query((row, number) -> row.getObject(1, Long.class))
            .list();
    boolean many = touched.size() > FEW || touched.contains(null);
    return new Seen(
        many ? Optional.empty() : Optional.of(Set.copyOf(touched)),
        jdbc.sql("select pg_current_snapshot()::text").query(String.class).single());
  }

  private Renewal begin(LocalDate today) {
    Renewal begun = new Renewal();
    Thread.ofPlatform()
        .daemon()
        .name("search-index")
        .start(() -> Sights.everywhere(() -> renewEverybody(begun, today)));
    return begun;
  }

  private void renewEverybody(Renewal begun, LocalDate today) {
    SearchIndex fresh = null;
    try {
      writing.executeWithoutResult(
          status ->
              jdbc.sql("delete from official.touched where at < now() - interval '1 day'")
                  .update());
      String seen = jdbc.sql("select pg_current_snapshot()::text").query(String.class).single();
      SearchIndex index = SearchIndex.create(root);
      fresh = index;
      SearchDocument form = new SearchDocument(rows.published());
      begun.total = rows.everybody();
      reading.executeWithoutResult(
          status ->
              rows.ofEverybody(
                  today,
                  row -> {
                    if (closing) {
                      throw new IllegalStateException("closing");
                    }
                    index.add(form.of(row));
                    begun.done++;
                  }));
      index.pack();
      SearchIndex.State state = new SearchIndex.State(today, seen);
      index.keep(state, definitions());
      fresh = null;
      end(begun, new Current(index, state, -1));
    } catch (IOException | RuntimeException e) {
      lock.lock();
      try {
        renewal = null;
        if (fresh != null) {
          fresh.discard();
        }
      } catch (IOException left) {
        e.addSuppressed(left);
      } finally {
        lock.unlock();
        begun.end.completeExceptionally(e);
      }
    }
  }

  private void end(Renewal begun, Current fresh) throws IOException {
    lock.lock();
    try {
      Current old = current;
      current = fresh;
      renewal = null;
      if (previous != null) {
        previous.discard();
      }
      previous = old == null ? null : old.index;
    } finally {
      lock.unlock();
    }
    begun.end.complete(null);
  }

  /**
   * How often the registers have changed; asked once for all who search at the same time, but on
   * the own connection by whoever holds one.
   */
  private long changes() {
    return TransactionSynchronizationManager.isActualTransactionActive()
        ? countedChanges()
        : changes.ask();
  }

  private long countedChanges() {
    return jdbc.sql("select last_value from platform.register_change").query(Long.class).single();
  }

  /**
   * Whether no change was under way. Asked after {@link #changes} and before the registers are
   * looked at: what was counted is then seen, or was under way here.
   */
  private boolean quiet() {
    return jdbc.sql(
            "select not exists (select from pg_locks where locktype = 'transactionid' and mode ="
                + " 'ExclusiveLock' and pid <> pg_backend_pid())")
        .query(Boolean.class)
        .single();
  }

  /** Two indexes with the same text hold the same facts, computed alike. */
  private String definitions() {
    return rows.published().stream()
        .map(fact -> fact.id() + fact.definition())
        .collect(Collectors.joining(" "));
  }

  List<Fact> published() {
    return rows.published();
  }

  @Override
  public void destroy() throws IOException {
    closing = true;
    lock.lock();
    try {
      Current held = current;
      current = null;
      if (previous != null) {
        previous.discard();
      }
      if (held != null) {
        held.index.keep(held.state, definitions());
        held.index.close();
      }
      if (ofThisProcess) {
        SearchIndex.delete(root);
      }
    } finally {
      lock.unlock();
    }
  }
}
