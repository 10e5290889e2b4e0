package org.dandang.protection.closed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import javax.sql.DataSource;
import org.dandang.official.ImportCancelled;
import org.dandang.official.ImportFile;
import org.dandang.official.ImportProblem;
import org.dandang.official.TableFiles;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.jobs.Progress;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.procedure.Figure;
import org.dandang.platform.storage.Sights;
import org.dandang.policy.pack.Finding;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.Packs;
import org.dandang.policy.pack.Parameter;
import org.dandang.protection.MatterImport;
import org.dandang.protection.MatterOutcome;
import org.dandang.protection.sanction.DecisionsInBulk;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Stages each file as a stream, judges and stores it set by set, all in one transaction. */
@Component
class MatterImporting implements MatterImport {
  private static final String STORING = "importing.step.storing";

  private final TableFiles files;
  private final Packs packs;
  private final DecisionsInBulk decisions;
  private final DataSource source;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final OfficeCalendar office;
  private final Ledger ledger;
  private final JsonMapper json;
  private final MessageSource messages;
  private final Clock clock;

  MatterImporting(
      TableFiles files,
      Packs packs,
      DecisionsInBulk decisions,
      DataSource source,
      JdbcClient jdbc,
      TransactionTemplate transaction,
      OfficeCalendar office,
      Ledger ledger,
      JsonMapper json,
      MessageSource messages,
      Clock clock) {
    this.files = files;
    this.packs = packs;
    this.decisions = decisions;
    this.source = source;
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.office = office;
    this.ledger = ledger;
    this.json = json;
    this.messages = messages;
    this.clock = clock;
  }

  @Override
  public List<Choice> packs(Locale language) {
    return packs.all().stream()
        .filter(LayoutReader::isOne)
        .map(pack -> new Choice(pack.id(), pack.title().in(language)))
        .toList();
  }

  @Override
  public List<MatterOutcome> take(
      String pack,
      @Nullable ImportFile matters,
      @Nullable ImportFile accused,
      String actor,
      boolean dryRun,
      Progress progress) {
    ImportFile any = matters != null ? matters : accused;
    if (any == null) {
      throw new IllegalArgumentException("no file");
    }
    Pack found =
        packs
            .find(pack)
            .filter(LayoutReader::isOne)
            .orElseThrow(
                () ->
                    new ImportProblem(
                        "no-records-pack",
                        pack,
                        String.join(
                            ", ", packs(any.language()).stream().map(Choice::pack).toList())));
    List<Finding> findings = new ArrayList<>();
    Layout layout =
        LayoutReader.read(found, findings::add)
            .orElseThrow(
                () -> new ImportProblem("records", findings.getFirst().text(any.language())));
    Taking taking = new Taking(found, layout, actor, dryRun, progress);
    try {
      List<MatterOutcome> outcomes =
          Objects.requireNonNull(
              Sights.everything(
                  () ->
                      transaction.execute(
                          status -> {
                            if (dryRun) {
                              status.setRollbackOnly();
                            }
                            return taking.both(matters, accused);
                          })));
      for (MatterOutcome outcome : outcomes) {
        taking.keep(outcome);
      }
      if (!dryRun) {
        Sights.everywhere(
            () ->
                jdbc.sql(
                        """
                        analyze protection.lead, protection.lead_person, protection.closed_matter, protection.allegation,
                          protection.sanction, protection.sanction_effect
                        """)
                    .update());
      }
      return outcomes;
    } finally {
      taking.drop();
    }
  }

  /** One run of the import. */
  private final class Taking {
    private final Pack pack;
    private final Layout layout;
    private final MatterRows rows;
    private final String actor;
    private final boolean dryRun;
    private final Progress progress;
    private final Map<Path, Path> drafts = new LinkedHashMap<>();

    Taking(Pack pack, Layout layout, String actor, boolean dryRun, Progress progress) {
      this.pack = pack;
      this.layout = layout;
      this.rows = new MatterRows(layout, pack.inForce(), office.today());
      this.actor = actor;
      this.dryRun = dryRun;
      this.progress = progress;
    }

    List<MatterOutcome> both(@Nullable ImportFile matters, @Nullable ImportFile accused) {
      jdbc.sql("set local work_mem = '64MB'").update();
      jdbc.sql("set local jit = off").update();
      // Imports of one register wait for each other, so that each sees what the last one stored.
      jdbc.sql("select pg_advisory_xact_lock(hashtextextended('closed matters of ' || ?, 0))::text")
          .param(layout.source())
          .query(String.class)
          .single();
      List<MatterOutcome> outcomes = new ArrayList<>();
      if (matters != null) {
        MatterStoring storing = new MatterStoring(jdbc, layout, pack.id());
        storing.prepare();
        outcomes.add(
            taken(
                Part.MATTERS,
                matters,
                MatterStoring.STAGE,
                rows.matterColumns(),
                MatterRows.MATTER_COLUMNS,
                rows::matter,
                at -> storing.store(at.importId(), at.now(), actor)));
      }
      if (accused != null) {
        AccusedStoring storing = new AccusedStoring(jdbc, layout);
        storing.prepare();
        outcomes.add(
            taken(
                Part.ACCUSED,
                accused,
                AccusedStoring.STAGE,
                rows.accusedColumns(),
                MatterRows.ACCUSED_COLUMNS,
                rows::accused,
                at -> accused(storing, at)));
      }
      return outcomes;
    }

    private Map<String, Long> accused(AccusedStoring storing, Origin at) {
      Map<String, Long> made = new LinkedHashMap<>(storing.store(at.importId(), at.now(), actor));
      stopped();
      storing.decided();
      made.put("sanctions", decisions.enter(pack.id(), at.file(), at.hash(), this::figures, actor));
      storing.entered();
      made.putAll(storing.penalties());
      List<Long> officials = storing.officials();
      if (!officials.isEmpty()) {
        ledger.appendAbout(
            actor,
            "closed-matters-imported",
            "official",
            officials,
            Map.of("import", at.importId()));
      }
      return made;
    }

    private record Origin(long importId, OffsetDateTime now, String file, String hash) {}

    private MatterOutcome taken(
        Part part,
        ImportFile file,
        String table,
        List<TableFiles.Column> columns,
        List<String> into,
        Function<Map<String, String>, StagedFile.Row> reading,
        Function<Origin, Map<String, Long>> storing) {
      Connection connection = DataSourceUtils.getConnection(source);
      try {
        Path workbook = file.errors();
        StagedFile staged =
            new StagedFile(
                files,
                messages,
                workbook == null ? file : file.refusedTo(draft(workbook), file.language()),
                columns,
                progress);
        OffsetDateTime now = OffsetDateTime.now(clock);
        String hash = file.sha256();
        long read = staged.stage(connection, table, into, reading);
        stopped();
        progress.at(STORING, 0, -1);
        long importId = begun(part, file, hash, now, read);
        Map<String, Long> made = storing.apply(new Origin(importId, now, file.name(), hash));
        stopped();
        Map<String, Long> reasons = MatterStoring.refused(jdbc, table);
        long unread = read - jdbc.sql("select count(*) from " + table).query(Long.class).single();
        if (unread > 0) {
          reasons.put("cell", unread);
        }
        long refused = reasons.values().stream().mapToLong(Long::longValue).sum();
        long stored = MatterStoring.stored(jdbc, table);
        if (refused > 0 && workbook != null) {
          progress.at("importing.step.refused", 0, refused);
          staged.mark(connection, table);
        }
        MatterOutcome outcome =
            new MatterOutcome(
                part,
                file.name(),
                read,
                stored,
                read - stored - refused,
                refused,
                reasons,
                made,
                dryRun ? null : importId,
                refused > 0 ? workbook : null);
        ended(importId, outcome, hash);
        return outcome;
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      } finally {
        DataSourceUtils.releaseConnection(connection, source);
      }
    }

    private long begun(Part part, ImportFile file, String hash, OffsetDateTime now, long read) {
      return jdbc.sql(
              """
              insert into protection.matter_import (pack, part, file_name, sha256, started_at, recorded_by, rows_read)
              values (?, ?, ?, ?, ?, ?, ?) returning id
              """)
          .params(pack.id(), part.word(), file.name(), hash, now, actor, read)
          .query(Long.class)
          .single();
    }

    private void ended(long importId, MatterOutcome outcome, String hash) {
      jdbc.sql(
              """
              update protection.matter_import
                 set finished_at = ?, stored = ?, unchanged = ?, refused = ?, refused_by_reason = ?::jsonb, made = ?::jsonb
               where id = ?
              """)
          .params(
              OffsetDateTime.now(clock),
              outcome.stored(),
              outcome.unchanged(),
              outcome.refused(),
              json.writeValueAsString(outcome.refusedByReason()),
              json.writeValueAsString(outcome.made()),
              importId)
          .update();
      ledger.append(
          actor,
          "closed-matters-file-imported",
          "import",
          Long.toString(importId),
          Map.of(
              "pack", pack.id(),
              "part", outcome.part().word(),
              "sha256", hash,
              "read", outcome.read(),
              "stored", outcome.stored(),
              "unchanged", outcome.unchanged(),
              "refused", outcome.refused(),
              "refused-by-reason", outcome.refusedByReason(),
              "made", outcome.made()));
    }

    private Map<String, Figure> figures(LocalDate day) {
      Map<String, Figure> figures = new HashMap<>();
      for (Parameter parameter : pack.parameters().values()) {
        parameter
            .on(day)
            .flatMap(parameter::figure)
            .filter(figure -> figure.word() == null)
            .ifPresent(figure -> figures.put(figure.id(), figure));
      }
      return figures;
    }

    private void stopped() {
      if (progress.cancelled()) {
        throw new ImportCancelled();
      }
    }

    /** Refused rows are written beside their place until all of it is done. */
    private Path draft(Path workbook) {
      return drafts.computeIfAbsent(
          workbook, place -> place.resolveSibling(place.getFileName() + ".part"));
    }

    void keep(MatterOutcome outcome) {
      Path workbook = outcome.errors();
      if (workbook != null) {
        try {
          Files.move(draft(workbook), workbook, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
          throw new ImportProblem(
              "refused-unwritable",
              outcome.file(),
              workbook.toString(),
              String.valueOf(e.getMessage()));
        }
      }
    }

    void drop() {
      for (Path draft : drafts.values()) {
        try {
          Files.deleteIfExists(draft);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }
}
