package org.dandang.policy.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.dandang.engine.Compilation;
import org.dandang.engine.Compiled;
import org.dandang.engine.DecisionModel;
import org.dandang.engine.PopulationRun;
import org.dandang.engine.Refusal;
import org.dandang.platform.jobs.Progress;
import org.dandang.platform.ledger.Ledger;
import org.dandang.platform.storage.Sights;
import org.dandang.policy.PolicyProblem;
import org.dandang.policy.fact.Facts;
import org.dandang.policy.fact.Snapshots;
import org.dandang.policy.pack.InForce;
import org.dandang.policy.pack.Models;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.Packs;
import org.dandang.policy.pack.Part;
import org.dandang.policy.pack.PolicyVersion;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs policies over everybody they speak of. */
@Component
public class PolicyRuns {
  private final Packs packs;
  private final Models models;
  private final InForce inForce;
  private final Facts facts;
  private final Snapshots snapshots;
  private final Runs runs;
  private final Ledger ledger;
  private final Clock clock;
  private final TransactionTemplate transaction;

  PolicyRuns(
      Packs packs,
      Models models,
      InForce inForce,
      Facts facts,
      Snapshots snapshots,
      Runs runs,
      Ledger ledger,
      Clock clock,
      TransactionTemplate transaction) {
    this.packs = packs;
    this.models = models;
    this.inForce = inForce;
    this.facts = facts;
    this.snapshots = snapshots;
    this.runs = runs;
    this.ledger = ledger;
    this.clock = clock;
    this.transaction = transaction;
  }

  /** The same over another folder of packs. */
  public PolicyRuns over(Packs others) {
    return new PolicyRuns(
        others, models, inForce, facts, snapshots, runs, ledger, clock, transaction);
  }

  /**
   * A pack that can be used and decides something.
   *
   * @throws PolicyProblem when there is none of that name, it has errors, or it holds no policy
   */
  public Pack pack(String id) {
    Pack pack = packs.usable(id);
    if (!pack.holds(Part.Policy.class)) {
      throw new PolicyProblem("no-policy", id);
    }
    return pack;
  }

  /**
   * Runs a pack over everybody within the jurisdiction of whoever asks, keeps the results and, if
   * wanted, writes them to a file.
   *
   * @param slate proposed postings laid over the registers; null for what is
   * @param actor who asks, for the ledger
   * @param out result file; null for none
   * @return the finished run with its hits
   * @throws PolicyProblem when the pack is not in force then, or somebody cancelled
   */
  public RunSummary run(
      String packId,
      LocalDate asOf,
      @Nullable Long slate,
      String actor,
      Progress progress,
      @Nullable Path out) {
    if (out != null) {
      ResultFile.of(out);
    }
    Scope scope = Scope.now();
    return Sights.everything(() -> runOverAll(packId, asOf, slate, scope, actor, progress, out));
  }

  private RunSummary runOverAll(
      String packId,
      LocalDate asOf,
      @Nullable Long slate,
      Scope scope,
      String actor,
      Progress progress,
      @Nullable Path out) {
    Pack pack = pack(packId);
    PolicyVersion version = inForce.version(pack, asOf, actor);
    DecisionModel model = models.of(version);
    OffsetDateTime started = OffsetDateTime.now(clock);
    progress.at("job.facts", 0, -1);
    try (Snapshot snapshot = Snapshot.take(snapshots, version, slate, scope)) {
      stopIfAsked(progress);
      RunSummary.How how = decide(snapshot, version, model, progress);
      stopIfAsked(progress);
      progress.at("job.keeping", snapshot.subjects(), snapshot.subjects());
      RunSummary kept = keep(snapshot, version, slate, scope, how, started, actor);
      if (out != null) {
        new ResultWriter(snapshot.connection(), facts, pack, clausesOf(pack, asOf)).write(out);
      }
      return kept;
    }
  }

  /** The clause each rule of a pack's table cites on a day; empty text where one cites none. */
  public Map<String, String> clausesOf(Pack pack, LocalDate asOf) {
    PolicyVersion version = PolicyVersion.of(pack, asOf);
    Map<String, String> clauses = new LinkedHashMap<>();
    models
        .of(version)
        .table(pack.decision())
        .ifPresent(
            table ->
                table
                    .rows()
                    .forEach(row -> clauses.put(row.id(), table.annotation(row, "clause"))));
    return clauses;
  }

  /** Why a pack would be interpreted one by one instead of compiled; empty when it compiles. */
  public List<Refusal> notCompiled(Pack pack, LocalDate asOf) {
    PolicyVersion version = PolicyVersion.of(pack, asOf);
    DecisionModel model = models.of(version);
    return version.compile(model, facts.catalogue()) instanceof Compilation.NotCompilable not
        ? not.refusals()
        : List.of();
  }

  private RunSummary.How decide(
      Snapshot snapshot, PolicyVersion version, DecisionModel model, Progress progress) {
    boolean compiles = version.compile(model, facts.catalogue()) instanceof Compiled;
    String word = compiles ? "job.deciding" : "job.interpreting";
    try {
      var done =
          PopulationRun.over(snapshot.connection(), "people", List.of("subject"))
              .withConstants(version.constants())
              .run(
                  model,
                  version.pack().decision(),
                  "result",
                  (decided, total) -> {
                    progress.at(word, decided, total);
                    return !progress.cancelled();
                  });
      return done.how() instanceof org.dandang.engine.RunSummary.How.CompiledQuery
          ? RunSummary.How.COMPILED
          : RunSummary.How.INTERPRETED;
    } catch (CancellationException e) {
      throw new PolicyProblem("cancelled");
    } catch (SQLException e) {
      throw new IllegalStateException("The policy could not be run.", e);
    }
  }

  private RunSummary keep(
      Snapshot snapshot,
      PolicyVersion version,
      @Nullable Long slate,
      Scope scope,
      RunSummary.How how,
      OffsetDateTime started,
      String actor) {
    Path csv = snapshot.folder().resolve("result.csv");
    try (Statement statement = snapshot.connection().createStatement()) {
      statement.execute(
          "copy (select subject, outcome, rule from result order by subject) to '%s' (format csv, header false, nullstr '\\N')"
              .formatted(csv));
    } catch (SQLException e) {
      throw new IllegalStateException("The results could not be written.", e);
    }
    Long id =
        transaction.execute(
            status -> {
              long run = runs.begin(version, slate, !scope.isEverybody(), started, actor);
              runs.keep(run, csv);
              runs.finish(run, how, snapshot.subjects(), OffsetDateTime.now(clock));
              ledger.append(
                  actor,
                  "policy-run",
                  "run",
                  Long.toString(run),
                  Map.of(
                      "pack", version.pack().id(),
                      "version", version.name(),
                      "as-of", version.asOf().toString(),
                      "subjects", snapshot.subjects(),
                      "everybody", scope.isEverybody()));
              return run;
            });
    try {
      Files.delete(csv);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return runs.find(java.util.Objects.requireNonNull(id)).orElseThrow();
  }

  private static void stopIfAsked(Progress progress) {
    if (progress.cancelled()) {
      throw new PolicyProblem("cancelled");
    }
  }
}
