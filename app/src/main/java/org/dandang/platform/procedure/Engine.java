package org.dandang.platform.procedure;

import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flowable.bpmn.model.BpmnModel;
import org.flowable.bpmn.model.EndEvent;
import org.flowable.bpmn.model.ExclusiveGateway;
import org.flowable.bpmn.model.FlowElement;
import org.flowable.bpmn.model.Process;
import org.flowable.bpmn.model.SequenceFlow;
import org.flowable.bpmn.model.StartEvent;
import org.flowable.bpmn.model.UserTask;
import org.flowable.common.engine.impl.history.HistoryLevel;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.repository.Deployment;
import org.flowable.engine.runtime.ProcessInstance;
import org.flowable.spring.SpringProcessEngineConfiguration;
import org.flowable.task.api.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Keeps at which step a matter is. It is given a model made anew from a checked {@link Flow}, never
 * a file, so that nothing from a pack can run in it; it has no timers, no jobs, no history, and
 * works in the caller's transaction.
 */
@Component
class Engine implements DisposableBean {
  private static final String OUTCOME = "outcome";

  private final DataSource database;
  private final PlatformTransactionManager transactions;
  private @Nullable ProcessEngine engine;

  Engine(DataSource database, PlatformTransactionManager transactions) {
    this.database = database;
    this.transactions = transactions;
  }

  /**
   * Where a matter stands.
   *
   * @param id the engine's own id of the step
   */
  record At(String id, String step) {}

  /** Makes a flow known; the key is asked for with every matter begun under it. */
  String deploy(String name, Flow flow) {
    Deployment deployment =
        engine()
            .getRepositoryService()
            .createDeployment()
            .name(name)
            .addBpmnModel(flow.id() + ".bpmn", model(flow))
            .deploy();
    return engine()
        .getRepositoryService()
        .createProcessDefinitionQuery()
        .deploymentId(deployment.getId())
        .singleResult()
        .getId();
  }

  /** Begins; the engine's id of the matter. */
  String begin(String key, long matter) {
    return engine()
        .getRuntimeService()
        .createProcessInstanceBuilder()
        .processDefinitionId(key)
        .businessKey(Long.toString(matter))
        .start()
        .getId();
  }

  /** Where a matter stands; null when it has come to its end. */
  @Nullable At at(String instance) {
    Task task =
        engine().getTaskService().createTaskQuery().processInstanceId(instance).singleResult();
    return task == null ? null : new At(task.getId(), task.getTaskDefinitionKey());
  }

  /** Goes on from a step by its outcome. */
  void goOn(String id, String outcome) {
    engine().getTaskService().complete(id, Map.of(), Map.of(OUTCOME, outcome));
  }

  /** Puts a matter from where it is back to another step. */
  void putBack(String instance, String from, String to) {
    engine()
        .getRuntimeService()
        .createChangeActivityStateBuilder()
        .processInstanceId(instance)
        .moveActivityIdTo(from, to)
        .changeState();
  }

  /** Gives a matter up. */
  void giveUp(String instance, String why) {
    ProcessInstance there =
        engine()
            .getRuntimeService()
            .createProcessInstanceQuery()
            .processInstanceId(instance)
            .singleResult();
    if (there != null) {
      engine().getRuntimeService().deleteProcessInstance(instance, why);
    }
  }

  /** Starts the engine where it has not been, which takes a second. */
  synchronized ProcessEngine engine() {
    if (engine == null) {
      SpringProcessEngineConfiguration configuration = new SpringProcessEngineConfiguration();
      configuration.setDataSource(database);
      configuration.setTransactionManager(transactions);
      configuration.setDatabaseType("postgres");
      configuration.setDatabaseSchema(EngineTables.SCHEMA);
      configuration.setDatabaseTablePrefix(EngineTables.SCHEMA + ".");
      configuration.setTablePrefixIsSchema(true);
      configuration.setDatabaseSchemaUpdate("false");
      configuration.setHistoryLevel(HistoryLevel.NONE);
      configuration.setAsyncExecutorActivate(false);
      configuration.setDisableIdmEngine(true);
      configuration.setDisableEventRegistry(true);
      configuration.setEnableConfiguratorServiceLoader(false);
      configuration.setBeans(Map.of());
      configuration.setIdGenerator(() -> UUID.randomUUID().toString());
      engine = configuration.buildProcessEngine();
    }
    return engine;
  }

  @Override
  public synchronized void destroy() {
    if (engine != null) {
      engine.close();
      engine = null;
    }
  }

  private static BpmnModel model(Flow flow) {
    Process process = new Process();
    process.setId(flow.id());
    process.setName(flow.id());
    process.setExecutable(true);
    for (Node node : flow.nodes().values()) {
      FlowElement element =
          switch (node) {
            case Node.Start start -> new StartEvent();
            case Node.Step step -> new UserTask();
            case Node.Choice choice -> new ExclusiveGateway();
            case Node.End end -> new EndEvent();
          };
      element.setId(node.id());
      process.addFlowElement(element);
    }
    for (Arrow arrow : flow.arrows()) {
      SequenceFlow line = new SequenceFlow(arrow.from(), arrow.to());
      line.setId(arrow.id());
      if (!arrow.outcomes().isEmpty()) {
        line.setConditionExpression(
            arrow.outcomes().stream()
                .map(outcome -> OUTCOME + " == '" + outcome + "'")
                .collect(Collectors.joining(" || ", "${", "}")));
      }
      process.addFlowElement(line);
    }
    BpmnModel model = new BpmnModel();
    model.setTargetNamespace(FlowReading.OURS);
    model.addProcess(process);
    return model;
  }
}
