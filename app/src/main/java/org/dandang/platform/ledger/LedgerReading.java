package org.dandang.platform.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.dandang.platform.jobs.Progress;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The ledger as an auditor reads it: entries by what is asked, and the state of the chain. */
@Component
public class LedgerReading {
  private static final int FETCHED = 5_000;

  private final DataSource source;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Sealer sealer;
  private final ZoneId zone;
  private final Path keys;

  LedgerReading(
      DataSource source,
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Sealer sealer,
      @Value("${dandang.key}") String key,
      @Value("${dandang.zone:Asia/Shanghai}") ZoneId zone) {
    this.source = source;
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.sealer = sealer;
    this.zone = zone;
    Path folder = Path.of(key).toAbsolutePath().getParent();
    this.keys = folder == null ? Path.of("/") : folder;
  }

  /**
   * An entry with its place in the chain.
   *
   * @param position null: not linked yet
   */
  public record Line(LedgerEntry entry, @Nullable Long position) {}

  /** What is done with each entry of a long list. */
  @FunctionalInterface
  public interface Each {
    void line(Line line) throws IOException;
  }

  /**
   * How a place outside stands.
   *
   * @param number the newest checkpoint it has
   * @param pushedAt when it got it; null: it has none
   * @param problem why it did not take the last one; null: it did
   */
  public record Place(
      String name, long number, @Nullable OffsetDateTime pushedAt, @Nullable String problem) {}

  /**
   * Where the chain stands.
   *
   * @param positions length of the chain
   * @param waiting entries not linked yet
   */
  public record State(
      long positions, long waiting, Optional<Checkpoint> newest, List<Place> places) {}

  /**
   * The newest entries that fit, or those before or after a number.
   *
   * @param before only smaller numbers; null: from the newest
   * @param after only greater numbers, the nearest; null: none asked
   */
  public List<Line> find(
      LedgerFilter filter, @Nullable Long before, @Nullable Long after, int most) {
    Map<String, Object> values = new HashMap<>();
    StringBuilder where = where(filter, values);
    if (before != null) {
      where.append(" and e.id < :before");
      values.put("before", before);
    }
    if (after != null) {
      where.append(" and e.id > :after");
      values.put("after", after);
    }
    return jdbc.sql(
            """
            select %s, l.position from (
              select * from platform.ledger_entry e where %s order by e.id %s limit :most) e
              left join platform.ledger_link l on l.entry = e.id
             order by e.id desc
            """
                .formatted(LedgerEntry.COLUMNS, where, after == null ? "desc" : "asc"))
        .params(values)
        .param("most", most)
        .query((row, number) -> line(row))
        .list();
  }

  private static Line line(ResultSet row) throws SQLException {
    return new Line(LedgerEntry.read(row), row.getObject("position", Long.class));
  }

  public Optional<Line> entry(long id) {
    return jdbc.sql(
            "select %s, l.position from platform.ledger_entry e left join platform.ledger_link l on l.entry = e.id where e.id = :id"
                .formatted(LedgerEntry.COLUMNS))
        .param("id", id)
        .query((row, number) -> line(row))
        .optional();
  }

  /** Every entry that fits, the oldest first, as a stream. */
  public void each(LedgerFilter filter, Each each) {
    Map<String, Object> values = new HashMap<>();
    StringBuilder where = where(filter, values);
    NamedParameterJdbcTemplate template = new NamedParameterJdbcTemplate(source);
    template.getJdbcTemplate().setFetchSize(FETCHED);
    transaction.executeWithoutResult(
        status ->
            template.query(
                "select %s, l.position from platform.ledger_entry e left join platform.ledger_link l on l.entry = e.id where %s order by e.id"
                    .formatted(LedgerEntry.COLUMNS, where),
                values,
                row -> {
                  try {
                    each.line(line(row));
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                }));
  }

  private StringBuilder where(LedgerFilter filter, Map<String, Object> values) {
    StringBuilder where = new StringBuilder("true");
    and(where, values, "e.actor", "actor", filter.actor());
    and(where, values, "e.action", "action", filter.action());
    and(where, values, "e.subject_kind", "kind", filter.kind());
    and(where, values, "e.subject_id", "subject", filter.subject());
    LocalDate from = filter.from();
    if (from != null) {
      where.append(" and e.recorded_at >= :from");
      values.put("from", from.atStartOfDay(zone).toOffsetDateTime());
    }
    LocalDate to = filter.to();
    if (to != null) {
      where.append(" and e.recorded_at < :to");
      values.put("to", to.plusDays(1).atStartOfDay(zone).toOffsetDateTime());
    }
    return where;
  }

  private static void and(
      StringBuilder where, Map<String, Object> values, String column, String name, String value) {
    if (!value.isEmpty()) {
      where.append(" and ").append(column).append(" = :").append(name);
      values.put(name, value);
    }
  }

  /** Actions there are, for choosing. */
  public List<String> actions() {
    return each("action");
  }

  /** Kinds of records there are, for choosing. */
  public List<String> kinds() {
    return each("subject_kind");
  }

  /** What stands in a column, each once; found by skipping along its index. */
  private List<String> each(String column) {
    return jdbc.sql(
            """
            with recursive each (value) as (
              (select %1$s from platform.ledger_entry order by %1$s limit 1)
              union all
              select (select e.%1$s from platform.ledger_entry e where e.%1$s > each.value order by e.%1$s limit 1)
                from each where each.value is not null)
            select value from each where value is not null
            """
                .formatted(column))
        .query(String.class)
        .list();
  }

  public State state() {
    long positions =
        jdbc.sql("select coalesce(max(position), 0) from platform.ledger_link")
            .query(Long.class)
            .single();
    // Only the newest can be waiting; older ones were looked for when the sealer started.
    long waiting =
        jdbc.sql(
                """
                select count(*) from (select id from platform.ledger_entry order by id desc limit 100000) e
                 where not exists (select from platform.ledger_link l where l.entry = e.id)
                """)
            .query(Long.class)
            .single();
    try (Connection connection = source.getConnection()) {
      return new State(positions, waiting, Chain.newest(connection), placesNow());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Place> placesNow() {
    Map<String, Place> known = new HashMap<>();
    jdbc.sql("select place, number, pushed_at, problem from platform.ledger_push")
        .query(
            (row, number) ->
                new Place(
                    row.getString(1),
                    row.getLong(2),
                    row.getObject(3, OffsetDateTime.class),
                    row.getString(4)))
        .list()
        .forEach(place -> known.put(place.name(), place));
    return sealer.places().stream()
        .map(place -> known.getOrDefault(place.name(), new Place(place.name(), 0, null, null)))
        .toList();
  }

  /** The proof of an entry; empty where it is in no checkpoint yet. */
  public Optional<InclusionProof> proof(long entry) {
    try (Connection connection = source.getConnection()) {
      return InclusionProof.of(connection, entry);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Checks everything, against what the folders outside hold. */
  public Verified verify(Progress progress) throws SQLException, IOException {
    List<Checkpoint> anchors = new ArrayList<>();
    for (AnchorPlace place : sealer.places()) {
      if (place instanceof AnchorPlace.Folder folder && Files.isDirectory(folder.folder())) {
        anchors.addAll(AnchorPlace.read(folder.folder()));
      }
    }
    try (Connection connection = source.getConnection()) {
      return Verification.of(connection, keys, anchors, false, progress);
    }
  }
}
