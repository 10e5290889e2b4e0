package org.dandang.engine;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.kie.api.io.Resource;
import org.kie.dmn.api.core.DMNContext;
import org.kie.dmn.api.core.DMNMessage;
import org.kie.dmn.api.core.DMNModel;
import org.kie.dmn.api.core.DMNResult;
import org.kie.dmn.api.core.DMNRuntime;
import org.kie.dmn.api.core.DMNType;
import org.kie.dmn.api.core.DMNUnaryTest;
import org.kie.dmn.api.core.ast.DecisionNode;
import org.kie.dmn.api.core.ast.InputDataNode;
import org.kie.dmn.api.core.event.AfterEvaluateDecisionTableEvent;
import org.kie.dmn.api.core.event.DMNRuntimeEventListener;
import org.kie.dmn.core.internal.utils.DMNRuntimeBuilder;
import org.kie.dmn.model.api.Decision;
import org.kie.dmn.model.api.DecisionRule;
import org.kie.dmn.model.api.InformationRequirement;
import org.kie.internal.io.ResourceFactory;

/**
 * A DMN model, read once and then asked as often as wanted, by any number of threads.
 *
 * <p>Reading refuses what is hostile: document types, entities, functions of other languages, files
 * beyond size and depth limits.
 */
public final class DecisionModel {
  private final String name;
  private final DMNRuntime runtime;
  private final DMNModel model;
  private final Map<String, ModelInput> inputs;
  private final Map<String, DecisionTable> tables;
  private final Map<String, Set<String>> needed = new ConcurrentHashMap<>();
  private final ThreadLocal<@Nullable List<AfterEvaluateDecisionTableEvent>> listening =
      new ThreadLocal<>();

  private DecisionModel(String name, DMNRuntime runtime, DMNModel model) {
    this.name = name;
    this.runtime = runtime;
    this.model = model;
    this.inputs = readInputs(model);
    this.tables = readTables(model);
    runtime.addListener(
        new DMNRuntimeEventListener() {
          @Override
          public void afterEvaluateDecisionTable(AfterEvaluateDecisionTableEvent event) {
            List<AfterEvaluateDecisionTableEvent> events = listening.get();
            if (events != null) {
              events.add(event);
            }
          }
        });
  }

  /**
   * Reads a model of DMN 1.1 to 1.5.
   *
   * @param name what messages call the file
   * @throws InvalidModelException when it cannot be used
   */
  public static DecisionModel read(String name, byte[] xml) {
    ModelGuard.check(name, xml);
    try {
      Resource resource = ResourceFactory.newInputStreamResource(new ByteArrayInputStream(xml));
      resource.setSourcePath(name);
      DMNRuntime runtime =
          DMNRuntimeBuilder.fromDefaults()
              .buildConfiguration()
              .fromResources(List.of(resource))
              .getOrElseThrow(problem -> new IllegalArgumentException(problem));
      if (runtime.getModels().size() != 1) {
        throw new InvalidModelException(
            name, List.of(new ModelFinding("", "the file holds no DMN model")));
      }
      DMNModel model = runtime.getModels().getFirst();
      List<ModelFinding> errors =
          model.getMessages(DMNMessage.Severity.ERROR).stream()
              .map(message -> new ModelFinding("", message.getText()))
              .toList();
      if (!errors.isEmpty()) {
        throw new InvalidModelException(name, errors);
      }
      return new DecisionModel(name, runtime, model);
    } catch (InvalidModelException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      throw new InvalidModelException(
          name, List.of(new ModelFinding("", "not a DMN model: " + firstLine(e))));
    }
  }

  public String name() {
    return name;
  }

  /** Inputs by name, in the file's order. */
  public List<ModelInput> inputs() {
    return List.copyOf(inputs.values());
  }

  public Optional<ModelInput> input(String name) {
    return Optional.ofNullable(inputs.get(name));
  }

  /** Names of all decisions. */
  public Set<String> decisions() {
    Set<String> names = new LinkedHashSet<>();
    model.getDecisions().forEach(decision -> names.add(decision.getName()));
    return names;
  }

  /** The decision's table; empty when it is no table. */
  public Optional<DecisionTable> table(String decision) {
    return Optional.ofNullable(tables.get(decision));
  }

  /** Names of the inputs a decision needs, those of the decisions it rests on included. */
  public Set<String> inputsOf(String decision) {
    return needed.computeIfAbsent(
        decision,
        name -> {
          Set<String> inputs = new LinkedHashSet<>();
          DecisionNode node = model.getDecisionByName(name);
          if (node != null) {
            collectInputs(node.getDecision(), inputs, new LinkedHashSet<>());
          }
          return Collections.unmodifiableSet(inputs);
        });
  }

  /**
   * Asks one decision.
   *
   * @param values by input name: text, number, boolean, {@code java.time} values; null or left out
   *     means missing
   */
  public Evaluation evaluate(String decision, Map<String, ? extends @Nullable Object> values) {
    DMNContext context = runtime.newContext();
    List<String> missing = new ArrayList<>();
    for (String input : inputsOf(decision)) {
      Object value = values.get(input);
      context.set(input, value);
      if (value == null) {
        missing.add(input);
      }
    }
    List<AfterEvaluateDecisionTableEvent> events = new ArrayList<>();
    listening.set(events);
    try {
      DMNResult result = runtime.evaluateByName(model, context, decision);
      Object outcome = result.getContext().get(decision);
      List<String> problems =
          result.getMessages(DMNMessage.Severity.ERROR).stream().map(DMNMessage::getText).toList();
      return new Evaluation(outcome, matched(decision, events), missing, problems);
    } finally {
      listening.remove();
    }
  }

  DMNModel kie() {
    return model;
  }

  private List<Evaluation.MatchedRow> matched(
      String decision, List<AfterEvaluateDecisionTableEvent> events) {
    DecisionTable table = tables.get(decision);
    List<Evaluation.MatchedRow> matched = new ArrayList<>();
    if (table != null) {
      for (AfterEvaluateDecisionTableEvent event : events) {
        if (decision.equals(event.getNodeName()) && event.getSelected() != null) {
          for (int number : event.getSelected()) {
            matched.add(new Evaluation.MatchedRow(number, table.rows().get(number - 1).id()));
          }
        }
      }
    }
    return matched;
  }

  private void collectInputs(Decision decision, Set<String> names, Set<String> seen) {
    if (!seen.add(decision.getName())) {
      return;
    }
    for (InformationRequirement requirement : decision.getInformationRequirement()) {
      if (requirement.getRequiredInput() != null) {
        InputDataNode input = model.getInputById(id(requirement.getRequiredInput().getHref()));
        if (input != null) {
          names.add(input.getName());
        }
      }
      if (requirement.getRequiredDecision() != null) {
        DecisionNode needed =
            model.getDecisionById(id(requirement.getRequiredDecision().getHref()));
        if (needed != null) {
          collectInputs(needed.getDecision(), names, seen);
        }
      }
    }
  }

  private static String id(String href) {
    return href.substring(href.indexOf('#') + 1);
  }

  private static Map<String, ModelInput> readInputs(DMNModel model) {
    Map<String, ModelInput> inputs = new LinkedHashMap<>();
    for (InputDataNode input : model.getInputs()) {
      DMNType type = input.getType();
      List<String> allowed =
          type.getAllowedValues() == null
              ? List.of()
              : type.getAllowedValues().stream().map(DMNUnaryTest::toString).toList();
      inputs.put(input.getName(), new ModelInput(input.getName(), feelType(type), allowed));
    }
    return inputs;
  }

  private static FeelType feelType(DMNType type) {
    DMNType base = type;
    while (base.getBaseType() != null) {
      base = base.getBaseType();
    }
    if (type.isCollection()) {
      return FeelType.OTHER;
    }
    return switch (base.getName()) {
      case "number" -> FeelType.NUMBER;
      case "string" -> FeelType.STRING;
      case "boolean" -> FeelType.BOOLEAN;
      case "date" -> FeelType.DATE;
      default -> FeelType.OTHER;
    };
  }

  private static Map<String, DecisionTable> readTables(DMNModel model) {
    Map<String, DecisionTable> tables = new LinkedHashMap<>();
    for (DecisionNode node : model.getDecisions()) {
      if (node.getDecision().getExpression() instanceof org.kie.dmn.model.api.DecisionTable table) {
        tables.put(node.getName(), table(node.getName(), table));
      }
    }
    return tables;
  }

  private static DecisionTable table(String decision, org.kie.dmn.model.api.DecisionTable table) {
    List<String> annotations =
        table.getAnnotation().stream().map(annotation -> annotation.getName()).toList();
    List<DecisionTable.Row> rows = new ArrayList<>();
    for (DecisionRule rule : table.getRule()) {
      int number = rows.size() + 1;
      Map<String, String> notes = new LinkedHashMap<>();
      for (int i = 0; i < rule.getAnnotationEntry().size() && i < annotations.size(); i++) {
        String text = rule.getAnnotationEntry().get(i).getText();
        notes.put(annotations.get(i), text == null ? "" : text);
      }
      String id = rule.getId();
      rows.add(
          new DecisionTable.Row(
              number,
              id == null ? Integer.toString(number) : id,
              id != null,
              rule.getInputEntry().stream().map(entry -> entry.getText()).toList(),
              rule.getOutputEntry().stream().map(entry -> entry.getText()).toList(),
              notes));
    }
    return new DecisionTable(
        decision,
        table.getHitPolicy().name(),
        table.getAggregation() == null ? "" : table.getAggregation().value(),
        table.getInput().stream()
            .map(
                input ->
                    new DecisionTable.Column(
                        input.getLabel() == null
                            ? input.getInputExpression().getText()
                            : input.getLabel(),
                        input.getInputExpression().getText()))
            .toList(),
        table.getOutput().stream()
            .map(output -> output.getName() == null ? decision : output.getName())
            .toList(),
        annotations,
        rows);
  }

  private static String firstLine(Throwable problem) {
    String text = String.valueOf(problem.getMessage());
    return text.lines().findFirst().orElse(problem.getClass().getSimpleName());
  }
}
