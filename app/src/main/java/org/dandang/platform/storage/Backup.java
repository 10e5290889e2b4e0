package org.dandang.platform.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.dandang.platform.jobs.Progress;

/**
 * A backup folder: base copies of the embedded database, taken while it is served, and its log
 * since.
 *
 * <pre>
 * DIR/dandang-backup    which database it is of
 * DIR/base/TIME/        base copies, each with a manifest of hashes
 * DIR/wal/              the log since the oldest of them
 * DIR/anchors/          the ledger's checkpoints
 * </pre>
 *
 * The keys that seal and sign are not in it unless asked for.
 */
public final class Backup {
  static final String MARK = "dandang-backup";
  static final String SECRET = "secret";

  /** File of the data folder with the keys against which signatures are checked. */
  public static final String PUBLIC_KEYS = "ledger-keys.pub";

  /** Files of the data folder that open what is sealed and sign what is linked. */
  public static final List<String> KEYS = List.of("key", "ledger-key", "ledger-key-sm2");

  /** Folders whose content PostgreSQL makes anew. */
  private static final Set<String> EMPTIED =
      Set.of(
          "pg_wal",
          "pg_dynshmem",
          "pg_notify",
          "pg_replslot",
          "pg_serial",
          "pg_snapshots",
          "pg_stat_tmp",
          "pg_subtrans");

  private static final Set<String> LEFT_OUT =
      Set.of(
          "postmaster.pid",
          "postmaster.opts",
          "pg_internal.init",
          "backup_label",
          "backup_label.old",
          "tablespace_map",
          "recovery.signal",
          "standby.signal",
          "backup_manifest");

  private static final int PATIENCE_SECONDS = 120;

  private final EmbeddedDatabase database;
  private final Path folder;

  private Backup(EmbeddedDatabase database, Path folder) {
    this.database = database;
    this.folder = folder;
  }

  /**
   * What was taken.
   *
   * @param copy folder of the base copy
   * @param removed base copies that had become too many
   */
  public record Taken(Path copy, int files, long bytes, int removed) {}

  /**
   * Takes a base copy and keeps the log there from now on.
   *
   * @param keep base copies that stay, the newest; older ones and the log only they need are
   *     removed
   * @param withKeys also the keys that seal and sign: whoever has the backup can then open it all
   * @throws StorageProblem when it cannot be taken; the message says what to do
   */
  public static Taken take(
      EmbeddedDatabase database, Path folder, int keep, boolean withKeys, Progress progress) {
    Path to = folder.toAbsolutePath().normalize();
    if (to.startsWith(database.folder()) || database.folder().startsWith(to)) {
      throw new StorageProblem(
          "The backup may not lie in the data folder, nor around it. Name another place, best on"
              + " another disk.");
    }
    try (Connection connection = connect(database.database())) {
      return new Backup(database, to).take(connection, keep, withKeys, progress);
    } catch (IOException | SQLException e) {
      throw new StorageProblem("The backup to %s failed (%s).".formatted(to, e.getMessage()), e);
    }
  }

  /** Ends the keeping of the log; what is in the backup stays. */
  public static void stop(EmbeddedDatabase database) {
    try (Connection connection = connect(database.database())) {
      LogKeeping.end(connection, database.folder());
    } catch (IOException | SQLException e) {
      throw new StorageProblem(
          "The keeping of the log could not be ended (%s).".formatted(e.getMessage()), e);
    }
  }

  private Taken take(Connection connection, int keep, boolean withKeys, Progress progress)
      throws IOException, SQLException {
    own(connection);
    LogKeeping.begin(connection, database.folder(), folder);
    Instant began = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Path copy = folder.resolve("base").resolve(began.toString().replace(':', '-'));
    Path draft = copy.resolveSibling(copy.getFileName() + ".part");
    Files.createDirectories(draft.resolve("cluster"));
    boolean whole = false;
    try {
      String firstLog =
          asked(connection, "select pg_walfile_name(pg_backup_start('dandang', true))");
      List<BaseCopy.Copied> files = new ArrayList<>(cluster(draft.resolve("cluster"), progress));
      String lastLog = label(connection, draft.resolve("cluster"), files);
      besides(draft, withKeys);
      String postgresql = asked(connection, "show server_version_num").replaceFirst("....$", "");
      await(connection, lastLog, progress);
      Trees.syncAll(draft);
      Instant finished = Instant.now();
      Files.writeString(
          draft.resolve(BaseCopy.MANIFEST),
          new BaseCopy(began, finished, postgresql, firstLog, files).json(),
          StandardOpenOption.CREATE,
          StandardOpenOption.SYNC);
      Files.move(draft, copy, StandardCopyOption.ATOMIC_MOVE);
      whole = true;
      Trees.sync(folder.resolve("base"));
      anchors();
      int removed = removeOld(keep);
      return new Taken(
          copy, files.size(), files.stream().mapToLong(BaseCopy.Copied::bytes).sum(), removed);
    } finally {
      if (!whole) {
        Trees.delete(draft);
      }
    }
  }

  /** A backup folder belongs to one database; another's parts of the log have the same names. */
  private void own(Connection connection) throws IOException, SQLException {
    String system = asked(connection, "select system_identifier::text from pg_control_system()");
    Path mark = folder.resolve(MARK);
    if (Files.exists(mark)) {
      if (!Files.readString(mark).strip().equals(system)) {
        throw new StorageProblem(
            "The folder %s holds the backup of another database. Name another folder."
                .formatted(folder));
      }
      return;
    }
    if (Files.exists(folder)) {
      try (var there = Files.list(folder)) {
        if (there.findAny().isPresent()) {
          throw new StorageProblem(
              "The folder %s holds other files. Name an empty or new folder.".formatted(folder));
        }
      }
    }
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.createDirectories(folder.resolve("base"));
    Files.writeString(mark, system + "\n", StandardOpenOption.CREATE_NEW, StandardOpenOption.SYNC);
  }

  private List<BaseCopy.Copied> cluster(Path to, Progress progress) throws IOException {
    Path from = database.folder().resolve(EmbeddedDatabase.CLUSTER);
    TreeMap<String, Boolean> listed = new TreeMap<>();
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<Path>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            String path = from.relativize(directory).toString();
            if (directory.getFileName().toString().startsWith("pgsql_tmp")) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            if (!path.isEmpty()) {
              listed.put(path, true);
            }
            return EMPTIED.contains(path) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = file.getFileName().toString();
            if (!LEFT_OUT.contains(name) && !name.startsWith("pgsql_tmp")) {
              listed.put(from.relativize(file).toString(), false);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException problem)
              throws IOException {
            if (problem instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE; // dropped meanwhile; the log says so
            }
            throw problem;
          }
        });
    // Last, so that it is not older than what it describes.
    listed.remove("global/pg_control");
    List<BaseCopy.Copied> files = new ArrayList<>();
    int done = 0;
    for (var each : listed.entrySet()) {
      if (progress.cancelled()) {
        throw new StorageProblem("Stopped; no copy was kept.");
      }
      progress.at("backup.copying", done++, listed.size());
      Path target = to.resolve(each.getKey());
      if (each.getValue()) {
        Files.createDirectories(target);
        files.add(new BaseCopy.Copied(each.getKey(), 0, ""));
      } else {
        try {
          files.add(copied(from.resolve(each.getKey()), target, each.getKey()));
        } catch (NoSuchFileException e) {
          Files.deleteIfExists(target); // dropped meanwhile; the log says so
        }
      }
    }
    files.add(
        copied(
            from.resolve("global/pg_control"),
            to.resolve("global/pg_control"),
            "global/pg_control"));
    progress.at("backup.copying", listed.size(), listed.size());
    return files;
  }

  /** Copied, not yet on the disk: {@link Trees#syncAll} puts all files there at once. */
  static BaseCopy.Copied copied(Path from, Path to, String path) throws IOException {
    MessageDigest digest = sha256();
    long bytes;
    try (InputStream in = Files.newInputStream(from);
        FileChannel channel =
            FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        OutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), digest)) {
      bytes = in.transferTo(out);
    }
    return new BaseCopy.Copied(path, bytes, HexFormat.of().formatHex(digest.digest()));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends the copy; returns the part of the log up to which a restore has to go at least. */
  private static String label(Connection connection, Path cluster, List<BaseCopy.Copied> files)
      throws IOException, SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select labelfile, pg_walfile_name(lsn) from pg_backup_stop(wait_for_archive =>"
                    + " false)")) {
      row.next();
      byte[] label = row.getString(1).getBytes(StandardCharsets.UTF_8);
      Files.write(
          cluster.resolve("backup_label"),
          label,
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.SYNC);
      files.add(
          new BaseCopy.Copied(
              "backup_label", label.length, HexFormat.of().formatHex(sha256().digest(label))));
      return row.getString(2);
    }
  }

  private void besides(Path draft, boolean withKeys) throws IOException {
    List<String> names = new ArrayList<>(List.of(SECRET, PUBLIC_KEYS));
    if (withKeys) {
      names.addAll(KEYS);
    }
    for (String name : names) {
      Path file = database.folder().resolve(name);
      if (Files.exists(file)) {
        Files.copy(file, draft.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  /** Without the last part of the log a copy is worth nothing. */
  private void await(Connection connection, String lastLog, Progress progress)
      throws IOException, SQLException {
    Path last = folder.resolve("wal").resolve(lastLog + ".gz");
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    progress.at("backup.awaiting-log", 0, -1);
    while (!Files.exists(last)) {
      if (System.nanoTime() > until || progress.cancelled()) {
        throw new StorageProblem(
            "The database does not hand its log to %s (%s parts failed, the last %s). Look into %s."
                .formatted(
                    folder,
                    asked(connection, "select failed_count::text from pg_stat_archiver"),
                    asked(
                        connection, "select coalesce(last_failed_wal, '–') from pg_stat_archiver"),
                    database.folder().resolve("postgresql.log")));
      }
      try {
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StorageProblem("Stopped; no copy was kept.", e);
      }
    }
  }

  /** While it is served, the ledger's sealer pushes there itself. */
  private void anchors() throws IOException {
    Path from = database.folder().resolve("anchors");
    Path to = folder.resolve("anchors");
    if (database.attached() || !Files.isDirectory(from)) {
      return;
    }
    try (var files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else if (!Files.exists(target) || Files.size(target) <= Files.size(file)) {
          Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  private int removeOld(int keep) throws IOException {
    List<Path> copies = copies(folder);
    List<Path> old = copies.subList(0, Math.max(0, copies.size() - Math.max(1, keep)));
    for (Path each : old) {
      Trees.delete(each);
    }
    if (!old.isEmpty()) {
      String first = manifest(copies.get(old.size())).firstLog().substring(8);
      try (var parts = Files.list(folder.resolve("wal"))) {
        for (Path part : (Iterable<Path>) parts::iterator) {
          String name = part.getFileName().toString();
          if (name.matches("[0-9A-F]{24}.*") && name.substring(8, 24).compareTo(first) < 0) {
            Files.delete(part);
          }
        }
      }
    }
    return old.size();
  }

  /** Whole base copies, the oldest first. */
  static List<Path> copies(Path backup) throws IOException {
    Path base = backup.resolve("base");
    if (!Files.isDirectory(base)) {
      return List.of();
    }
    try (var all = Files.list(base)) {
      return all.filter(each -> Files.exists(each.resolve(BaseCopy.MANIFEST))).sorted().toList();
    }
  }

  static BaseCopy manifest(Path copy) throws IOException {
    Path file = copy.resolve(BaseCopy.MANIFEST);
    return BaseCopy.read(file, Files.readString(file));
  }

  static Connection connect(Database database) throws SQLException {
    return DriverManager.getConnection(database.url(), database.user(), database.password());
  }

  private static String asked(Connection connection, String question) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(question);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getString(1);
    }
  }
}
