package org.dandang.engine;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A DMN model (1.1 to 1.5), read once and run two ways with one meaning: {@link #evaluate} for one
 * subject, {@link #compile} for everybody. Safe to use from several threads.
 */
public final class DecisionModel {
  private static final int SECONDS_TO_READ = 30;

  private static final long MILLISECONDS_TO_DECIDE = 10_000;

  private final KieModel kie;
  private final boolean mayGoOn;
  private final Deadline deadline = new Deadline(MILLISECONDS_TO_DECIDE);
  private final List<ModelInput> inputs;
  private final List<ModelTable> tables;

  private DecisionModel(KieModel kie) {
    this.kie = kie;
    this.inputs = kie.inputs();
    this.tables = kie.tables();
    this.mayGoOn = kie.mayGoOn();
  }

  /**
   * Reads a model. Nothing the file says is executed, fetched or expanded.
   *
   * @param name what findings call the file
   * @throws InvalidModelException if the file is not a DMN model, is larger or nested deeper than
   *     any policy is, holds functions that are not FEEL, or does not compile; with every finding
   */
  public static DecisionModel read(String name, byte[] xml) {
    SafeReading.check(name, xml);
    return inTime(
        name,
        () -> {
          KieModel kie = KieModel.read(name, xml);
          List<Finding> findings = kie.findings();
          if (!findings.isEmpty()) {
            throw new InvalidModelException(findings);
          }
          return new DecisionModel(kie);
        });
  }

  /** Reads on a thread of its own and waits only so long. */
  private static DecisionModel inTime(String name, Callable<DecisionModel> reading) {
    var task = new FutureTask<>(reading);
    var thread = new Thread(task, "reading " + name);
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(SECONDS_TO_READ, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw invalid(name, "takes longer than " + SECONDS_TO_READ + " seconds to understand");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InvalidModelException invalid) {
        throw invalid;
      }
      throw invalid(name, "cannot be read as DMN: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while reading " + name);
    }
  }

  private static InvalidModelException invalid(String name, String message) {
    return new InvalidModelException(List.of(new Finding(name, "", message)));
  }

  /** As {@link #read(String, byte[])}; reads no more than the accepted size from the stream. */
  public static DecisionModel read(String name, InputStream xml) throws IOException {
    return read(name, xml.readNBytes(SafeReading.MOST_BYTES + 1));
  }

  /**
   * As {@code read}, but a decision that does not compile is left to fail when it is asked, and
   * other models may be given that this one imports.
   */
  static DecisionModel readDespiteFindings(String name, byte[] xml, List<byte[]> imported) {
    SafeReading.check(name, xml);
    List<byte[]> all = new ArrayList<>();
    all.add(xml);
    for (byte[] other : imported) {
      SafeReading.check(name, other);
      all.add(other);
    }
    return new DecisionModel(KieModel.read(name, all));
  }

  /** The name given in the file. */
  public String name() {
    return kie.name();
  }

  /** What the file was called when it was read. */
  public String file() {
    return kie.file();
  }

  /** All inputs of the model, in the order of the file. */
  public List<ModelInput> inputs() {
    return inputs;
  }

  /** The inputs a decision depends on, directly or through other decisions. */
  public List<ModelInput> inputs(String decision) {
    List<String> needed = kie.inputsOf(decision);
    return inputs.stream().filter(i -> needed.contains(i.name())).toList();
  }

  /** The names of the decisions, in the order of the file. */
  public List<String> decisions() {
    return kie.decisions();
  }

  /** All decision tables, in the order of the file. */
  public List<ModelTable> tables() {
    return tables;
  }

  /** The table of this name: a decision's or a knowledge model's. */
  public Optional<ModelTable> table(String name) {
    return tables.stream().filter(t -> t.name().equals(name)).findFirst();
  }

  /**
   * Makes one decision by interpretation. Inputs that are not in the map, or null there, are
   * missing; entries the model does not know are ignored. Numbers may be of any {@link Number}
   * type. A decision that takes longer than ten seconds fails.
   *
   * @throws IllegalArgumentException if the model has no such decision
   */
  public Evaluation evaluate(String decision, Map<String, ? extends @Nullable Object> inputs) {
    if (!mayGoOn) {
      return kie.evaluate(decision, inputs);
    }
    return deadline.within(
        () -> kie.evaluate(decision, inputs),
        failure -> new Evaluation(decision, failure, List.of(), List.of()));
  }

  /**
   * Compiles a decision for columns of the given types. What cannot be given exactly the meaning
   * that {@link #evaluate} gives it is refused, each construct named with its cell.
   *
   * @throws IllegalArgumentException if the model has no such decision
   */
  public Compilation compile(String decision, InputTypes types) {
    return new Compiler(kie, types).compile(decision);
  }

  /** The names of the decision services, in the order of the file. */
  public List<String> services() {
    return kie.services();
  }

  /**
   * Asks a decision service by interpretation.
   *
   * @param inputs its input data and input decisions by name
   * @return the value of its output decision, or a map of them where it has several
   * @throws IllegalArgumentException if the model has no such service
   */
  public Outcome evaluateService(String service, Map<String, ? extends @Nullable Object> inputs) {
    return mayGoOn
        ? deadline.within(() -> kie.evaluateService(service, inputs), failure -> failure)
        : kie.evaluateService(service, inputs);
  }

  KieModel kie() {
    return kie;
  }

  /** The decision to ask where there is only one that no other needs. */
  public Optional<String> onlyDecision() {
    List<String> last = new ArrayList<>(decisions());
    for (String decision : decisions()) {
      last.removeAll(kie.requiredDecisions(decision));
    }
    return last.size() == 1 ? Optional.of(last.get(0)) : Optional.empty();
  }
}
