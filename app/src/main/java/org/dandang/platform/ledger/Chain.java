package org.dandang.platform.ledger;

import java.security.SecureRandom;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Links committed entries into the chain and makes checkpoints of it. Several processes may try at
 * the same time: one of them works, the others find that it is being done.
 */
final class Chain {
  /** Entries linked in one transaction. */
  static final int AT_ONCE = 20_000;

  /** Leaves of one checkpoint's tree: so many have to be read for a proof. */
  static final int LEAVES = 65_536;

  /** "ledger" in ASCII; the lock of whoever seals. */
  private static final long LOCK = 0x6c6564676572L;

  private final DataSource source;
  private final LedgerAlgorithm algorithm;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private @Nullable UUID database;

  /**
   * Whatever was written by an older transaction is linked. Kept in memory: a start looks at all.
   */
  private long horizon;

  Chain(DataSource source, LedgerAlgorithm algorithm, Clock clock) {
    this.source = source;
    this.algorithm = algorithm;
    this.clock = clock;
  }

  LedgerAlgorithm algorithm() {
    return algorithm;
  }

  /** Links every entry committed by now; returns how many, 0 also when another process is at it. */
  long seal() throws SQLException {
    long linked = 0;
    int round = AT_ONCE;
    while (round == AT_ONCE) {
      round = round();
      linked += round;
    }
    return linked;
  }

  private record Round(int linked, long horizon) {}

  private int round() throws SQLException {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      try {
        Round round = lock(connection) ? link(connection) : new Round(0, horizon);
        connection.commit();
        horizon = round.horizon();
        return round.linked();
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }

  private static boolean lock(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet got =
            statement.executeQuery("select pg_try_advisory_xact_lock(%d)".formatted(LOCK))) {
      return got.next() && got.getBoolean(1);
    }
  }

  private Round link(Connection connection) throws SQLException {
    // Taken before the entries are looked for: what an older transaction wrote is then visible.
    long oldest =
        number(connection, "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint");
    List<LedgerEntry> entries = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                // The number stands in the text, so that each round is planned for its own.
                """
                select %s from platform.ledger_entry e
                 where e.xact >= '%d'::xid8
                   and not exists (select from platform.ledger_link l where l.entry = e.id)
                 order by e.id limit %d
                """
                    .formatted(LedgerEntry.COLUMNS, horizon, AT_ONCE))) {
      while (rows.next()) {
        entries.add(LedgerEntry.read(rows));
      }
    }
    if (!entries.isEmpty()) {
      append(connection, entries);
    }
    return new Round(entries.size(), entries.size() < AT_ONCE ? oldest : horizon);
  }

  private void append(Connection connection, List<LedgerEntry> entries) throws SQLException {
    long position = 0;
    byte[] previous = LedgerHash.beginning(database(connection));
    try (Statement statement = connection.createStatement();
        ResultSet last =
            statement.executeQuery(
                "select position, hash from platform.ledger_link order by position desc limit 1")) {
      if (last.next()) {
        position = last.getLong(1);
        previous = last.getBytes(2);
      }
    }
    int count = entries.size();
    Long[] positions = new Long[count];
    Long[] ids = new Long[count];
    byte[][] salts = new byte[count][];
    byte[][] leaves = new byte[count][];
    byte[][] hashes = new byte[count][];
    byte[] salt = new byte[count * LedgerHash.SALT];
    random.nextBytes(salt);
    LedgerHash hash = new LedgerHash(algorithm);
    for (int i = 0; i < count; i++) {
      LedgerEntry entry = entries.get(i);
      salts[i] = Arrays.copyOfRange(salt, i * LedgerHash.SALT, (i + 1) * LedgerHash.SALT);
      leaves[i] = hash.leaf(salts[i], entry.content());
      previous = hash.link(previous, ++position, leaves[i]);
      positions[i] = position;
      ids[i] = entry.id();
      hashes[i] = previous;
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into platform.ledger_link (position, entry, algorithm, salt, leaf, hash)
            select n.position, n.entry, ?, n.salt, n.leaf, n.hash
              from unnest(?::bigint[], ?::bigint[], ?::bytea[], ?::bytea[], ?::bytea[])
                   as n (position, entry, salt, leaf, hash)
            """)) {
      insert.setString(1, algorithm.word());
      set(connection, insert, 2, "bigint", positions);
      set(connection, insert, 3, "bigint", ids);
      set(connection, insert, 4, "bytea", salts);
      set(connection, insert, 5, "bytea", leaves);
      set(connection, insert, 6, "bytea", hashes);
      insert.executeUpdate();
    }
  }

  private static void set(
      Connection connection, PreparedStatement insert, int at, String type, Object[] values)
      throws SQLException {
    Array array = connection.createArrayOf(type, values);
    insert.setArray(at, array);
  }

  /**
   * Makes checkpoints of what was linked since the last one; nothing where nothing was.
   *
   * @return the newest made, if any
   */
  Optional<Checkpoint> checkpoint(LedgerKeys.Signing key) throws SQLException {
    Optional<Checkpoint> newest = Optional.empty();
    Optional<Checkpoint> made = oneCheckpoint(key);
    while (made.isPresent()) {
      newest = made;
      made =
          made.get().last() - made.get().first() + 1 < LEAVES
              ? Optional.empty()
              : oneCheckpoint(key);
    }
    return newest;
  }

  private Optional<Checkpoint> oneCheckpoint(LedgerKeys.Signing key) throws SQLException {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      try {
        Optional<Checkpoint> made =
            lock(connection) ? next(connection, key) : Optional.<Checkpoint>empty();
        if (made.isPresent()) {
          store(connection, made.get());
        }
        connection.commit();
        return made;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }

  private Optional<Checkpoint> next(Connection connection, LedgerKeys.Signing key)
      throws SQLException {
    Optional<Checkpoint> before = newest(connection);
    long after = before.map(Checkpoint::last).orElse(0L);
    MerkleTree tree = new MerkleTree(new LedgerHash(algorithm));
    byte[] head = new byte[0];
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select leaf, hash from platform.ledger_link where position > %d order by position limit %d"
                    .formatted(after, LEAVES))) {
      while (rows.next()) {
        tree.add(rows.getBytes(1));
        head = rows.getBytes(2);
      }
    }
    if (tree.leaves() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        key.sign(
            new Checkpoint(
                database(connection),
                before.map(Checkpoint::number).orElse(0L) + 1,
                after + 1,
                after + tree.leaves(),
                tree.root(),
                head,
                before.map(Checkpoint::hash).orElse(new byte[LedgerHash.LENGTH]),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                algorithm,
                key.shown(),
                new byte[0])));
  }

  private static void store(Connection connection, Checkpoint made) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into platform.ledger_checkpoint
              (number, first_position, last_position, root, head, previous, made_at, algorithm, key, signature)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)) {
      insert.setLong(1, made.number());
      insert.setLong(2, made.first());
      insert.setLong(3, made.last());
      insert.setBytes(4, made.root());
      insert.setBytes(5, made.head());
      insert.setBytes(6, made.previous());
      insert.setObject(7, OffsetDateTime.ofInstant(made.at(), ZoneOffset.UTC));
      insert.setString(8, made.algorithm().word());
      insert.setBytes(9, made.key());
      insert.setBytes(10, made.signature());
      insert.executeUpdate();
    }
  }

  static Optional<Checkpoint> newest(Connection connection) throws SQLException {
    List<Checkpoint> found =
        checkpoints(
            connection, "select * from platform.ledger_checkpoint order by number desc limit 1");
    return found.stream().findFirst();
  }

  /** Those after a number, the first first. */
  static List<Checkpoint> after(Connection connection, long number, int most) throws SQLException {
    return checkpoints(
        connection,
        "select * from platform.ledger_checkpoint where number > %d order by number limit %d"
            .formatted(number, most));
  }

  private static List<Checkpoint> checkpoints(Connection connection, String sql)
      throws SQLException {
    UUID database = identity(connection);
    List<Checkpoint> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(Checkpoint.read(rows, database));
      }
    }
    return found;
  }

  private UUID database(Connection connection) throws SQLException {
    if (database == null) {
      database = identity(connection);
    }
    return database;
  }

  static UUID identity(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select id from platform.ledger_identity")) {
      row.next();
      return row.getObject(1, UUID.class);
    }
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
