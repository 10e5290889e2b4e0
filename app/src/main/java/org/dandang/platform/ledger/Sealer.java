package org.dandang.platform.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.dandang.platform.storage.LogKeeping;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Keeps the chain up with what is committed: links entries every second, makes a checkpoint of them
 * after some twenty seconds and pushes it outside. A last time when the program ends.
 */
@Component
final class Sealer implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Sealer.class);

  /** A third of the minute within which what is committed is known outside. */
  static final Duration BETWEEN_CHECKPOINTS = Duration.ofSeconds(20);

  /** After which a place that did not take something is asked again. */
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private static final int PUSHED_AT_ONCE = 500;

  /** "anchor" in ASCII; the lock of whoever pushes. */
  private static final long LOCK = 0x616e63686f72L;

  private final DataSource source;
  private final Path folder;
  private final Chain chain;
  private final LedgerKeys keys;
  private final List<AnchorPlace> places;
  private final Clock clock;
  private final long every;
  private @Nullable Instant lastCheckpoint;
  private @Nullable Thread worker;
  private volatile boolean running;

  /**
   * @param every milliseconds between two rounds; 0: only when asked
   */
  @Autowired
  Sealer(
      DataSource source,
      Clock clock,
      @Value("${dandang.key}") String key,
      @Value("${dandang.ledger.algorithm:SHA-256}") String algorithm,
      @Value("${dandang.ledger.anchors:}") String anchors,
      @Value("${dandang.ledger.every:1000}") long every) {
    this(
        source,
        clock,
        folderOf(key),
        LedgerAlgorithm.of(algorithm),
        AnchorPlace.of(anchors.isBlank() ? folderOf(key).resolve("anchors").toString() : anchors),
        every);
  }

  Sealer(
      DataSource source,
      Clock clock,
      Path folder,
      LedgerAlgorithm algorithm,
      List<AnchorPlace> places,
      long every) {
    this.source = source;
    this.folder = folder;
    this.chain = new Chain(source, algorithm, clock);
    this.keys = new LedgerKeys(folder);
    this.places = places;
    this.clock = clock;
    this.every = every;
  }

  private static Path folderOf(String key) {
    return Objects.requireNonNullElse(Path.of(key).toAbsolutePath().getParent(), Path.of("/"));
  }

  /** Those of the setting, and the backup where there is one. */
  List<AnchorPlace> places() {
    Optional<Path> backup = LogKeeping.folderOf(folder);
    return backup.isEmpty()
        ? places
        : Stream.concat(
                places.stream(), Stream.of(new AnchorPlace.Folder(backup.get().resolve("anchors"))))
            .distinct()
            .toList();
  }

  /** Links, checkpoints and pushes everything committed by now. */
  synchronized void sealAll() throws SQLException, IOException, InterruptedException {
    chain.seal();
    chain.checkpoint(keys.signing(chain.algorithm()));
    lastCheckpoint = clock.instant();
    push();
  }

  synchronized void round() throws SQLException, IOException, InterruptedException {
    long linked = chain.seal();
    Instant now = clock.instant();
    Instant last = lastCheckpoint;
    boolean due = last == null || !now.isBefore(last.plus(BETWEEN_CHECKPOINTS));
    if (due || linked >= Chain.LEAVES) {
      if (chain.checkpoint(keys.signing(chain.algorithm())).isPresent() || last == null) {
        lastCheckpoint = now;
      }
      push();
    }
  }

  /** Offers every place what it has not got; one that does not take it keeps no other waiting. */
  private void push() throws SQLException, InterruptedException {
    try (Connection connection = source.getConnection()) {
      if (!asked(connection, "select pg_try_advisory_lock(%d)")) {
        return; // another process is at it
      }
      try {
        for (AnchorPlace place : places()) {
          push(connection, place);
        }
        publishKeys();
      } finally {
        asked(connection, "select pg_advisory_unlock(%d)");
      }
    }
  }

  /** A backup has to know by which keys what it holds was signed. */
  private void publishKeys() {
    Optional<Path> backup = LogKeeping.folderOf(folder);
    Path own = folder.resolve(LedgerKeys.PUBLIC);
    try {
      if (backup.isPresent() && Files.exists(own)) {
        Path there = backup.get().resolve(LedgerKeys.PUBLIC);
        if (!Files.exists(there) || Files.mismatch(own, there) >= 0) {
          Files.copy(own, there, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } catch (IOException e) {
      LOG.warn("The ledger's public keys cannot be put into the backup: {}", said(e));
    }
  }

  private static boolean asked(Connection connection, String lock) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(lock.formatted(LOCK))) {
      return answer.next() && answer.getBoolean(1);
    }
  }

  private record Pushed(long number, @Nullable String problem, Instant triedAt) {}

  private void push(Connection connection, AnchorPlace place)
      throws SQLException, InterruptedException {
    Optional<Checkpoint> newest = Chain.newest(connection);
    Pushed before = pushed(connection, place);
    if (newest.isEmpty()
        || (before.problem() != null && clock.instant().isBefore(before.triedAt().plus(PAUSE)))) {
      return;
    }
    long number = place.isEmpty(newest.get()) ? 0 : before.number();
    try {
      List<Checkpoint> next = Chain.after(connection, number, PUSHED_AT_ONCE);
      while (!next.isEmpty()) {
        place.push(next);
        number = next.getLast().number();
        remember(connection, place, number, null);
        next = Chain.after(connection, number, PUSHED_AT_ONCE);
      }
    } catch (IOException e) {
      if (before.problem() == null) {
        LOG.warn("The ledger's checkpoints cannot be pushed to {}: {}", place.name(), said(e));
      }
      remember(connection, place, number, said(e));
    }
  }

  private static String said(IOException problem) {
    String message = problem.getMessage();
    return problem.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }

  private static Pushed pushed(Connection connection, AnchorPlace place) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select number, problem, tried_at from platform.ledger_push where place = ?")) {
      query.setString(1, place.name());
      try (ResultSet row = query.executeQuery()) {
        return row.next()
            ? new Pushed(
                row.getLong(1),
                row.getString(2),
                row.getObject(3, OffsetDateTime.class).toInstant())
            : new Pushed(0, null, Instant.EPOCH);
      }
    }
  }

  private void remember(
      Connection connection, AnchorPlace place, long number, @Nullable String problem)
      throws SQLException {
    try (PreparedStatement keep =
        connection.prepareStatement(
            """
            insert into platform.ledger_push as p (place, number, pushed_at, tried_at, problem)
            values (?, ?, case when ?::text is null then ?::timestamptz end, ?, ?)
            on conflict (place) do update
               set number = excluded.number,
                   pushed_at = coalesce(excluded.pushed_at, p.pushed_at),
                   tried_at = excluded.tried_at,
                   problem = excluded.problem
            """)) {
      OffsetDateTime now = OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
      keep.setString(1, place.name());
      keep.setLong(2, number);
      keep.setString(3, problem);
      keep.setObject(4, now);
      keep.setObject(5, now);
      keep.setString(6, problem);
      keep.executeUpdate();
    }
  }

  @Override
  public void start() {
    running = true;
    if (every > 0) {
      worker = Thread.ofPlatform().daemon().name("ledger-sealer").start(this::work);
    }
  }

  private void work() {
    boolean failing = false;
    while (running) {
      try {
        Thread.sleep(every);
        round();
        failing = false;
      } catch (InterruptedException e) {
        return;
      } catch (SQLException | IOException | RuntimeException e) {
        if (running && !failing) {
          LOG.warn("The ledger is not being sealed; trying again every second.", e);
        }
        failing = true;
      }
    }
  }

  @Override
  public void stop() {
    running = false;
    Thread working = worker;
    if (working == null) {
      return;
    }
    try {
      working.interrupt();
      working.join(Duration.ofSeconds(5));
      sealAll();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException | IOException | RuntimeException e) {
      LOG.warn("The last entries will be sealed at the next start ({}).", e.getMessage());
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
