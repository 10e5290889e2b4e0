package org.dandang.platform.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hands every finished part of the database's log to the backup folder while it is served. A part
 * is finished when it is full or after half a minute in which something was written.
 */
public final class LogKeeping {
  /** In the data folder: where the backup is. The script reads it, too. */
  private static final String BACKUP_TO = "backup-to";

  private static final String SCRIPT = "archive-wal";

  /**
   * Seconds after which a part that is not full is handed over; what is lost at most is twice that.
   */
  static final int SECONDS = 30;

  private static final String WORDS =
      """
      #!/bin/sh
      # Hands a finished part of the log ($1, called $2) to the backup. Written and read by Dandang.
      # Whole or not at all; on the disk before it is said to be there; never over another one.
      set -eu
      to=$(cat "$(dirname "$0")/backup-to")/wal
      [ -d "$to" ] || { echo "the backup folder $to is not there" >&2; exit 1; }
      kept=$to/$2.gz
      if [ -f "$kept" ]; then
        gzip -dc "$kept" | cmp -s - "$1" && exit 0
        echo "$kept is there already and holds something else" >&2
        exit 1
      fi
      draft=$to/.$2.$$
      trap 'rm -f "$draft"' EXIT
      gzip -1 -c "$1" >"$draft"
      sync "$draft"
      mv "$draft" "$kept"
      sync "$to"
      """;

  private LogKeeping() {}

  /**
   * How the log is kept.
   *
   * @param folder of the backup; null: none is kept
   * @param last name of the newest part that was handed over; null: none yet
   * @param failing since when a part is not taken; null: all is well
   */
  public record State(
      @Nullable Path folder,
      @Nullable String last,
      @Nullable OffsetDateTime lastAt,
      @Nullable OffsetDateTime failing) {}

  /** Where the log of a data folder is kept; empty where it is not. */
  public static Optional<Path> folderOf(Path data) {
    try {
      String said = Files.readString(data.resolve(BACKUP_TO), StandardCharsets.UTF_8).strip();
      return said.isEmpty() ? Optional.empty() : Optional.of(Path.of(said));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static void begin(Connection connection, Path data, Path backup)
      throws IOException, SQLException {
    if (!asked(connection, "show archive_mode").equals("on")) {
      throw new StorageProblem(
          "The database was started by an earlier version, which keeps no log. Stop it, start it"
              + " again, and take the backup then.");
    }
    Files.createDirectories(backup.resolve("wal"));
    write(data.resolve(SCRIPT), WORDS);
    write(data.resolve(BACKUP_TO), backup + "\n");
    String script = "'" + data.resolve(SCRIPT).toString().replace("'", "'\\''") + "'";
    String command = "/bin/sh " + script.replace("%", "%%") + " \"%p\" \"%f\"";
    set(connection, "archive_timeout = '" + SECONDS + "s'");
    set(connection, "archive_command = '" + command.replace("'", "''") + "'");
    asked(connection, "select pg_reload_conf()::text");
  }

  static void end(Connection connection, Path data) throws IOException, SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("alter system reset archive_command");
      statement.execute("alter system reset archive_timeout");
    }
    asked(connection, "select pg_reload_conf()::text");
    Files.deleteIfExists(data.resolve(BACKUP_TO));
  }

  /** How it stands now. */
  public static State state(Connection connection, Path data) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select last_archived_wal, last_archived_time,
                       case when last_failed_time > coalesce(last_archived_time, '-infinity') then last_failed_time end
                  from pg_stat_archiver
                """)) {
      row.next();
      Optional<Path> folder = folderOf(data);
      return new State(
          folder.orElse(null),
          folder.isEmpty() ? null : row.getString(1),
          folder.isEmpty() ? null : row.getObject(2, OffsetDateTime.class),
          folder.isEmpty() ? null : row.getObject(3, OffsetDateTime.class));
    }
  }

  private static void set(Connection connection, String setting) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("alter system set " + setting);
    }
  }

  private static void write(Path file, String text) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(draft, text, StandardCharsets.UTF_8);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  static String asked(Connection connection, String question) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(question)) {
      row.next();
      return row.getString(1);
    }
  }
}
