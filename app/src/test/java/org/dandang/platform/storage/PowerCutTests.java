package org.dandang.platform.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.ledger.LedgerDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Power cuts: the cluster lies on a file system in an image; under eight writers the image is
 * copied as the disk has it at that moment, without what the kernel still holds back, and a server
 * is started over the copy. What was acknowledged has to be in it.
 *
 * <p>This shows a missing fsync, which kill -9 cannot. It does not show a disk that lies about its
 * own cache, nor writes torn within a sector.
 */
class PowerCutTests {
  private static final int CUTS = Boolean.getBoolean("dandang.long") ? 50 : 2;

  @TempDir Path place;
  private final Random random = new Random(20261127);
  private final List<Path> mounted = new ArrayList<>();

  @AfterEach
  void unmount() throws Exception {
    for (Path mount : mounted) {
      run("umount", "-l", mount.toString());
    }
  }

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private Path mount(Path image) throws Exception {
    Path mount = Files.createTempDirectory(place, "mount");
    assumeTrue(
        run("mount", "-o", "loop", image.toString(), mount.toString()) == 0,
        "this machine does not allow to mount a file system");
    mounted.add(mount);
    return mount;
  }

  private void unmount(Path mount) throws Exception {
    for (int i = 0; i < 50 && run("umount", mount.toString()) != 0; i++) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    mounted.remove(mount);
  }

  /** An image with a migrated cluster in it, on the disk. */
  private Path prepared() throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root may mount");
    Path image = place.resolve("disk.img");
    assertThat(run("truncate", "-s", "512M", image.toString())).isZero();
    assumeTrue(
        run("mkfs.ext4", "-q", "-E", "lazy_itable_init=0,lazy_journal_init=0", image.toString())
            == 0,
        "mkfs.ext4 is missing");
    Path mount = mount(image);
    try (EmbeddedDatabase embedded = EmbeddedDatabase.open(mount.resolve("data"));
        HikariDataSource pool = LedgerDatabase.pool(embedded.database());
        Connection connection = pool.getConnection();
        var statement = connection.createStatement()) {
      LedgerDatabase.migrated(pool, mount.resolve("data"));
      statement.execute("create table written (id bigint primary key)");
      statement.execute("create table written_part (id bigint, part int)");
    }
    unmount(mount);
    assertThat(run("sync", image.toString())).isZero();
    return image;
  }

  /**
   * @param image what the disk held
   * @param said numbers acknowledged by then
   */
  private record Cut(Path image, List<Long> said) {}

  private Cut cut(Path image, int round, String... settings) throws Exception {
    Path mount = mount(image);
    Path data = mount.resolve("data");
    Path cluster = data.resolve(EmbeddedDatabase.CLUSTER);
    PostgresPrograms programs = PostgresPrograms.forDataFolder(place, cluster);
    PostgresServer server =
        PostgresServer.start(programs, cluster, place.resolve("log"), 120, List.of(settings));
    Database database =
        new Database(
            "jdbc:postgresql://127.0.0.1:%d/dandang".formatted(server.port()),
            PostgresServer.OWNER,
            EmbeddedDatabase.secret(data),
            true);
    ConcurrentLinkedQueue<Long> said = new ConcurrentLinkedQueue<>();
    AtomicBoolean going = new AtomicBoolean(true);
    List<Thread> writers = new ArrayList<>();
    try (HikariDataSource pool = LedgerDatabase.pool(database)) {
      for (int writer = 0; writer < 8; writer++) {
        long first = round * 100_000_000L + writer * 10_000_000L;
        writers.add(Thread.ofPlatform().start(() -> write(pool, first, said, going)));
      }
      TimeUnit.MILLISECONDS.sleep(700 + random.nextInt(1500));
      List<ProcessHandle> processes = processes(cluster);
      signal("-STOP", processes);
      TimeUnit.MILLISECONDS.sleep(100); // what had been answered is heard
      List<Long> acknowledged = List.copyOf(said);
      Path copy = copied(image, mount, round);
      going.set(false);
      signal("-KILL", processes);
      for (Thread writer : writers) {
        writer.join();
      }
      server.close();
      unmount(mount);
      return new Cut(copy, acknowledged);
    }
  }

  private static void write(
      HikariDataSource pool, long first, ConcurrentLinkedQueue<Long> said, AtomicBoolean going) {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      for (long id = first; going.get(); id++) {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into written values (?)");
            PreparedStatement parts =
                connection.prepareStatement(
                    "insert into written_part select ?, part from generate_series(1, 3) part")) {
          insert.setLong(1, id);
          insert.executeUpdate();
          parts.setLong(1, id);
          parts.executeUpdate();
          Ledger.note(connection, "writer", "case-written", "case", Map.of("case", id));
        }
        connection.commit();
        said.add(id);
      }
    } catch (SQLException | RuntimeException e) {
      // the power is cut
    }
  }

  private static List<ProcessHandle> processes(Path cluster) throws IOException {
    long postmaster =
        Long.parseLong(Files.readAllLines(cluster.resolve("postmaster.pid")).getFirst().strip());
    List<ProcessHandle> all = new ArrayList<>();
    ProcessHandle.of(postmaster)
        .ifPresent(
            handle -> {
              all.add(handle);
              handle.descendants().forEach(all::add);
            });
    return all;
  }

  private static void signal(String which, List<ProcessHandle> processes) throws Exception {
    List<String> command = new ArrayList<>(List.of("kill", which));
    processes.forEach(process -> command.add(Long.toString(process.pid())));
    run(command.toArray(String[]::new));
  }

  /**
   * The image as it is at one moment: with the server stopped, nothing but the kernel's own writing
   * back can change it, and where that happened in between it is copied again.
   */
  private Path copied(Path image, Path mount, int round) throws Exception {
    String device = device(mount);
    Path copy = place.resolve("cut-" + round + ".img");
    for (int attempt = 0; attempt < 50; attempt++) {
      String before = writes(device);
      assertThat(run("cp", "--sparse=always", "--reflink=auto", image.toString(), copy.toString()))
          .isZero();
      if (before.equals(writes(device))) {
        return copy;
      }
    }
    throw new AssertionError("the kernel did not stop writing");
  }

  private static String device(Path mount) throws IOException {
    return Files.readAllLines(Path.of("/proc/mounts")).stream()
        .filter(line -> line.split(" ")[1].equals(mount.toString()))
        .map(line -> line.split(" ")[0].replace("/dev/", ""))
        .findFirst()
        .orElseThrow();
  }

  /** Completed and running writes of a device. */
  private static String writes(String device) throws IOException {
    String[] numbers =
        Files.readString(Path.of("/sys/block", device, "stat")).strip().split("\\s+");
    return numbers[4] + " " + numbers[6] + " " + numbers[8];
  }

  /**
   * @param lost acknowledged numbers that are not there; all of them where nothing starts
   * @param half cases without exactly three parts and one ledger entry
   */
  private record Outcome(long lost, long half, boolean ledgerWhole) {}

  private Outcome look(Path image, List<Long> said) throws Exception {
    Path mount = mount(image);
    try (EmbeddedDatabase embedded = EmbeddedDatabase.open(mount.resolve("data"));
        HikariDataSource pool = LedgerDatabase.pool(embedded.database())) {
      LedgerDatabase ledger = LedgerDatabase.over(pool, mount.resolve("data"));
      long lost =
          ledger.number(
              "select count(*) from unnest(cast(:said as bigint[])) s where not exists (select from"
                  + " written w where w.id = s)",
              Map.of("said", said.toArray(Long[]::new)));
      long half =
          ledger.number(
              """
              select count(*) from written w
               full join (select id, count(*) as n from written_part group by id) p on p.id = w.id
               full join (select (detail ->> 'case')::bigint as id, count(*) as n
                            from platform.ledger_entry where action = 'case-written' group by 1) e on e.id = w.id
               where w.id is null or p.n is distinct from 3 or e.n is distinct from 1
              """,
              Map.of());
      ledger.sealAll();
      return new Outcome(lost, half, ledger.verifyWithAnchors().whole());
    } catch (StorageProblem damaged) {
      return new Outcome(said.size(), 0, false);
    } finally {
      unmount(mount);
    }
  }

  @Test
  void nothingAcknowledgedIsLostInAPowerCut() throws Exception {
    Path image = prepared();
    List<Long> said = new ArrayList<>();
    for (int round = 1; round <= CUTS; round++) {
      Cut cut = cut(image, round);
      said.addAll(cut.said());
      Outcome outcome = look(cut.image(), said);
      assertThat(outcome).as("cut %d", round).isEqualTo(new Outcome(0, 0, true));
      Files.delete(image);
      image = cut.image(); // life goes on from what the disk held
    }
    System.out.printf("%d power cuts, %,d acknowledged, 0 lost%n", CUTS, said.size());
    assertThat(said.size()).isGreaterThan(CUTS * 10);
  }

  /** The control: with fsync off the same cuts lose what was acknowledged. */
  @Test
  void withoutFsyncTheSameCutLoses() throws Exception {
    Path image = prepared();
    Cut cut = cut(image, 1, "fsync=off");
    assertThat(cut.said()).isNotEmpty();
    Outcome outcome = look(cut.image(), cut.said());
    System.out.printf("without fsync: %d of %d lost%n", outcome.lost(), cut.said().size());
    assertThat(outcome.lost()).isPositive();
  }
}
