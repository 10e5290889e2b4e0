package org.dandang.platform.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running PostgreSQL over one cluster folder, listening to this machine only. */
final class PostgresServer implements AutoCloseable {
  /** The version whose programs are embedded; a cluster of another one cannot be opened. */
  static final String MAJOR_VERSION = "18";

  static final String OWNER = "postgres";

  private static final long LONGEST_LOG = 16L << 20;
  private static final int PATIENCE_SECONDS = 120;

  private final Process process;
  private final int port;

  private PostgresServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  int port() {
    return port;
  }

  /** It could not be brought up; the message is PostgreSQL's own last word. */
  static final class NotStarted extends Exception {
    private static final long serialVersionUID = 1L;

    NotStarted(String lastWord) {
      super(lastWord);
    }
  }

  /**
   * Makes a cluster with one empty database. It appears under its name only when it is complete.
   *
   * @param passwordFile the owner's password, asked for from the first connection on
   */
  static void create(
      PostgresPrograms programs, Path cluster, String database, Path passwordFile, Path log)
      throws IOException, NotStarted {
    Path partial = cluster.resolveSibling(cluster.getFileName() + ".new");
    stopAll(partial);
    Trees.delete(partial);
    Files.createDirectory(partial);
    programs.hand(partial);
    run(
        programs.command(
            "initdb",
            "--pgdata=" + partial,
            "--username=" + OWNER,
            "--pwfile=" + passwordFile,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C.UTF-8"),
        "",
        log);
    run(
        programs.command("postgres", "--single", "-D", partial.toString(), OWNER),
        "create database %s template template0 encoding 'UTF8' locale 'C.UTF-8'\n"
            .formatted(database),
        log);
    Files.move(partial, cluster, StandardCopyOption.ATOMIC_MOVE);
    Path parent = cluster.getParent();
    if (parent != null) {
      Trees.sync(parent);
    }
  }

  /**
   * Starts over an existing cluster over which nothing runs, and returns once connections are
   * taken.
   */
  static PostgresServer start(PostgresPrograms programs, Path cluster, Path log)
      throws IOException, NotStarted {
    return start(programs, cluster, log, PATIENCE_SECONDS, List.of());
  }

  /**
   * The same with settings of its own, which win over the usual ones.
   *
   * @param patience seconds within which it has to take connections
   */
  static PostgresServer start(
      PostgresPrograms programs, Path cluster, Path log, long patience, List<String> settings)
      throws IOException, NotStarted {
    keepShort(log);
    discardTheLogUnlessToldOtherwise(cluster);
    programs.hand(cluster);
    // Left by a kill; its number may be another program's by now, which PostgreSQL would wait for.
    Files.deleteIfExists(cluster.resolve("postmaster.pid"));
    int port = freePort();
    long before = Files.exists(log) ? Files.size(log) : 0;
    List<String> words =
        new ArrayList<>(
            programs.detached(
                "postgres",
                "-D",
                cluster.toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "fsync=on",
                "-c",
                "synchronous_commit=on",
                "-c",
                "full_page_writes=on",
                "-c",
                "shared_buffers=128MB",
                "-c",
                "work_mem=32MB",
                "-c",
                "maintenance_work_mem=128MB",
                "-c",
                "max_wal_size=2GB",
                "-c",
                "max_connections=60",
                "-c",
                "jit=off",
                "-c",
                "timezone=UTC",
                "-c",
                "archive_mode=on",
                "-c",
                "lc_messages=C"));
    for (String setting : settings) {
      words.add("-c");
      words.add(setting);
    }
    Process process =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    PostgresServer server = new PostgresServer(process, port);
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(patience);
    while (!isReady(cluster, process)) {
      if (!process.isAlive() || System.nanoTime() > until) {
        server.close();
        throw new NotStarted(lastWord(log, before));
      }
      pause(10);
    }
    return server;
  }

  /**
   * The log can be handed to a backup from any moment on, without a restart; until then each
   * segment is taken for handed over. Without a command they would pile up.
   */
  private static void discardTheLogUnlessToldOtherwise(Path cluster) throws IOException {
    Path settings = cluster.resolve("postgresql.conf");
    if (!Files.exists(settings)) {
      return;
    }
    String text = Files.readString(settings, StandardCharsets.ISO_8859_1);
    if (text.lines().noneMatch(line -> line.startsWith("archive_command"))) {
      Files.writeString(
          settings,
          "\narchive_command = '/bin/true'\n",
          StandardCharsets.ISO_8859_1,
          StandardOpenOption.APPEND);
    }
  }

  /** Ends connections, writes everything down and waits for it. Safe to call twice. */
  @Override
  public void close() {
    if (!process.isAlive()) {
      return;
    }
    try {
      askToStop(process.pid());
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }

  /**
   * Stops what a killed Dandang left running over a cluster and waits until nothing of it lives.
   *
   * <p>Every process of PostgreSQL works inside its cluster folder; that tells it apart from any
   * other process, even one that has since been given the number in a stale {@code postmaster.pid}.
   */
  static void stopAll(Path cluster) throws IOException {
    if (!Files.exists(cluster)) {
      return;
    }
    for (ProcessHandle process : programsOver(cluster)) {
      askToStop(process.pid());
    }
    for (int wait = 0; wait < 300 && !programsOver(cluster).isEmpty(); wait++) {
      pause(100);
    }
    for (ProcessHandle process : programsOver(cluster)) {
      process.destroyForcibly();
    }
    for (int wait = 0; wait < 50 && !programsOver(cluster).isEmpty(); wait++) {
      pause(100);
    }
  }

  private static List<ProcessHandle> programsOver(Path cluster) throws IOException {
    Path real = cluster.toRealPath();
    List<ProcessHandle> found = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        if (worksOver(process, real)) {
          ProcessHandle.of(Long.parseLong(process.getFileName().toString())).ifPresent(found::add);
        }
      }
    }
    return found;
  }

  private static boolean worksOver(Path process, Path cluster) {
    try {
      if (Files.readSymbolicLink(process.resolve("cwd")).equals(cluster)) {
        return Files.readString(process.resolve("comm")).startsWith("postgres");
      }
      String[] words =
          Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1).split("\0");
      return words[0].endsWith("/initdb")
          && List.of(words)
              .contains(
                  new String(
                      ("--pgdata=" + cluster).getBytes(StandardCharsets.UTF_8),
                      StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return false; // gone meanwhile, or another user's
    }
  }

  /** PostgreSQL's fast shutdown is the interrupt signal, which Java cannot send itself. */
  private static void askToStop(long pid) throws IOException {
    try {
      new ProcessBuilder("/bin/sh", "-c", "kill -INT \"$1\"", "sh", Long.toString(pid))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isReady(Path cluster, Process process) throws IOException {
    try {
      List<String> lines = Files.readAllLines(cluster.resolve("postmaster.pid"));
      return lines.size() >= 8
          && lines.get(0).strip().equals(Long.toString(process.pid()))
          && lines.get(7).strip().equals("ready");
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static void run(List<String> command, String input, Path log)
      throws IOException, NotStarted {
    long before = Files.exists(log) ? Files.size(log) : 0;
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    try {
      if (process.waitFor() != 0) {
        throw new NotStarted(lastWord(log, before));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new NotStarted("interrupted");
    }
  }

  /** What went wrong, from the part of the log written since. */
  private static String lastWord(Path log, long since) throws IOException {
    byte[] bytes = Files.readAllBytes(log);
    int from = (int) Math.min(since, bytes.length);
    String said = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
    String last = "no reason given";
    for (String line : said.lines().toList()) {
      int at = Math.max(line.indexOf("FATAL:"), line.indexOf("PANIC:"));
      int error = line.indexOf("error: ");
      if (at >= 0) {
        last = line.substring(at + "FATAL:".length()).strip();
      } else if (error >= 0) {
        last = line.substring(error + "error: ".length()).strip();
      }
    }
    return last;
  }

  private static void keepShort(Path log) throws IOException {
    if (Files.exists(log) && Files.size(log) > LONGEST_LOG) {
      try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
        channel.truncate(0);
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  private static void pause(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
