package org.dandang.commandline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.dandang.platform.ledger.Checkpoint;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.ledger.Verification;
import org.dandang.platform.ledger.Verified;
import org.dandang.platform.storage.Database;
import org.dandang.platform.storage.EmbeddedDatabase;
import org.dandang.platform.storage.Restoring;
import org.dandang.platform.storage.StorageProblem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a new data folder of a backup, as of its end or of a moment, and checks the ledger in"
          + " it.",
      "The backup is only read, and nothing is written over an existing folder.",
      "Ends with 0 when the ledger is whole, with 1 when it is broken or nothing could be restored."
    })
class RestoreCommand implements Callable<Integer> {
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd-HHmm");

  @Parameters(paramLabel = "DIR", description = "Folder of the backup.")
  Path backup = Path.of(".");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {
        "The new data folder.",
        "Without it the usual one (DANDANG_DATA, or var/data) where there is none yet, else one"
            + " beside it named after the present minute."
      })
  @Nullable Path data;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description =
          "The moment whose state is wanted, as 2026-11-27T21:30 in the office's time zone or with"
              + " an offset (default: the end of the log).")
  @Nullable String to;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      defaultValue = "Asia/Shanghai",
      description = "The office's time zone (default: ${DEFAULT-VALUE}).")
  ZoneId zone = ZoneId.of("Asia/Shanghai");

  @Override
  public Integer call() throws IOException {
    Instant moment = to == null ? null : moment(to, zone);
    Path into = data != null ? data : beside(usual(), LocalDateTime.now(zone));
    Restoring.Restored restored =
        Restoring.restore(backup, into, moment, LedgerCommand.watched("Restoring"));
    Path outside = backup.resolve("anchors");
    List<Checkpoint> anchors =
        Files.isDirectory(outside) ? Verification.anchorsIn(outside) : List.of();
    try (EmbeddedDatabase database = EmbeddedDatabase.open(restored.folder())) {
      Verified found = verify(database.database(), restored.folder(), anchors);
      System.out.printf(
          "Restored into %s, from the copy of %s and the log since.%n",
          restored.folder(), restored.copy().atZone(zone).toLocalDateTime());
      LedgerCommand.print(found, !anchors.isEmpty());
      if (moment == null && !anchors.isEmpty()) {
        sayWhatIsMissing(anchors, found);
      }
      if (!restored.keys()) {
        System.out.printf(
            "The keys are not in the backup: put your copies of key and ledger-key into %s before"
                + " it is served.%n",
            restored.folder());
      }
      System.out.printf("Serve it with ./dandang serve --data %s%n", restored.folder());
      return found.whole() ? 0 : 1;
    }
  }

  private static Path usual() {
    String named = System.getenv("DANDANG_DATA");
    return Path.of(named == null || named.isBlank() ? "var/data" : named);
  }

  /**
   * A folder in which nothing is: the usual one, or one beside it.
   *
   * @param now in the office's time zone
   */
  static Path beside(Path usual, LocalDateTime now) throws IOException {
    if (isFree(usual)) {
      return usual;
    }
    String name = usual.getFileName() + "-restored-" + MINUTE.format(now);
    Path free = usual.resolveSibling(name);
    for (int again = 2; !isFree(free); again++) {
      free = usual.resolveSibling(name + "-" + again);
    }
    return free;
  }

  private static boolean isFree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return true;
    }
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (var there = Files.list(folder)) {
      return there.findAny().isEmpty();
    }
  }

  private Verified verify(Database database, Path folder, List<Checkpoint> anchors)
      throws IOException {
    try (Connection connection =
        DriverManager.getConnection(database.url(), database.user(), database.password())) {
      Verified found =
          Verification.of(
              connection, folder, anchors, true, LedgerCommand.watched("Checking the ledger"));
      Ledger.note(
          connection,
          "command line",
          "database-restored",
          "database",
          Map.of("positions", found.positions(), "to", to == null ? "the end of the log" : to));
      return found;
    } catch (SQLException e) {
      throw new StorageProblem(
          "The database was restored into %s, but its ledger cannot be read (%s)."
              .formatted(folder, e.getMessage()),
          e);
    }
  }

  /** The newest anchor tells how late the database was when the log in the backup ended. */
  private static void sayWhatIsMissing(List<Checkpoint> anchors, Verified found) {
    Optional<Checkpoint> last = anchors.stream().max(Comparator.comparing(Checkpoint::number));
    List<Checkpoint> held = new ArrayList<>();
    if (found.newest() != null) {
      held.add(found.newest());
    }
    if (last.isPresent() && found.beyond() > 0) {
      System.out.printf(
          "Lost: the last %s before the end, %,d entries; they were not yet in the backup.%n",
          held.isEmpty()
              ? "entries"
              : Duration.between(held.getFirst().at(), last.get().at()).toSeconds() + " s",
          last.get().last() - found.positions());
    } else {
      System.out.println("Every entry the anchors know is there.");
    }
  }

  static Instant moment(String said, ZoneId zone) {
    String text = said.strip().replaceFirst("^(\\d{4}-\\d{2}-\\d{2}) ", "$1T");
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException notWithAnOffset) {
      try {
        return LocalDateTime.parse(text).atZone(zone).toInstant();
      } catch (DateTimeException e) {
        throw new StorageProblem(
            "--to takes a moment such as 2026-11-27T21:30 or 2026-11-27T21:30:00+08:00, not %s."
                .formatted(said),
            e);
      }
    }
  }
}
