package org.dandang.official.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.dandang.official.ImportCancelled;
import org.dandang.official.ImportFile;
import org.dandang.official.ImportOutcome;
import org.dandang.official.ImportProblem;
import org.dandang.official.Mapping;
import org.dandang.official.RosterImport;
import org.dandang.organisation.UnitReadings;
import org.dandang.platform.jobs.Progress;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.sealing.Sealing;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.context.MessageSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a file once to judge it, once to take it in and, where rows were refused, once for those.
 */
@Component
class Importing implements RosterImport {
  /** Rows of a workbook's sheet. */
  private static final int SHEET_ROWS = 1_048_576;

  private static final int REPORT_EVERY = 4_096;

  private final DataSource dataSource;
  private final JdbcTemplate jdbc;

  /** What is asked next finds its way by the new numbers of rows, not by those of before. */
  private static final String COUNTED_ANEW =
      """
      analyze organisation.unit, organisation.unit_description, official.official, official.identity, official.posting,
        official.rank_held, official.education, official.affiliation, official.pay, official.award,
        official.penalty, official.annual_grade, official.family_member, official.known_as, official.timeline_flag
      """;

  private final TransactionTemplate transaction;
  private final Ledger ledger;
  private final Clock clock;
  private final MessageSource messages;
  private final JsonMapper json;
  private final FileReading reading;
  private final Sealing sealing;
  private final UnitReadings names;

  Importing(
      DataSource dataSource,
      PlatformTransactionManager transactions,
      Ledger ledger,
      Clock clock,
      MessageSource messages,
      JsonMapper json,
      FileReading reading,
      Sealing sealing,
      UnitReadings names) {
    this.dataSource = dataSource;
    this.jdbc = new JdbcTemplate(dataSource);
    this.transaction = new TransactionTemplate(transactions);
    this.ledger = ledger;
    this.clock = clock;
    this.messages = messages;
    this.json = json;
    this.reading = reading;
    this.sealing = sealing;
    this.names = names;
  }

  @Override
  public ImportOutcome take(
      ImportFile file, Mapping mapping, String actor, boolean dryRun, Progress progress) {
    MappingDefinition definition = (MappingDefinition) mapping;
    progress.at("importing.step.inspecting", 0, -1);
    try (Inspected inspected = reading.inspect(file, progress)) {
      Path workbook = file.errors();
      Path draft =
          workbook == null ? null : workbook.resolveSibling(workbook.getFileName() + ".part");
      try {
        ImportOutcome outcome =
            transaction.execute(
                status -> {
                  if (dryRun) {
                    status.setRollbackOnly();
                  }
                  return inTransaction(inspected, definition, actor, dryRun, draft, progress);
                });
        if (outcome == null) {
          throw new IllegalStateException();
        }
        if (!dryRun && outcome.stored() > 0) {
          jdbc.execute(COUNTED_ANEW);
          names.complete();
        }
        if (outcome.errors() != null && draft != null && workbook != null) {
          Files.move(draft, workbook, StandardCopyOption.REPLACE_EXISTING);
        }
        return outcome;
      } catch (DataAccessException e) {
        if (progress.cancelled()) {
          throw new ImportCancelled();
        }
        throw e;
      } finally {
        if (draft != null) {
          Files.deleteIfExists(draft);
        }
      }
    } catch (IOException e) {
      throw new ImportProblem("unreadable", file.name(), String.valueOf(e.getMessage()));
    }
  }

  private ImportOutcome inTransaction(
      Inspected inspected,
      MappingDefinition mapping,
      String actor,
      boolean dryRun,
      @Nullable Path draft,
      Progress progress) {
    Connection connection = DataSourceUtils.getConnection(dataSource);
    try (CancelWatch watch = new CancelWatch(connection.unwrap(PGConnection.class), progress)) {
      jdbc.execute("set local work_mem = '128MB'");
      jdbc.execute("set local jit = off");
      OffsetDateTime started = OffsetDateTime.now(clock);
      Staged staged = stage(inspected, mapping, connection, progress);
      // Imports into one register wait here for each other, so that each sees what the last stored.
      jdbc.queryForObject(
          "select pg_advisory_xact_lock(hashtextextended('roster import of ' || ?, 0))::text",
          String.class,
          mapping.source());
      Long importId =
          jdbc.queryForObject(
              """
              insert into official.import (mapping, file_name, sha256, started_at, recorded_by, rows_read)
              values (?, ?, ?, ?, ?, ?) returning id
              """,
              Long.class,
              mapping.id(),
              inspected.file().name(),
              inspected.sha256(),
              started,
              actor,
              staged.read());
      if (importId == null) {
        throw new IllegalStateException();
      }
      OffsetDateTime now = OffsetDateTime.now(clock);
      Storing.Counts counts =
          new Storing(jdbc, progress, mapping, staged.columns(), importId, now, actor)
              .within(inspected.file().within())
              .store();
      Map<String, Long> byReason = refusedByReason();
      long refused = byReason.values().stream().mapToLong(Long::longValue).sum();
      if (refused > 0 && draft != null) {
        writeRefused(inspected, mapping, connection, draft, refused, progress);
      }
      ImportOutcome outcome =
          new ImportOutcome(
              staged.read(),
              counts.stored(),
              counts.unchanged(),
              refused,
              byReason,
              dryRun ? null : importId,
              refused > 0 && draft != null ? inspected.file().errors() : null,
              remarks(inspected, staged.passedOver()));
      jdbc.update(
          """
          update official.import
             set finished_at = ?, stored = ?, unchanged = ?, refused = ?, refused_by_reason = ?::jsonb
           where id = ?
          """,
          OffsetDateTime.now(clock),
          outcome.stored(),
          outcome.unchanged(),
          outcome.refused(),
          json.writeValueAsString(byReason),
          importId);
      ledger.append(
          actor,
          "roster-imported",
          "import",
          Long.toString(importId),
          Map.of(
              "mapping", mapping.id(),
              "source", mapping.source(),
              "everybody", inspected.file().within() == null,
              "sha256", inspected.sha256(),
              "read", outcome.read(),
              "stored", outcome.stored(),
              "unchanged", outcome.unchanged(),
              "refused", outcome.refused(),
              "refused-by-reason", byReason));
      if (progress.cancelled()) {
        throw new ImportCancelled();
      }
      return outcome;
    } catch (IOException e) {
      if (FileReading.isEncoding(e)) {
        throw new ImportProblem("encoding", inspected.file().name(), "?");
      }
      throw new ImportProblem(
          "unreadable", inspected.file().name(), String.valueOf(e.getMessage()));
    } catch (SQLException e) {
      if (progress.cancelled()) {
        throw new ImportCancelled();
      }
      throw new IllegalStateException(e);
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }

  private record Staged(long read, Columns columns, List<String> passedOver) {}

  private Staged stage(
      Inspected inspected, MappingDefinition mapping, Connection connection, Progress progress)
      throws IOException, SQLException {
    String name = inspected.file().name();
    try (RosterRows rows =
        new RosterRows(name, reading.rows(inspected, mapping.sheet()), mapping)) {
      if (!rows.next()) {
        throw new ImportProblem("no-rows", name);
      }
      Columns columns = rows.columns();
      List<String> staged = RowCheck.stagedColumns(mapping, columns);
      jdbc.execute("create temp table stage (" + String.join(", ", staged) + ") on commit drop");
      BinaryCopy copy =
          new BinaryCopy(
              connection
                  .unwrap(PGConnection.class)
                  .getCopyAPI()
                  .copyIn("copy stage from stdin (format binary)"));
      boolean ended = false;
      try {
        RowCheck check = new RowCheck(mapping, columns, sealing.seal());
        do {
          check.write(rows, rows.columns(), copy);
          if (rows.number() % REPORT_EVERY == 0) {
            progress.at(
                "importing.step.reading", rows.number(), Math.max(inspected.rows(), rows.number()));
            if (progress.cancelled()) {
              throw new ImportCancelled();
            }
          }
        } while (rows.next());
        copy.end();
        ended = true;
      } finally {
        if (!ended) {
          copy.cancel();
        }
      }
      rows.refuseGarbled();
      progress.at("importing.step.reading", rows.number(), rows.number());
      jdbc.execute("analyze stage");
      return new Staged(rows.number(), columns, List.copyOf(rows.passedOver()));
    }
  }

  private Map<String, Long> refusedByReason() {
    Map<String, Long> counts = new LinkedHashMap<>();
    jdbc.query(
        """
        select reason, count(*) from (
          select split_part(refusal, E'\\x1f', 1) as reason from stage where refusal is not null
           union all
          select min(reason) from refused group by n) t
         group by reason order by 2 desc, 1
        """,
        row -> {
          counts.put(row.getString(1), row.getLong(2));
        });
    return counts;
  }

  private void writeRefused(
      Inspected inspected,
      MappingDefinition mapping,
      Connection connection,
      Path draft,
      long refused,
      Progress progress)
      throws IOException, SQLException {
    String name = inspected.file().name();
    try (RefusedWorkbook workbook = refusedWorkbook(inspected, draft);
        RosterRows rows = new RosterRows(name, reading.rows(inspected, mapping.sheet()), mapping);
        var query =
            connection.prepareStatement(
                """
                select n, refusal from stage where refusal is not null
                 union all
                select n, string_agg(concat_ws(E'\\x1f', reason, field, detail), E'\\x1e' order by reason) from refused group by n
                 order by 1
                """)) {
      query.setFetchSize(1_000);
      long written = 0;
      try (var found = query.executeQuery()) {
        while (found.next()) {
          int number = found.getInt(1);
          while (rows.number() < number && rows.next()) {
            // on to the refused row
          }
          workbook.add(rows, Refusal.read(found.getString(2)));
          if (++written % REPORT_EVERY == 0) {
            progress.at("importing.step.refused", written, refused);
            if (progress.cancelled()) {
              throw new ImportCancelled();
            }
          }
        }
      }
    }
  }

  private RefusedWorkbook refusedWorkbook(Inspected inspected, Path draft) {
    try {
      return new RefusedWorkbook(
          inspected.file().name(), draft, messages, inspected.file().language(), SHEET_ROWS);
    } catch (IOException e) {
      throw new ImportProblem(
          "refused-unwritable",
          inspected.file().name(),
          String.valueOf(inspected.file().errors()),
          String.valueOf(e.getMessage()));
    }
  }

  private List<String> remarks(Inspected inspected, List<String> passedOver) {
    Locale language = inspected.file().language();
    List<String> remarks = new ArrayList<>();
    for (Inspected.Remark remark : inspected.remarks()) {
      List<String> details = new ArrayList<>(List.of(inspected.file().name()));
      details.addAll(remark.details());
      remarks.add(
          messages.getMessage("importing.remark." + remark.key(), details.toArray(), language));
    }
    for (String sheet : passedOver) {
      remarks.add(
          messages.getMessage(
              "importing.remark.sheet-passed-over",
              new Object[] {inspected.file().name(), sheet},
              language));
    }
    return remarks;
  }

  /** Asks the database to give up its statement once somebody asked to stop. */
  private static final class CancelWatch implements AutoCloseable {
    private final AtomicBoolean over = new AtomicBoolean();
    private final Thread thread;

    CancelWatch(PGConnection connection, Progress progress) {
      thread =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      while (!over.get()) {
                        Thread.sleep(200);
                        if (!over.get() && progress.cancelled()) {
                          connection.cancelQuery();
                        }
                      }
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    } catch (SQLException e) {
                      // The statement then ends by itself; the work stops after it.
                    }
                  });
    }

    @Override
    public void close() {
      over.set(true);
      thread.interrupt();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
