package org.dandang.platform.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dandang.platform.jobs.Progress;
import org.jspecify.annotations.Nullable;

/**
 * Makes a data folder of a backup, as of its end or of a moment. The backup is only read; the
 * folder appears whole or not at all.
 */
public final class Restoring {
  private Restoring() {}

  /**
   * What was made.
   *
   * @param copy when the base copy was taken that was gone on from
   * @param keys whether the keys that seal and sign were in the backup
   */
  public record Restored(Path folder, Instant copy, boolean keys) {}

  /**
   * Restores into a new folder and leaves it ready to be opened.
   *
   * @param to the moment whose state is wanted; null: as late as the log goes
   * @throws StorageProblem when it cannot be done; the message says why
   */
  public static Restored restore(Path backup, Path data, @Nullable Instant to, Progress progress) {
    Path from = backup.toAbsolutePath().normalize();
    Path folder = data.toAbsolutePath().normalize();
    try {
      if (!Files.exists(from.resolve(Backup.MARK))) {
        throw new StorageProblem("There is no backup in %s.".formatted(from));
      }
      if (Files.exists(folder)) {
        try (var there = Files.list(folder)) {
          if (there.findAny().isPresent()) {
            throw new StorageProblem(
                "The folder %s is in use or holds files; nothing is restored over them. Name a new folder with --data DIR."
                    .formatted(folder));
          }
        }
      }
      Path copy = copyFor(from, to);
      BaseCopy manifest = Backup.manifest(copy);
      if (!manifest.postgresql().equals(PostgresServer.MAJOR_VERSION)) {
        throw new StorageProblem(
            "The backup was made by PostgreSQL %s and this Dandang has %s. Restore it with the Dandang that made it."
                .formatted(manifest.postgresql(), PostgresServer.MAJOR_VERSION));
      }
      Files.createDirectories(folder);
      boolean done = false;
      try {
        Restored restored = restore(from, copy, manifest, folder, to, progress);
        done = true;
        return restored;
      } finally {
        if (!done) {
          PostgresServer.stopAll(folder.resolve(EmbeddedDatabase.CLUSTER));
          Trees.delete(folder);
        }
      }
    } catch (IOException | SQLException e) {
      throw new StorageProblem(
          "The backup %s could not be restored (%s).".formatted(from, e.getMessage()), e);
    }
  }

  /** The newest copy that was whole before the moment wanted. */
  private static Path copyFor(Path backup, @Nullable Instant to) throws IOException {
    List<Path> copies = new ArrayList<>(Backup.copies(backup));
    Collections.reverse(copies);
    for (Path copy : copies) {
      if (to == null || !Backup.manifest(copy).finished().isAfter(to)) {
        return copy;
      }
    }
    throw new StorageProblem(
        copies.isEmpty()
            ? "There is no whole base copy in %s.".formatted(backup)
            : "The backup in %s begins only at %s; a state from before cannot be restored from it."
                .formatted(backup, Backup.manifest(copies.getLast()).finished()));
  }

  private static Restored restore(
      Path backup,
      Path copy,
      BaseCopy manifest,
      Path folder,
      @Nullable Instant to,
      Progress progress)
      throws IOException, SQLException {
    Path cluster = folder.resolve(EmbeddedDatabase.CLUSTER);
    Files.createDirectory(
        cluster,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    int done = 0;
    for (BaseCopy.Copied file : manifest.files()) {
      if (progress.cancelled()) {
        throw new StorageProblem("Stopped; nothing was restored.");
      }
      progress.at("restore.copying", done++, manifest.files().size());
      bring(copy.resolve("cluster"), cluster, file);
    }
    progress.at("restore.copying", done, done);
    Trees.syncAll(cluster);
    boolean keys = false;
    for (String name : Backup.KEYS) {
      keys |= beside(copy, folder, name);
    }
    beside(copy, folder, Backup.SECRET);
    if (!beside(backup, folder, Backup.PUBLIC_KEYS)) {
      beside(copy, folder, Backup.PUBLIC_KEYS);
    }
    progress.at("restore.log", 0, -1);
    replay(backup, folder, cluster, to);
    Files.createFile(folder.resolve(EmbeddedDatabase.READY));
    Trees.sync(folder);
    return new Restored(folder, manifest.finished(), keys);
  }

  private static void bring(Path from, Path cluster, BaseCopy.Copied file) throws IOException {
    Path target = cluster.resolve(file.path()).normalize();
    if (!target.startsWith(cluster)) {
      throw new StorageProblem("The backup is damaged: %s leads out of it.".formatted(file.path()));
    }
    if (file.isFolder()) {
      Files.createDirectories(
          target,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      return;
    }
    Path parent = target.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Path source = from.resolve(file.path());
    if (!Files.exists(source)) {
      throw new StorageProblem("The backup is damaged: %s is missing.".formatted(source));
    }
    BaseCopy.Copied brought = Backup.copied(source, target, file.path());
    if (!brought.equals(file)) {
      throw new StorageProblem(
          "The backup is damaged: %s is not what its manifest says.".formatted(source));
    }
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-------"));
  }

  private static boolean beside(Path copy, Path folder, String name) throws IOException {
    Path file = copy.resolve(name);
    if (!Files.exists(file)) {
      return false;
    }
    Files.copy(file, folder.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
    return true;
  }

  /** As PostgreSQL reads it before it knows the names of time zones. */
  private static final DateTimeFormatter RECOVERY_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");

  /** Goes on from the copy along the log, then gives the database a password of its own. */
  private static void replay(Path backup, Path folder, Path cluster, @Nullable Instant to)
      throws IOException, SQLException {
    Path log = folder.resolve(EmbeddedDatabase.LOG);
    String wal = backup.resolve("wal").toString();
    // A part that is not there is the end of the log; one that cannot be read is an error.
    String command =
        "[ -f '%1$s/%%f.gz' ] && gzip -dc '%1$s/%%f.gz' > \"%%p\""
            .formatted(wal.replace("'", "'\\''").replace("%", "%%"));
    List<String> settings = new ArrayList<>();
    settings.add("restore_command = '" + command.replace("\\", "\\\\").replace("'", "''") + "'");
    settings.add("recovery_target_action = 'promote'");
    if (to != null) {
      settings.add(
          "recovery_target_time = '%s+00'"
              .formatted(RECOVERY_TIME.format(OffsetDateTime.ofInstant(to, ZoneOffset.UTC))));
    }
    // Whatever the copy says about handing its log on would go into the backup it came from.
    Files.writeString(
        cluster.resolve("postgresql.auto.conf"),
        String.join("\n", settings) + "\n",
        StandardCharsets.UTF_8);
    Files.createFile(cluster.resolve("recovery.signal"));
    PostgresServer server;
    try {
      PostgresPrograms programs = PostgresPrograms.forDataFolder(folder, cluster);
      programs.hand(cluster);
      server =
          PostgresServer.start(
              programs,
              cluster,
              log,
              TimeUnit.DAYS.toSeconds(30),
              List.of("archive_mode=off", "hot_standby=off"));
    } catch (PostgresServer.NotStarted e) {
      String said = String.valueOf(e.getMessage());
      if (said.contains("recovery ended before configured recovery target was reached")) {
        throw new StorageProblem(
            "The log in the backup ends before %s: nothing was written after that moment, or it was not handed over. Leave --to away to restore all there is."
                .formatted(to),
            e);
      }
      throw new StorageProblem(
          "The database could not be brought up from the backup (%s).".formatted(said), e);
    }
    try (server) {
      String url = "jdbc:postgresql://127.0.0.1:%d/dandang".formatted(server.port());
      Path secret = folder.resolve(Backup.SECRET);
      String old = Files.readString(secret).strip();
      Files.delete(secret);
      String fresh = EmbeddedDatabase.secret(folder);
      try (Connection connection =
              Backup.connect(new Database(url, PostgresServer.OWNER, old, true));
          Statement statement = connection.createStatement()) {
        statement.execute("alter system reset all");
        statement.execute("alter role %s password '%s'".formatted(PostgresServer.OWNER, fresh));
        Database administrator = new Database(url, PostgresServer.OWNER, fresh, true);
        for (String role : List.of(DatabaseRoles.MIGRATOR, DatabaseRoles.APPLICATION)) {
          statement.execute(
              "do $$ begin if exists (select from pg_roles where rolname = '%1$s') then alter role %1$s password '%2$s'; end if; end $$"
                  .formatted(role, DatabaseRoles.password(administrator, role)));
        }
      }
    }
  }
}
