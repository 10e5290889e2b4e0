package org.dandang.commandline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.dandang.platform.storage.Backup;
import org.dandang.platform.storage.Database;

/**
 * Up to 28 November 2026 the keys of every data folder lay in the usual one, {@code var/data} of
 * the program, whatever {@code --data} named; they belong beside the database they are of. Copied
 * are those that signed the newest checkpoint of the database, so that nobody gets another's.
 */
final class EarlierKeys {
  private final Path from;
  private final Path into;

  EarlierKeys(Path from, Path into) {
    this.from = from.toAbsolutePath().normalize();
    this.into = into.toAbsolutePath().normalize();
  }

  /**
   * Brings them where they are missing. The earlier ones stay, since other folders may need them;
   * keys of ballots, which are destroyed when a vote ends, are moved.
   *
   * @return whether there were any
   */
  boolean bring(Database database) throws IOException, SQLException {
    if (from.equals(into)
        || !Files.exists(from.resolve(Backup.PUBLIC_KEYS))
        || Backup.KEYS.stream().anyMatch(name -> Files.exists(into.resolve(name)))) {
      return false;
    }
    try (Connection connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        Statement statement = connection.createStatement()) {
      if (!holds(statement, "platform.ledger_checkpoint")) {
        return false;
      }
      try (ResultSet newest =
          statement.executeQuery(
              "select encode(key, 'hex') from platform.ledger_checkpoint"
                  + " order by number desc limit 1")) {
        if (!newest.next() || !isKnown(newest.getString(1))) {
          return false;
        }
      }
      Files.createDirectories(into);
      for (String name : Backup.KEYS) {
        if (Files.exists(from.resolve(name))) {
          Files.copy(from.resolve(name), into.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
      if (!Files.exists(into.resolve(Backup.PUBLIC_KEYS))) {
        Files.copy(from.resolve(Backup.PUBLIC_KEYS), into.resolve(Backup.PUBLIC_KEYS));
      }
      if (holds(statement, "survey.survey")) {
        moveBallots(statement);
      }
      return true;
    }
  }

  private static boolean holds(Statement statement, String table) throws SQLException {
    try (ResultSet there =
        statement.executeQuery("select to_regclass('" + table + "') is not null")) {
      return there.next() && there.getBoolean(1);
    }
  }

  private boolean isKnown(String key) throws IOException {
    for (String line :
        Files.readAllLines(from.resolve(Backup.PUBLIC_KEYS), StandardCharsets.US_ASCII)) {
      try {
        if (HexFormat.of().formatHex(Base64.getDecoder().decode(line.strip())).equals(key)) {
          return true;
        }
      } catch (IllegalArgumentException noKey) {
        continue;
      }
    }
    return false;
  }

  private void moveBallots(Statement statement) throws IOException, SQLException {
    Path ballots = from.resolve("ballots");
    if (!Files.isDirectory(ballots)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(ballots)) {
      files = all.toList();
    }
    try (ResultSet pools =
        statement.executeQuery("select pool::text from survey.survey where pool is not null")) {
      while (pools.next()) {
        String pool = pools.getString(1);
        for (Path file : files) {
          if (file.getFileName().toString().startsWith(pool) && Files.exists(file)) {
            Files.createDirectories(into.resolve("ballots"));
            Files.move(file, into.resolve("ballots").resolve(file.getFileName().toString()));
          }
        }
      }
    }
  }
}
