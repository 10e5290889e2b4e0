package org.dandang.platform.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dandang.platform.jobs.Progress;
import org.jspecify.annotations.Nullable;

/**
 * Follows the whole chain from its beginning, as a stream, and says what is broken.
 *
 * <p>Without an anchor it finds every change by somebody who cannot make a chain anew. Who owns the
 * database, and the key, can; that only an anchor kept out of his reach finds.
 */
public final class Verification {
  /** Findings that are named; more are only counted. */
  public static final int MOST = 20;

  private static final int CHUNK = 10_000;

  /** An entry linked so long after its time is mentioned: it may have been dated back. */
  private static final Duration LATE = Duration.ofMinutes(10);

  private static final Pattern SUBJECTS = Pattern.compile("\"subjects-hash\": \"([0-9a-f]{64})\"");

  private final Connection connection;
  private final Progress progress;
  private final boolean restored;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<LedgerAlgorithm, LedgerHash> hashes = new EnumMap<>(LedgerAlgorithm.class);
  private final Set<String> keys = new LinkedHashSet<>();
  private final UUID database;
  private final List<byte[]> trusted;
  private final Map<Long, Checkpoint> anchors = new TreeMap<>();
  private long broken;
  private long positions;
  private long late;
  private long firstLate;

  private Deque<Checkpoint> ahead = new ArrayDeque<>();
  private @Nullable Checkpoint passed;
  private long checkpoints;
  private @Nullable MerkleTree tree;

  private Verification(
      Connection connection,
      List<byte[]> trusted,
      List<Checkpoint> anchors,
      boolean restored,
      Progress progress)
      throws SQLException {
    this.connection = connection;
    this.trusted = trusted;
    this.restored = restored;
    this.progress = progress;
    this.database = Chain.identity(connection);
    for (Checkpoint anchor : anchors) {
      keep(anchor);
    }
  }

  /** Of two anchors with one number that differ, one cannot be of this chain, and is told. */
  private void keep(Checkpoint anchor) {
    if (!anchor.database().equals(database)) {
      found(Finding.Kind.ANCHOR_FOREIGN, anchor.number(), 0, anchor.database().toString());
    } else if (!anchor.isSigned()) {
      found(Finding.Kind.NOT_SIGNED, anchor.number(), 0, "kept outside");
    } else {
      Checkpoint other = anchors.putIfAbsent(anchor.number(), anchor);
      if (other != null && !other.saysTheSameAs(anchor)) {
        found(Finding.Kind.ANCHOR_DIFFERS, anchor.number(), 0, "anchors differ among themselves");
      }
    }
  }

  /**
   * Checks the ledger of a database.
   *
   * @param connection used in a transaction of its own that only reads
   * @param keys the folder with the installation's public keys; null, or none there: keys are only
   *     named
   * @param anchors checkpoints kept outside; may be empty
   * @param restored whether anchors may be newer than the database, as after a restore
   * @throws CancellationException when somebody asked to stop
   */
  public static Verified of(
      Connection connection,
      @Nullable Path keys,
      List<Checkpoint> anchors,
      boolean restored,
      Progress progress)
      throws SQLException, IOException {
    long began = System.nanoTime();
    boolean auto = connection.getAutoCommit();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("set transaction isolation level repeatable read, read only");
      // Each part of the chain is fetched by its numbers, never by reading a table to its end.
      statement.execute("set local enable_hashjoin = off");
      statement.execute("set local enable_mergejoin = off");
      Verification check =
          new Verification(
              connection,
              keys == null ? List.of() : LedgerKeys.trusted(keys),
              anchors,
              restored,
              progress);
      return check.run(began);
    } finally {
      connection.rollback();
      connection.setAutoCommit(auto);
    }
  }

  /**
   * The checkpoints in a file or folder kept outside.
   *
   * @throws IllegalArgumentException when it holds something else; the message names file and line
   */
  public static List<Checkpoint> anchorsIn(Path place) throws IOException {
    return AnchorPlace.read(place);
  }

  /** The newest checkpoint of a database. */
  public static Optional<Checkpoint> newest(Connection connection) throws SQLException {
    return Chain.newest(connection);
  }

  private Verified run(long began) throws SQLException {
    long last = number("select coalesce(max(position), 0) from platform.ledger_link");
    byte[] head = LedgerHash.beginning(database);
    fetchCheckpoints();
    long expected = 1;
    for (long from = 0; from < last; from += CHUNK) {
      if (progress.cancelled()) {
        throw new CancellationException();
      }
      progress.at("ledger.verify.step", from, last);
      try (PreparedStatement query =
          connection.prepareStatement(
              """
              select l.position, l.entry, l.algorithm, l.salt, l.leaf, l.hash, %s
                from platform.ledger_link l
                left join platform.ledger_entry e on e.id = l.entry
               where l.position > ? and l.position <= ?
               order by l.position
              """
                  .formatted(LedgerEntry.COLUMNS))) {
        query.setLong(1, from);
        query.setLong(2, from + CHUNK);
        try (ResultSet row = query.executeQuery()) {
          while (row.next()) {
            head = follow(row, expected, head);
            expected = row.getLong("position") + 1;
          }
        }
      }
    }
    progress.at("ledger.verify.step", last, last);
    Checkpoint beyond = checkpointAhead();
    if (beyond != null) {
      found(Finding.Kind.CHAIN_CUT, beyond.number(), 0, "");
    }
    while (beyond != null) {
      statement(beyond);
      advance(beyond);
      beyond = checkpointAhead();
    }
    return outcome(last, began);
  }

  /** One link; returns the hash from which the next has to follow. */
  private byte[] follow(ResultSet row, long expected, byte[] previous) throws SQLException {
    long position = row.getLong("position");
    long entry = row.getLong("entry");
    byte[] leaf = row.getBytes("leaf");
    byte[] stored = row.getBytes("hash");
    LedgerHash hash = hash(LedgerAlgorithm.of(row.getString("algorithm")));
    positions++;
    boolean gap = position != expected;
    if (gap) {
      found(
          Finding.Kind.LINK_GONE,
          expected,
          0,
          position - expected > 1 ? "and %d more".formatted(position - expected - 1) : "");
      passGap(position);
    }
    if (row.getObject("id") == null) {
      found(Finding.Kind.ENTRY_GONE, position, entry, "");
    } else {
      LedgerEntry content = LedgerEntry.read(row);
      if (!Arrays.equals(leaf, hash.leaf(row.getBytes("salt"), content.content()))) {
        found(Finding.Kind.ENTRY_CHANGED, position, entry, "");
      } else {
        lateness(content);
        subjects(position, content);
      }
    }
    if (!gap && !Arrays.equals(stored, hash.link(previous, position, leaf))) {
      found(Finding.Kind.LINK_BROKEN, position, entry, "");
    }
    reach(position, leaf, stored);
    return stored;
  }

  private void lateness(LedgerEntry entry) {
    Checkpoint before = passed;
    if (before != null && entry.recordedAt().toInstant().isBefore(before.at().minus(LATE))) {
      late++;
      if (firstLate == 0) {
        firstLate = entry.id();
      }
    }
  }

  private void subjects(long position, LedgerEntry entry) throws SQLException {
    Matcher stated = SUBJECTS.matcher(entry.detail());
    if (!stated.find()) {
      return;
    }
    try (PreparedStatement query =
        connection.prepareStatement(
            "select subject from platform.ledger_subject where entry = ? order by kind, subject")) {
      query.setLong(1, entry.id());
      SubjectList list = new SubjectList();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          list.add(rows.getLong(1));
        }
      }
      if (!list.hash().equals(stated.group(1))) {
        found(Finding.Kind.SUBJECTS_CHANGED, position, entry.id(), "");
      }
    }
  }

  /** The hash an entry about many holds of the numbers of those it concerns. */
  static final class SubjectList {
    private final java.security.MessageDigest digest = LedgerAlgorithm.SHA_256.digest();

    void add(long subject) {
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(subject).array());
    }

    String hash() {
      return HexFormat.of().formatHex(digest.digest());
    }
  }

  // ---- checkpoints, passed as the chain reaches them ----

  private void fetchCheckpoints() throws SQLException {
    if (ahead.isEmpty()) {
      ahead = new ArrayDeque<>(Chain.after(connection, passed == null ? 0 : passed.number(), 500));
    }
  }

  private @Nullable Checkpoint checkpointAhead() throws SQLException {
    fetchCheckpoints();
    return ahead.peekFirst();
  }

  private void reach(long position, byte[] leaf, byte[] head) throws SQLException {
    Checkpoint next = checkpointAhead();
    if (next == null) {
      return;
    }
    if (tree == null) {
      tree = new MerkleTree(hash(next.algorithm()));
    }
    tree.add(leaf);
    if (position < next.last()) {
      return;
    }
    Checkpoint before = passed;
    long first = before == null ? 1 : before.last() + 1;
    boolean same =
        position == next.last()
            && next.first() == first
            && Arrays.equals(next.head(), head)
            && Arrays.equals(next.root(), tree.root());
    if (!same) {
      found(Finding.Kind.CHECKPOINT_DIFFERS, next.number(), 0, "");
    }
    statement(next);
    advance(next);
  }

  /** Positions are missing: checkpoints whose end lies among them have nothing to state. */
  private void passGap(long position) throws SQLException {
    Checkpoint next = checkpointAhead();
    while (next != null && next.last() < position) {
      found(Finding.Kind.CHECKPOINT_DIFFERS, next.number(), 0, "");
      statement(next);
      advance(next);
      next = checkpointAhead();
    }
  }

  /** What can be said of a checkpoint without the chain. */
  private void statement(Checkpoint next) {
    long number = passed == null ? 1 : passed.number() + 1;
    byte[] previous = passed == null ? new byte[LedgerHash.LENGTH] : passed.hash();
    if (next.number() != number) {
      found(Finding.Kind.CHECKPOINT_GONE, number, 0, "");
    } else if (!Arrays.equals(next.previous(), previous)) {
      found(Finding.Kind.CHECKPOINT_DIFFERS, next.number(), 0, "");
    }
    if (!next.isSigned()) {
      found(Finding.Kind.NOT_SIGNED, next.number(), 0, "");
    } else if (!trusted.isEmpty()
        && trusted.stream().noneMatch(key -> Arrays.equals(key, next.key()))) {
      found(Finding.Kind.UNKNOWN_KEY, next.number(), 0, next.keyName());
    }
    keys.add(next.keyName());
    Checkpoint anchor = anchors.get(next.number());
    if (anchor != null && !anchor.saysTheSameAs(next)) {
      found(Finding.Kind.ANCHOR_DIFFERS, next.number(), 0, "");
    }
  }

  private void advance(Checkpoint next) {
    ahead.removeFirst();
    passed = next;
    tree = null;
    checkpoints++;
  }

  // ---- the end ----

  private Verified outcome(long last, long began) throws SQLException {
    Checkpoint newest = passed;
    long reached = newest == null ? 0 : newest.number();
    long beyond = 0;
    long anchored = 0;
    for (Checkpoint anchor : anchors.values()) {
      if (anchor.number() > reached) {
        if (beyond++ == 0 && !restored) {
          found(Finding.Kind.ANCHOR_BEYOND, anchor.number(), 0, "");
        }
      } else {
        anchored = Math.max(anchored, anchor.last());
      }
    }
    long waiting = number("select count(*) from platform.ledger_entry") - linkedEntries();
    return new Verified(
        positions,
        checkpoints,
        Math.max(0, waiting),
        last - (newest == null ? 0 : newest.last()),
        anchors.size(),
        anchored,
        beyond,
        late,
        firstLate,
        List.copyOf(keys),
        newest,
        List.copyOf(findings),
        broken,
        Duration.ofNanos(System.nanoTime() - began));
  }

  /** Links whose entry is there; where nothing is broken that is all of them. */
  private long linkedEntries() {
    return positions
        - findings.stream().filter(each -> each.kind() == Finding.Kind.ENTRY_GONE).count();
  }

  private void found(Finding.Kind kind, long number, long entry, String about) {
    broken++;
    if (findings.size() < MOST) {
      findings.add(new Finding(kind, number, entry, about));
    }
  }

  private LedgerHash hash(LedgerAlgorithm algorithm) {
    return hashes.computeIfAbsent(algorithm, LedgerHash::new);
  }

  private long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** When the ledger's newest statement was made, for whoever restores. */
  public static Optional<Instant> newestTime(Connection connection) throws SQLException {
    return Chain.newest(connection).map(Checkpoint::at);
  }
}
