package org.dandang.platform.storage;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
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
  private static final String OWNER = "postgres";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path folder;
  private final Database database;
  private final @Nullable Owned owned;

  private record Owned(EmbeddedPostgres server, FileChannel channel, FileLock lock) {}

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
    try {
      Files.createDirectories(data);
    } catch (IOException e) {
      throw new StorageProblem(
          "The data folder %s cannot be created (%s). Name another with --data DIR."
              .formatted(data, e.getMessage()),
          e);
    }
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              data.resolve("in-use"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        return attach(data);
      }
      return start(data, channel, lock);
    } catch (IOException e) {
      close(channel);
      throw new StorageProblem(
          "The data folder %s cannot be used (%s). Check that it is yours and that there is room, or name another with --data DIR."
              .formatted(data, e.getMessage()),
          e);
    } catch (StorageProblem e) {
      close(channel);
      throw e;
    }
  }

  /** Whether another process runs this folder's database and this one only uses it. */
  public boolean attached() {
    return owned == null;
  }

  public Database database() {
    return database;
  }

  public Path folder() {
    return folder;
  }

  /** Stops the database where this process started it. Safe to call twice. */
  @Override
  public void close() {
    if (owned == null) {
      return;
    }
    try {
      owned.server.close();
      Files.deleteIfExists(folder.resolve("connection.properties"));
      owned.lock.release();
      owned.channel.close();
    } catch (IOException e) {
      throw new StorageProblem("The database in %s did not stop cleanly.".formatted(folder), e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static EmbeddedDatabase attach(Path data) throws IOException {
    Path file = data.resolve("connection.properties");
    for (int wait = 0; wait < 50 && !Files.exists(file); wait++) {
      pause();
    }
    if (!Files.exists(file)) {
      throw new StorageProblem(
          "The data folder %s is in use by another Dandang that is still starting. Try again in a moment, or name another with --data DIR."
              .formatted(data));
    }
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(file)) {
      properties.load(in);
    }
    Database database = new Database(properties.getProperty("url"), OWNER, secret(data), true);
    return new EmbeddedDatabase(data, database, null);
  }

  private static EmbeddedDatabase start(Path data, FileChannel channel, FileLock lock)
      throws IOException {
    Path cluster = data.resolve("postgresql");
    Path ready = data.resolve("ready");
    Files.deleteIfExists(data.resolve("connection.properties"));
    stopOrphan(cluster);
    boolean fresh = !Files.exists(ready);
    if (fresh) {
      refuseForeignFiles(data);
      deleteTree(cluster);
    } else if (!Files.exists(cluster.resolve("PG_VERSION"))) {
      throw damaged(data, "its database files are missing");
    }
    Files.deleteIfExists(cluster.resolve("postmaster.pid"));
    EmbeddedPostgres server = startServer(data, cluster);
    try {
      if (fresh) {
        secure(server, cluster, secret(data));
        Files.createFile(ready);
      }
    } catch (SQLException e) {
      server.close();
      throw damaged(data, "it could not be prepared (" + e.getMessage() + ")");
    }
    String url = "jdbc:postgresql://127.0.0.1:%d/%s".formatted(server.getPort(), NAME);
    Path connection = data.resolve("connection.properties");
    Path partial = data.resolve("connection.properties.new");
    Files.writeString(partial, "url=" + url.replace(":", "\\:") + "\n");
    Files.move(partial, connection, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    return new EmbeddedDatabase(
        data, new Database(url, OWNER, secret(data), true), new Owned(server, channel, lock));
  }

  private static EmbeddedPostgres startServer(Path data, Path cluster) throws IOException {
    Path log = data.resolve("postgresql.log");
    try {
      return EmbeddedPostgres.builder()
          .setDataDirectory(cluster)
          .setCleanDataDirectory(false)
          .setOverrideWorkingDirectory(data.resolve("programs").toFile())
          .setRegisterShutdownHook(false)
          .setPGStartupWait(Duration.ofSeconds(60))
          .setConnectConfig("password", secret(data))
          .setLocaleConfig("locale", "C.UTF-8")
          .setServerConfig("fsync", "on")
          .setServerConfig("synchronous_commit", "on")
          .setServerConfig("full_page_writes", "on")
          .setServerConfig("listen_addresses", "127.0.0.1")
          .setServerConfig("unix_socket_directories", "''")
          .setServerConfig("password_encryption", "scram-sha-256")
          .setServerConfig("shared_buffers", "128MB")
          .setServerConfig("work_mem", "32MB")
          .setServerConfig("maintenance_work_mem", "128MB")
          .setServerConfig("max_wal_size", "2GB")
          .setServerConfig("max_connections", "60")
          .setServerConfig("jit", "off")
          .setServerConfig("timezone", "UTC")
          .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .start();
    } catch (IOException | IllegalStateException e) {
      throw damaged(data, "PostgreSQL did not start; its words are in " + log);
    }
  }

  /** First start: a password for the owner, and no connection without it. */
  private static void secure(EmbeddedPostgres server, Path cluster, String password)
      throws SQLException, IOException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("alter user postgres password '%s'".formatted(password));
      statement.execute(
          "create database %s template template0 encoding 'UTF8' locale 'C.UTF-8'".formatted(NAME));
      Files.writeString(
          cluster.resolve("pg_hba.conf"),
          """
          host all all 127.0.0.1/32 scram-sha-256
          host replication all 127.0.0.1/32 scram-sha-256
          """);
      statement.execute("select pg_reload_conf()");
    }
  }

  /** After a hard kill the database lives on without its owner: stop it before starting anew. */
  private static void stopOrphan(Path cluster) throws IOException {
    Path pidFile = cluster.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    List<String> lines = Files.readAllLines(pidFile);
    long pid;
    try {
      pid = Long.parseLong(lines.get(0).strip());
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      return;
    }
    Optional<ProcessHandle> orphan =
        ProcessHandle.of(pid)
            .filter(process -> process.info().command().orElse("postgres").contains("postgres"));
    orphan.ifPresent(
        process -> {
          process.destroy();
          for (int wait = 0; wait < 300 && process.isAlive(); wait++) {
            pause();
          }
          if (process.isAlive()) {
            process.destroyForcibly();
          }
        });
  }

  private static void refuseForeignFiles(Path data) throws IOException {
    try (var files = Files.list(data)) {
      Optional<String> foreign =
          files
              .map(file -> file.getFileName().toString())
              .filter(
                  name ->
                      !List.of(
                              "in-use",
                              "postgresql",
                              "postgresql.log",
                              "programs",
                              "secret",
                              "cache.aot")
                          .contains(name))
              .findFirst();
      if (foreign.isPresent()) {
        throw new StorageProblem(
            "The folder %s already holds other files (%s). Name an empty or new folder with --data DIR."
                .formatted(data, foreign.get()));
      }
    }
  }

  private static String secret(Path data) throws IOException {
    Path file = data.resolve("secret");
    if (!Files.exists(file)) {
      byte[] bytes = new byte[24];
      RANDOM.nextBytes(bytes);
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

  private static void deleteTree(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<Path>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException problem)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
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
