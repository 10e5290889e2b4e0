package org.dandang.platform.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL in a data folder of its own.
 *
 * <p>One process owns a folder; others attach to the running database. After a hard kill the orphan
 * that still holds the folder is stopped first. Writes are durable (fsync on), only this machine is
 * listened to, and a password is asked for.
 */
public final class EmbeddedDatabase implements AutoCloseable {
  private static final String NAME = "dandang";

  /** A segment of the write-ahead log: without room for one nothing can be written. */
  private static final long LEAST_ROOM = 16L << 20;

  private static final SecureRandom RANDOM = new SecureRandom();

  /** Held locked by the owning process, whose number it says. */
  private static final String IN_USE = "in-use";

  static final String CLUSTER = "postgresql";
  static final String LOG = "postgresql.log";
  private static final String SECRET = "secret";

  /** There once the first start has come to its end. */
  static final String READY = "ready";

  /** Where others find the running database. */
  private static final String CONNECTION = "connection.properties";

  private static final List<String> OWN_FILES =
      List.of(IN_USE, CLUSTER, CLUSTER + ".new", LOG, SECRET, CONNECTION, CONNECTION + ".new");

  private final Path folder;
  private final Database database;
  private final @Nullable Owned owned;

  private record Owned(PostgresServer server, FileChannel channel) {}

  private EmbeddedDatabase(Path folder, Database database, @Nullable Owned owned) {
    this.folder = folder;
    this.database = database;
    this.owned = owned;
  }

  /**
   * Starts the database of a folder, creating it when the folder is new, or attaches to it when
   * another Dandang process already runs it.
   *
   * @throws StorageProblem when the folder cannot be used; the message says what to do
   */
  public static EmbeddedDatabase open(Path folder) {
    Path data = folder.toAbsolutePath().normalize();
    if (Files.exists(data) && !Files.isDirectory(data)) {
      throw new StorageProblem("%s is a file, not a folder. %s".formatted(data, ANOTHER));
    }
    FileChannel channel = null;
    try {
      Files.createDirectories(data);
      refuseForeignFiles(data);
      channel =
          FileChannel.open(
              data.resolve(IN_USE),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        return attach(data);
      }
      return start(data, channel);
    } catch (IOException e) {
      close(channel);
      throw new StorageProblem(unusable(data, e), e);
    } catch (StorageProblem e) {
      close(channel);
      throw e;
    }
  }

  private static final String ANOTHER = "Name another with --data DIR.";

  private static String unusable(Path data, IOException problem) {
    String said = String.valueOf(problem.getMessage());
    if (said.contains("No space left")) {
      return full(data);
    }
    if (problem instanceof AccessDeniedException || said.contains("Read-only")) {
      return "The data folder %s may not be written to (%s). Give yourself the right to it, or name another with --data DIR."
          .formatted(data, said);
    }
    String why =
        problem instanceof FileSystemException named && named.getReason() != null
            ? named.getReason()
            : said;
    return problem instanceof NoSuchFileException
        ? "The data folder %s cannot be created there. %s".formatted(data, ANOTHER)
        : "The data folder %s cannot be used (%s). %s".formatted(data, why, ANOTHER);
  }

  /** Whether another process runs this folder's database and this one only uses it. */
  public boolean attached() {
    return owned == null;
  }

  /** The database as its administrator, who may do everything in it. */
  public Database database() {
    return database;
  }

  /** The database as the application uses it: held to row-level security, owner of nothing. */
  public Database application() {
    DatabaseRoles.prepare(database);
    return DatabaseRoles.application(database);
  }

  /** The database as whoever brings its schemas up to date. */
  public Database migrator() {
    DatabaseRoles.prepare(database);
    return DatabaseRoles.migrator(database);
  }

  public Path folder() {
    return folder;
  }

  /** Whether there is no room left to write to: what fails then fails because of that. */
  public boolean isFull() {
    try {
      return Files.getFileStore(folder).getUsableSpace() < LEAST_ROOM;
    } catch (IOException e) {
      return false;
    }
  }

  /** Stops the database where this process started it. Safe to call twice. */
  @Override
  public void close() {
    if (owned == null || !owned.channel.isOpen()) {
      return;
    }
    try {
      Files.deleteIfExists(folder.resolve(CONNECTION));
      owned.server.close();
      owned.channel.close();
    } catch (IOException e) {
      throw new StorageProblem("The database in %s did not stop cleanly.".formatted(folder), e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        channel.truncate(0);
        channel.write(
            ByteBuffer.wrap(
                Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)),
            0);
      }
      return lock;
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** Tenths of a second that a first start may take on a machine that is busy with other work. */
  private static final int LONGEST_START = 300;

  private static EmbeddedDatabase attach(Path data) throws IOException {
    Path file = data.resolve(CONNECTION);
    for (int wait = 0; wait < LONGEST_START && !Files.exists(file); wait++) {
      pause();
    }
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(file)) {
      properties.load(in);
    } catch (NoSuchFileException e) {
      throw new StorageProblem(
          "The data folder %s is in use by another Dandang that is starting or stopping. Try again in a moment, or name another with --data DIR."
              .formatted(data),
          e);
    }
    Database database =
        new Database(properties.getProperty("url"), PostgresServer.OWNER, secret(data), true);
    return new EmbeddedDatabase(data, database, null);
  }

  private static EmbeddedDatabase start(Path data, FileChannel channel) throws IOException {
    Path cluster = data.resolve(CLUSTER);
    Files.deleteIfExists(data.resolve(CONNECTION));
    PostgresServer.stopAll(cluster);
    if (Files.exists(data.resolve(READY))) {
      refuseDamage(data, cluster);
    }
    PostgresServer server;
    try {
      PostgresPrograms programs = PostgresPrograms.forDataFolder(data, cluster);
      if (!Files.exists(cluster)) {
        secret(data);
        PostgresServer.create(programs, cluster, NAME, data.resolve(SECRET), data.resolve(LOG));
      }
      server = PostgresServer.start(programs, cluster, data.resolve(LOG));
    } catch (PostgresServer.NotStarted e) {
      throw notStarted(data, e);
    }
    try {
      if (!Files.exists(data.resolve(READY))) {
        Files.createFile(data.resolve(READY));
        Trees.sync(data);
      }
      String url = "jdbc:postgresql://127.0.0.1:%d/%s".formatted(server.port(), NAME);
      Path partial = data.resolve(CONNECTION + ".new");
      Files.writeString(partial, "url=" + url.replace(":", "\\:") + "\n");
      Files.move(partial, data.resolve(CONNECTION), StandardCopyOption.ATOMIC_MOVE);
      Database database = new Database(url, PostgresServer.OWNER, secret(data), true);
      DriverManager.getConnection(url, database.user(), database.password()).close();
      return new EmbeddedDatabase(data, database, new Owned(server, channel));
    } catch (SQLException e) {
      server.close();
      throw damaged(data, "PostgreSQL does not open it (%s)".formatted(e.getMessage()));
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  private static String full(Path data) {
    return "The disk that holds the data folder %s is full. Make room and start again."
        .formatted(data);
  }

  private static StorageProblem notStarted(Path data, PostgresServer.NotStarted problem) {
    String said = String.valueOf(problem.getMessage());
    if (said.contains("No space left")) {
      return new StorageProblem(full(data), problem);
    }
    return damaged(
        data,
        "PostgreSQL does not start over it (%s; more in %s)".formatted(said, data.resolve(LOG)));
  }

  private static void refuseDamage(Path data, Path cluster) throws IOException {
    Path version = cluster.resolve("PG_VERSION");
    if (!Files.exists(version)) {
      throw damaged(data, "its database files are missing");
    }
    if (!Files.exists(data.resolve(SECRET))) {
      throw damaged(data, "the file %s with the database's password is missing".formatted(SECRET));
    }
    String found = Files.readString(version, StandardCharsets.ISO_8859_1).strip();
    if (!found.equals(PostgresServer.MAJOR_VERSION)) {
      if (found.matches("[0-9]{1,2}")) {
        throw new StorageProblem(
            "The data folder %s was made by PostgreSQL %s and this Dandang has %s. Open it with the Dandang that made it, or name another folder with --data DIR."
                .formatted(data, found, PostgresServer.MAJOR_VERSION));
      }
      throw damaged(data, "its PG_VERSION cannot be read");
    }
  }

  /** Nothing is written into a folder that was something else before. */
  private static void refuseForeignFiles(Path data) throws IOException {
    if (Files.exists(data.resolve(READY))) {
      return;
    }
    try (var files = Files.list(data)) {
      Optional<String> foreign =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !OWN_FILES.contains(name) && !name.startsWith("programs-"))
              .sorted()
              .findFirst();
      if (foreign.isPresent()) {
        throw new StorageProblem(
            "The folder %s already holds other files (%s). Name an empty or new folder with --data DIR."
                .formatted(data, foreign.get()));
      }
    }
  }

  static String secret(Path data) throws IOException {
    Path file = data.resolve(SECRET);
    if (!Files.exists(file) || Files.size(file) == 0) {
      byte[] bytes = new byte[24];
      RANDOM.nextBytes(bytes);
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, HexFormat.of().formatHex(bytes), StandardCharsets.US_ASCII);
    }
    return Files.readString(file, StandardCharsets.US_ASCII).strip();
  }

  private static StorageProblem damaged(Path data, String why) {
    return new StorageProblem(
        "The data folder %s is damaged: %s. Restore a copy of the folder, or move it away and start anew with --data DIR."
            .formatted(data, why));
  }

  private static void close(@Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new StorageProblem("A lock file could not be closed.", e);
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
