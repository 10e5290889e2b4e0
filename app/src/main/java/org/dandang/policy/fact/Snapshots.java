package org.dandang.policy.fact;

import jakarta.annotation.PreDestroy;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.dandang.engine.InputTypes.InputColumn;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;

/**
 * Everybody's facts as of a date in columnar files. A file is kept until a register it was computed
 * from has changed, then it is computed anew.
 */
@Component
public class Snapshots {
  /** Files that are kept; those used longest ago go first. */
  private static final int MOST_FILES = 24;

  private static final String ENDING = ".parquet";

  private final Facts facts;
  private final DataSource source;
  private final Clock clock;
  private final Path folder;
  private final boolean ofThisProcess;

  /** The facts it keeps. */
  public Facts facts() {
    return facts;
  }

  Snapshots(
      Facts facts, DataSource source, Clock clock, @Value("${dandang.snapshots:}") String folder) {
    this.facts = facts;
    this.source = source;
    this.clock = clock;
    this.ofThisProcess = folder.isBlank();
    try {
      this.folder =
          ofThisProcess ? Files.createTempDirectory("dandang-snapshots") : Path.of(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What is in a snapshot.
   *
   * @param facts the facts, in the order of the columns after {@code subject}
   * @param population conditions on facts; their columns follow where they are not among the facts
   * @param slate proposed postings laid over the registers; null for what is
   */
  public record Content(
      String subject,
      List<String> facts,
      Map<String, List<String>> population,
      LocalDate asOf,
      @Nullable Long slate) {
    public Content {
      facts = List.copyOf(facts);
      population = Map.copyOf(population);
    }
  }

  /**
   * A snapshot's file.
   *
   * @param file Parquet with {@code subject} and a column for each fact, ordered by subject
   * @param wasKept whether it was there already
   */
  public record Kept(Path file, long subjects, boolean wasKept) {}

  /** The kept file, or a new one where a register has changed since, or none was there. */
  public Kept take(Content content) {
    return take(content, false);
  }

  /**
   * @param anew compute it even if it is kept
   */
  public Kept take(Content content, boolean anew) {
    try (Connection leader = source.getConnection()) {
      String state = state(leader);
      leader.setAutoCommit(false);
      leader.setReadOnly(true);
      leader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      try {
        Files.createDirectories(folder);
        Path file = folder.resolve(name(content, state));
        if (!anew && Files.exists(file)) {
          Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
          return new Kept(file, rows(file), true);
        }
        compute(content, leader, file);
        forget(file);
        return new Kept(file, rows(file), false);
      } finally {
        leader.rollback();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new DataAccessResourceFailureException("The facts could not be laid out.", e);
    }
  }

  /**
   * The rows of a snapshot, asked from the smallest subject to the largest.
   *
   * @param chosen facts it holds
   */
  public Rows rows(Kept kept, List<String> chosen) {
    return new Rows(kept.file(), facts.definitions(chosen, Map.of()));
  }

  /** A snapshot being read; to be closed. */
  public static final class Rows implements AutoCloseable {
    private final Connection connection;
    private final Statement statement;
    private final ResultSet row;
    private final List<Fact> chosen;
    private long at = Long.MIN_VALUE;

    private Rows(Path file, List<Fact> chosen) {
      this.chosen = chosen;
      try {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        statement = connection.createStatement();
        StringJoiner columns = new StringJoiner(", ");
        chosen.forEach(fact -> columns.add(FactSql.quoted(fact.id())));
        row =
            statement.executeQuery(
                "select subject, %s from read_parquet('%s')".formatted(columns, text(file)));
      } catch (SQLException e) {
        throw new DataAccessResourceFailureException("The facts could not be read.", e);
      }
    }

    /** The facts of a subject; none where the snapshot has no such subject. */
    public Map<String, @Nullable Object> of(long subject) {
      try {
        while (at < subject && row.next()) {
          at = row.getLong("subject");
        }
        return at == subject ? Facts.values(row, chosen) : Map.of();
      } catch (SQLException e) {
        throw new DataAccessResourceFailureException("The facts could not be read.", e);
      }
    }

    @Override
    public void close() {
      try {
        row.close();
        statement.close();
        connection.close();
      } catch (SQLException e) {
        throw new DataAccessResourceFailureException("The facts could not be read.", e);
      }
    }
  }

  /**
   * How often the registers have changed, and which transactions may have changed them unseen.
   * Asked before the moment that is computed from, in this order: what is not counted yet is seen
   * then or counted later; what is counted but not seen is still under way and named.
   */
  private static String state(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return text(
              statement, "select coalesce(pg_sequence_last_value('platform.register_change'), 0)")
          + text(
              statement,
              """
              select coalesce(' while ' || string_agg(transactionid::text, ' ' order by transactionid::text), '')
                from pg_locks
               where locktype = 'transactionid' and mode = 'ExclusiveLock' and pid <> pg_backend_pid()
              """);
    }
  }

  private static String text(Statement statement, String question) throws SQLException {
    try (ResultSet row = statement.executeQuery(question)) {
      row.next();
      return row.getString(1);
    }
  }

  private String name(Content content, String state) {
    StringBuilder text = new StringBuilder(state);
    for (Fact fact : facts.definitions(content.facts(), content.population())) {
      text.append('\n').append(fact.id()).append(' ').append(fact.definition());
    }
    new java.util.TreeMap<>(content.population())
        .forEach((fact, values) -> text.append('\n').append(fact).append(values));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return content.subject()
          + "-"
          + content.asOf()
          + (content.slate() == null ? "" : "-slate" + content.slate())
          + "-"
          + HexFormat.of().formatHex(digest).substring(0, 16)
          + ENDING;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Two connections see the same moment and compute half of the facts each. */
  private void compute(Content content, Connection leader, Path file)
      throws SQLException, IOException {
    Path work = Files.createTempDirectory(folder, "computing");
    try {
      String moment;
      try (Statement statement = leader.createStatement();
          ResultSet row = statement.executeQuery("select pg_export_snapshot()")) {
        row.next();
        moment = row.getString(1);
      }
      List<List<String>> shares = shares(content);
      try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<Path>> parts = new ArrayList<>();
        for (List<String> share : shares) {
          Path part = work.resolve("part" + parts.size() + ".csv");
          parts.add(each.submit(() -> write(content, share, moment, part)));
        }
        for (Future<Path> part : parts) {
          part.get();
        }
      } catch (ExecutionException e) {
        throw new DataAccessResourceFailureException(
            "The facts could not be computed.", e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new DataAccessResourceFailureException("Interrupted while computing facts.", e);
      }
      Path partial = work.resolve("facts" + ENDING);
      join(content, shares, work, partial);
      Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      delete(work);
    }
  }

  /** Every second fact to either; a few are not worth a second connection. */
  private static List<List<String>> shares(Content content) {
    if (content.facts().size() < 4) {
      return List.of(content.facts());
    }
    List<String> one = new ArrayList<>();
    List<String> other = new ArrayList<>();
    content.facts().forEach(fact -> (one.size() <= other.size() ? one : other).add(fact));
    return List.of(one, other);
  }

  private Path write(Content content, List<String> share, String moment, Path part)
      throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 18)) {
      facts.write(
          content.subject(),
          share,
          content.population(),
          content.asOf(),
          content.slate(),
          moment,
          out);
    }
    return part;
  }

  private void join(Content content, List<List<String>> shares, Path work, Path file)
      throws SQLException {
    Set<String> columns = new LinkedHashSet<>();
    StringBuilder from = new StringBuilder();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("set memory_limit = '1GB'");
      statement.execute("set temp_directory = '" + text(work.resolve("spill")) + "'");
      for (int part = 0; part < shares.size(); part++) {
        List<Fact> held = facts.definitions(shares.get(part), content.population());
        from.append(part == 0 ? "" : " join ").append("part").append(part);
        from.append(part == 0 ? "" : " using (subject)");
        StringJoiner types = new StringJoiner(", ", "{'subject': 'BIGINT', ", "}");
        for (Fact fact : held) {
          InputColumn column = fact.column();
          types.add("'" + fact.id() + "': '" + column.type().duckDb() + "'");
          columns.add("part" + part + "." + FactSql.quoted(fact.id()));
        }
        statement.execute(
            "create view part%d as select * from read_csv('%s', header = false, auto_detect = false, delim = ',', quote = '\"', escape = '\"', nullstr = '\\N', columns = %s)"
                .formatted(part, text(work.resolve("part" + part + ".csv")), types));
      }
      List<String> chosen = new ArrayList<>();
      Set<String> named = new LinkedHashSet<>();
      for (Fact fact : facts.definitions(content.facts(), content.population())) {
        String quoted = FactSql.quoted(fact.id());
        columns.stream()
            .filter(column -> column.endsWith("." + quoted) && named.add(quoted))
            .forEach(chosen::add);
      }
      statement.execute(
          "copy (select subject, %s from %s order by subject) to '%s' (format parquet, compression zstd)"
              .formatted(String.join(", ", chosen), from, text(file)));
    }
  }

  private static long rows(Path file) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select count(*) from read_parquet('" + text(file) + "')")) {
      row.next();
      return row.getLong(1);
    }
  }

  private static String text(Path path) {
    return path.toString().replace("'", "''");
  }

  private void forget(Path newest) throws IOException {
    List<Path> files;
    try (var all = Files.list(folder)) {
      files = all.filter(file -> file.toString().endsWith(ENDING)).toList();
    }
    List<Path> byUse = new ArrayList<>(files);
    byUse.sort(Comparator.comparing(Snapshots::used).reversed());
    for (int i = MOST_FILES; i < byUse.size(); i++) {
      if (!byUse.get(i).equals(newest)) {
        Files.deleteIfExists(byUse.get(i));
      }
    }
  }

  private static FileTime used(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  @PreDestroy
  void close() throws IOException {
    if (ofThisProcess) {
      delete(folder);
    }
  }
}
