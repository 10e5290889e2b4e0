package org.dandang.policy.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dandang.engine.DecisionModel;
import org.dandang.engine.InvalidModelException;
import org.dandang.engine.ModelInput;
import org.dandang.platform.jobs.Progress;
import org.dandang.platform.ledger.Ledger;
import org.dandang.policy.PolicyProblem;
import org.dandang.policy.fact.FactCatalogue;
import org.dandang.policy.fact.Snapshots;
import org.dandang.policy.pack.Pack;
import org.dandang.policy.pack.PolicyVersion;
import org.dandang.policy.pack.TableFile;
import org.dandang.policy.run.Scope;
import org.dandang.policy.run.Snapshot;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Simulations over the registers. What has been laid out for one is kept for a while, so that the
 * next question about the same facts is answered at once; a change of the registers makes it stale.
 */
@Component
public class Simulations implements DisposableBean {
  private static final int KEPT = 3;

  private final Snapshots snapshots;
  private final FactCatalogue catalogue;
  private final Ledger ledger;
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final long least;
  private final long idleNanos;
  private final Map<Key, Kept> kept = new LinkedHashMap<>(8, 0.75f, true);
  private final ScheduledExecutorService sweeping =
      Executors.newSingleThreadScheduledExecutor(
          work -> Thread.ofPlatform().daemon().name("simulations").unstarted(work));

  Simulations(
      Snapshots snapshots,
      FactCatalogue catalogue,
      Ledger ledger,
      JdbcClient jdbc,
      TransactionTemplate transaction,
      @Value("${dandang.simulation.smallest-group:10}") long least,
      @Value("${dandang.simulation.idle-minutes:15}") long idleMinutes) {
    this.snapshots = snapshots;
    this.catalogue = catalogue;
    this.ledger = ledger;
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.least = least;
    this.idleNanos = TimeUnit.MINUTES.toNanos(idleMinutes);
    sweeping.scheduleWithFixedDelay(this::sweep, 1, 1, TimeUnit.MINUTES);
  }

  /** Groups smaller than this are withheld; those of units, which are no persons, never are. */
  public long smallestGroup(Pack pack) {
    return pack.subject().equals("official") ? least : 0;
  }

  // ---------------------------------------------------------------- what is asked

  /**
   * A question about a pack as it stands on a day.
   *
   * @param against the day another version began to hold, or the version's name; null for the same
   * @param slate proposed postings; null for what is
   * @throws PolicyProblem when the pack is not in force then, or there is no such figure or version
   */
  public Simulation of(
      Pack pack,
      LocalDate asOf,
      List<Setting> settings,
      @Nullable String against,
      @Nullable Long slate) {
    PolicyVersion before = PolicyVersion.of(pack, asOf);
    PolicyVersion other = against == null ? before : version(pack, against);
    return new Simulation(before, Setting.apply(other, settings), slate, List.of(), Scope.now());
  }

  /**
   * The same under the table of a file that is not the pack's.
   *
   * @throws PolicyProblem when the file holds no such table, or one that sees what there is not
   */
  public Simulation under(Path file, Simulation simulation) {
    try {
      return under(file.toAbsolutePath(), Files.readAllBytes(file), simulation);
    } catch (IOException e) {
      throw new PolicyProblem("against-file", file, String.valueOf(e.getMessage()));
    }
  }

  /**
   * The same under a table that is in no file yet.
   *
   * @param source what to call it
   * @throws PolicyProblem when the text holds no such table, or one that sees what there is not
   */
  public Simulation under(Path source, byte[] xml, Simulation simulation) {
    DecisionModel model;
    try {
      model = DecisionModel.read(String.valueOf(source.getFileName()), xml);
    } catch (InvalidModelException e) {
      throw new PolicyProblem("against-file", source, String.valueOf(e.getMessage()));
    }
    TableFile table =
        new TableFile(
            String.valueOf(source.getFileName()), simulation.before().table().from(), source);
    Pack pack = simulation.pack();
    List<String> besides =
        !model.decisions().contains(pack.decision())
            ? List.of()
            : model.inputs(pack.decision()).stream()
                .map(ModelInput::name)
                .filter(name -> !pack.facts().contains(name))
                .filter(name -> !pack.parameters().containsKey(name))
                .filter(
                    name ->
                        catalogue
                            .find(name)
                            .filter(fact -> fact.subject().equals(pack.subject()))
                            .isPresent())
                .toList();
    return new Simulation(
        simulation.before(),
        simulation.after().withTable(table, xml).seeing(besides),
        simulation.slate(),
        besides,
        simulation.scope());
  }

  private static PolicyVersion version(Pack pack, String name) {
    List<LocalDate> days = PolicyVersion.beginnings(pack);
    PolicyProblem unknown =
        new PolicyProblem(
            "against-unknown",
            name,
            pack.id(),
            days.stream().map(LocalDate::toString).collect(Collectors.joining(", ")));
    try {
      LocalDate day = LocalDate.parse(name);
      if (!pack.inForce().covers(day)) {
        throw unknown;
      }
      return PolicyVersion.of(pack, day);
    } catch (DateTimeParseException e) {
      return days.stream()
          .map(day -> PolicyVersion.of(pack, day))
          .filter(version -> version.name().equals(name))
          .findFirst()
          .orElseThrow(() -> unknown);
    }
  }

  // ---------------------------------------------------------------- asking

  /** Whether everything is laid out for a simulation, so that asking does not take long. */
  public boolean isLaidOut(Simulation simulation) {
    Key key = key(simulation);
    synchronized (kept) {
      Kept found = kept.get(key);
      return found != null && found.isReady();
    }
  }

  /**
   * Asks; lays everything out first where that has not been done.
   *
   * @param actor who asks; the first question about what was laid out goes into the ledger
   * @throws PolicyProblem when somebody cancelled
   */
  public <T extends @Nullable Object> T ask(
      Simulation simulation, String actor, Progress progress, Function<Simulator, T> question) {
    Key key = key(simulation);
    Kept used;
    synchronized (kept) {
      used = kept.computeIfAbsent(key, k -> new Kept());
      used.users++;
    }
    try {
      Simulator simulator = used.laidOut(simulation, progress);
      if (used.isFirst(actor)) {
        record("simulated", simulation, simulator.subjects(), actor);
      }
      return question.apply(simulator);
    } catch (RuntimeException | Error e) {
      synchronized (kept) {
        if (!used.isReady()) {
          kept.remove(key, used);
        }
      }
      throw e;
    } finally {
      List<Kept> over = new ArrayList<>();
      synchronized (kept) {
        used.users--;
        used.lastUsed = System.nanoTime();
        if (!kept.containsValue(used) && used.users == 0) {
          over.add(used);
        }
        tooMany(over);
      }
      over.forEach(Kept::close);
    }
  }

  /** Puts into the ledger that everybody's results were taken away in a file. */
  void exported(Simulation simulation, long subjects, String actor) {
    record("simulation-exported", simulation, subjects, actor);
  }

  private void record(String action, Simulation simulation, long subjects, String actor) {
    transaction.executeWithoutResult(
        status ->
            ledger.append(
                actor,
                action,
                "pack",
                simulation.pack().id(),
                Map.of(
                    "version",
                    simulation.before().name(),
                    "as-of",
                    simulation.before().asOf().toString(),
                    "subjects",
                    subjects)));
  }

  // ---------------------------------------------------------------- what is kept

  /**
   * @param registers how often the registers had changed
   */
  private record Key(
      Path pack,
      String version,
      LocalDate asOf,
      @Nullable Long slate,
      List<String> besides,
      String scope,
      long registers) {}

  private Key key(Simulation simulation) {
    return new Key(
        simulation.pack().folder(),
        simulation.before().name(),
        simulation.before().asOf(),
        simulation.slate(),
        simulation.besides(),
        simulation.scope().key(),
        registers());
  }

  private long registers() {
    return jdbc.sql("select coalesce(pg_sequence_last_value('platform.register_change'), 0)")
        .query(Long.class)
        .single();
  }

  /** One DuckDB with facts laid out; made by the first who asks, closed when nobody uses it. */
  private final class Kept {
    private final Set<String> actors = new LinkedHashSet<>();
    private int users;
    private long lastUsed = System.nanoTime();
    private volatile @Nullable Simulator simulator;
    private @Nullable Snapshot snapshot;

    boolean isReady() {
      return simulator != null;
    }

    synchronized boolean isFirst(String actor) {
      return actors.add(actor);
    }

    synchronized Simulator laidOut(Simulation simulation, Progress progress) {
      Simulator present = simulator;
      if (present == null) {
        present = layOut(simulation, progress);
        simulator = present;
      }
      return present;
    }

    private Simulator layOut(Simulation simulation, Progress progress) {
      PolicyVersion before = simulation.before().seeing(simulation.besides());
      List<String> groups =
          catalogue.groupings(simulation.pack().subject()).stream()
              .map(grouping -> grouping.fact().id())
              .toList();
      progress.at("job.facts", 0, -1);
      Snapshot taken = Snapshot.takeInMemory(snapshots, before, null, groups, simulation.scope());
      try {
        Long slate = simulation.slate();
        if (slate != null) {
          stopIfAsked(progress);
          besideThem(
              taken, Snapshot.takeInMemory(snapshots, before, slate, groups, simulation.scope()));
        }
        stopIfAsked(progress);
        Simulator made =
            Simulator.over(
                taken.connection(),
                simulation.before(),
                catalogue,
                slate != null,
                smallestGroup(simulation.pack()),
                (done, total) -> {
                  progress.at("job.deciding", done, total);
                  return !progress.cancelled();
                });
        snapshot = taken;
        return made;
      } catch (CancellationException e) {
        taken.close();
        throw new PolicyProblem("cancelled");
      } catch (RuntimeException e) {
        taken.close();
        throw e;
      }
    }

    synchronized void close() {
      if (snapshot != null) {
        snapshot.close();
        snapshot = null;
        simulator = null;
      }
    }
  }

  /** Puts the facts with proposed postings beside those without, as {@code facts_after}. */
  private static void besideThem(Snapshot snapshot, Snapshot proposed) {
    String file = proposed.folder().resolve("facts.parquet").toString().replace("'", "''");
    try (proposed;
        Statement from = proposed.connection().createStatement();
        Statement to = snapshot.connection().createStatement()) {
      from.execute("copy facts to '%s' (format parquet)".formatted(file));
      to.execute("create table facts_after as select * from read_parquet('%s')".formatted(file));
    } catch (SQLException e) {
      throw new IllegalStateException("The proposed postings could not be laid over.", e);
    }
  }

  private static void stopIfAsked(Progress progress) {
    if (progress.cancelled()) {
      throw new PolicyProblem("cancelled");
    }
  }

  private void tooMany(List<Kept> over) {
    Iterator<Kept> leastUsedFirst = kept.values().iterator();
    while (kept.size() > KEPT && leastUsedFirst.hasNext()) {
      Kept candidate = leastUsedFirst.next();
      if (candidate.users == 0) {
        leastUsedFirst.remove();
        over.add(candidate);
      }
    }
  }

  private void sweep() {
    List<Kept> over = new ArrayList<>();
    synchronized (kept) {
      long now = System.nanoTime();
      kept.values()
          .removeIf(
              candidate -> {
                boolean idle = candidate.users == 0 && now - candidate.lastUsed > idleNanos;
                if (idle) {
                  over.add(candidate);
                }
                return idle;
              });
    }
    over.forEach(Kept::close);
  }

  @Override
  public void destroy() {
    sweeping.shutdownNow();
    List<Kept> all;
    synchronized (kept) {
      all = List.copyOf(kept.values());
      kept.clear();
    }
    all.forEach(Kept::close);
  }
}
