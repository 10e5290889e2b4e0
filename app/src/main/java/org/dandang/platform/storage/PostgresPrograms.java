package org.dandang.platform.storage;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's own programs, unpacked from the library they come in, and the user they run as.
 *
 * <p>PostgreSQL refuses to run as root. Root therefore runs it inside a user namespace of its own,
 * and where that is refused, as nobody with the one right to reach a folder of root's.
 */
final class PostgresPrograms {
  private static final String ARCHIVE = "/postgres-linux-x86_64.txz";

  private static final int NOBODY = 65534;

  private final Path folder;
  private final List<String> prefix;

  /** The user and group to own the cluster; null: whoever runs Dandang. */
  private final @Nullable Integer owner;

  private PostgresPrograms(Path folder, List<String> prefix, @Nullable Integer owner) {
    this.folder = folder;
    this.prefix = prefix;
    this.owner = owner;
  }

  /**
   * Ready to work on the clusters of a data folder.
   *
   * @param cluster whose owner, where it exists, decides which user the programs run as
   */
  static PostgresPrograms forDataFolder(Path data, Path cluster) throws IOException {
    Path programs = unpacked(data);
    if (!isRoot()) {
      return new PostgresPrograms(programs, List.of(), null);
    }
    int uid = Files.exists(cluster) ? (int) Files.getAttribute(cluster, "unix:uid") : 0;
    List<String> namespace = List.of("unshare", "-U");
    if (uid == 0 && works(namespace)) {
      return new PostgresPrograms(programs, namespace, null);
    }
    int user = uid == 0 ? NOBODY : uid;
    // access(2) forgets what a user may do beyond the mode bits unless told not to.
    List<String> otherUser =
        List.of(
            "setpriv",
            "--reuid=" + user,
            "--regid=" + user,
            "--clear-groups",
            "--inh-caps=+dac_override",
            "--ambient-caps=+dac_override",
            "--securebits=+no_setuid_fixup");
    if (works(otherUser)) {
      return new PostgresPrograms(programs, otherUser, user);
    }
    throw new StorageProblem(
        "PostgreSQL does not run as root, and this machine refuses both unshare and setpriv. Run ./dandang as another user, or name an external database with --database.");
  }

  /** The command for one of the programs, as the right user. */
  List<String> command(String program, String... arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(folder.resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  /** The same in a session of its own, so that Ctrl-C on the terminal reaches Dandang alone. */
  List<String> detached(String program, String... arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add("setsid");
    command.addAll(command(program, arguments).subList(prefix.size(), prefix.size() + 1));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Gives a folder and what is in it to the user the programs run as. */
  void hand(Path tree) throws IOException {
    if (owner == null) {
      return;
    }
    try (var files = Files.walk(tree)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.setAttribute(file, "unix:uid", owner);
        Files.setAttribute(file, "unix:gid", owner);
      }
    }
  }

  private static boolean isRoot() throws IOException {
    return ((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid")) == 0;
  }

  private static boolean works(List<String> prefix) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add("true");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  /** One copy for all data folders of an installation; without one, a copy in the data folder. */
  private static Path unpacked(Path data) throws IOException {
    URL archive = PostgresPrograms.class.getResource(ARCHIVE);
    if (archive == null || !System.getProperty("os.arch").equals("amd64")) {
      throw new StorageProblem(
          "The embedded PostgreSQL runs on Linux on x86-64. Name an external database with --database.");
    }
    String name = "programs-" + Long.toHexString(archive.openConnection().getContentLengthLong());
    String home = System.getProperty("dandang.home");
    Path shared = home == null ? null : Path.of(home, "var");
    Path parent = shared != null && mayWrite(shared) ? shared : data;
    Path programs = parent.resolve(name);
    if (Files.isDirectory(programs)) {
      return programs;
    }
    Path partial = Files.createTempDirectory(parent, name + "-new");
    try (InputStream in = new BufferedInputStream(archive.openStream())) {
      unpack(in, partial);
    }
    Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("rwxr-xr-x"));
    try {
      Files.move(partial, programs, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // Another start was quicker: its copy is the same.
      Trees.delete(partial);
      if (!Files.isDirectory(programs)) {
        throw e;
      }
    }
    return programs;
  }

  private static boolean mayWrite(Path folder) {
    try {
      Files.createDirectories(folder);
      return Files.isWritable(folder);
    } catch (IOException e) {
      return false;
    }
  }

  private static void unpack(InputStream in, Path folder) throws IOException {
    Path target = folder.toAbsolutePath().normalize();
    try (var tar = new TarArchiveInputStream(new XZInputStream(in))) {
      TarArchiveEntry entry = tar.getNextEntry();
      while (entry != null) {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
          throw new IOException("An entry leads out of the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(parent(file));
          write(tar, entry, file);
        }
        entry = tar.getNextEntry();
      }
    }
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path file)
      throws IOException {
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, file);
    Set<PosixFilePermission> may =
        PosixFilePermissions.fromString((entry.getMode() & 0100) != 0 ? "rwxr-xr-x" : "rw-r--r--");
    Files.setPosixFilePermissions(file, may);
  }

  private static Path parent(Path file) throws IOException {
    Path parent = file.getParent();
    if (parent == null) {
      throw new FileAlreadyExistsException(file.toString());
    }
    return parent;
  }
}
