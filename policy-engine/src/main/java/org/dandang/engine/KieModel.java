package org.dandang.engine;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dandang.engine.Evaluation.Hit;
import org.dandang.engine.Evaluation.TableHits;
import org.jspecify.annotations.Nullable;
import org.kie.api.io.Resource;
import org.kie.dmn.api.core.DMNContext;
import org.kie.dmn.api.core.DMNDecisionResult;
import org.kie.dmn.api.core.DMNDecisionResult.DecisionEvaluationStatus;
import org.kie.dmn.api.core.DMNMessage;
import org.kie.dmn.api.core.DMNModel;
import org.kie.dmn.api.core.DMNResult;
import org.kie.dmn.api.core.DMNRuntime;
import org.kie.dmn.api.core.DMNType;
import org.kie.dmn.api.core.ast.BusinessKnowledgeModelNode;
import org.kie.dmn.api.core.ast.DMNNode;
import org.kie.dmn.api.core.ast.DecisionNode;
import org.kie.dmn.api.core.ast.DecisionServiceNode;
import org.kie.dmn.api.core.ast.InputDataNode;
import org.kie.dmn.api.core.event.AfterEvaluateDecisionTableEvent;
import org.kie.dmn.api.core.event.DMNRuntimeEventListener;
import org.kie.dmn.core.ast.DecisionNodeImpl;
import org.kie.dmn.core.compiler.RuntimeModeOption;
import org.kie.dmn.core.compiler.RuntimeTypeCheckOption;
import org.kie.dmn.core.impl.BaseDMNTypeImpl;
import org.kie.dmn.core.impl.DMNRuntimeImpl;
import org.kie.dmn.core.internal.utils.DMNRuntimeBuilder;
import org.kie.dmn.feel.lang.Type;
import org.kie.dmn.feel.lang.types.BuiltInType;
import org.kie.dmn.model.api.DMNElement;
import org.kie.dmn.model.api.DMNModelInstrumentedBase;
import org.kie.dmn.model.api.DecisionRule;
import org.kie.dmn.model.api.DecisionTable;
import org.kie.dmn.model.api.Definitions;
import org.kie.dmn.model.api.InputClause;
import org.kie.dmn.model.api.LiteralExpression;
import org.kie.dmn.model.api.NamedElement;
import org.kie.dmn.model.api.OutputClause;
import org.kie.dmn.model.api.UnaryTests;
import org.kie.internal.io.ResourceFactory;

/**
 * The model as Apache KIE holds it. Types are checked at run time and the mode is strict: a value
 * outside the allowed ones is an error and never silently taken for a missing one.
 */
final class KieModel {
  private final String file;
  private final DMNRuntime runtime;
  private final DMNModel model;
  private final FeelParser parser = new FeelParser();
  private final ThreadLocal<@Nullable List<TableHits>> collecting = new ThreadLocal<>();
  private final Map<String, List<InputDataNode>> needed = new HashMap<>();
  private final Map<String, Map<Integer, Hit>> rules = new HashMap<>();

  private KieModel(String file, DMNRuntime runtime, DMNModel model) {
    this.file = file;
    this.runtime = runtime;
    this.model = model;
    for (DecisionNode decision : model.getDecisions()) {
      needed.put(decision.getName(), inputsBelow(decision));
    }
    for (ModelTable table : tables()) {
      Map<Integer, Hit> hits = new HashMap<>();
      table.rows().forEach(row -> hits.put(row.index(), new Hit(row.index(), row.id())));
      rules.put(table.name(), hits);
    }
    runtime.addListener(new Listening());
  }

  static KieModel read(String file, byte[] xml) {
    return read(file, List.of(xml));
  }

  /** The first is the model; the others are those it imports. */
  static KieModel read(String file, List<byte[]> xmls) {
    List<Resource> resources = new ArrayList<>();
    for (int i = 0; i < xmls.size(); i++) {
      Resource resource =
          ResourceFactory.newInputStreamResource(new ByteArrayInputStream(xmls.get(i)), "UTF-8");
      resource.setSourcePath("model-" + i + ".dmn");
      resources.add(resource);
    }
    DMNRuntime runtime;
    try {
      runtime =
          DMNRuntimeBuilder.fromDefaults()
              .buildConfiguration()
              .fromResources(resources)
              .getOrElseThrow(e -> new IllegalStateException(String.valueOf(e.getMessage()), e));
    } catch (RuntimeException | StackOverflowError e) {
      throw new InvalidModelException(
          List.of(new Finding(file, "", "cannot be read as DMN: " + reason(e))));
    }
    DMNModel model =
        runtime.getModels().stream()
            .filter(m -> "model-0.dmn".equals(m.getResource().getSourcePath()))
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidModelException(
                        List.of(new Finding(file, "", "cannot be read as DMN"))));
    if (runtime instanceof DMNRuntimeImpl implementation) {
      implementation.setOption(new RuntimeTypeCheckOption(true));
      implementation.setOption(new RuntimeModeOption(RuntimeModeOption.MODE.STRICT));
    }
    return new KieModel(file, runtime, model);
  }

  private static String reason(Throwable e) {
    Throwable deepest = e;
    while (deepest.getCause() != null && deepest.getCause() != deepest) {
      deepest = deepest.getCause();
    }
    String message = String.valueOf(deepest.getMessage());
    return message.length() > 300 ? message.substring(0, 300) + " …" : message;
  }

  String file() {
    return file;
  }

  String name() {
    return model.getName();
  }

  DMNModel model() {
    return model;
  }

  FeelParser parser() {
    return parser;
  }

  // ---------------------------------------------------------------- what the model holds

  private Definitions definitions() {
    return model.getDefinitions();
  }

  private static int line(@Nullable DMNModelInstrumentedBase element) {
    return element == null || element.getLocation() == null
        ? 0
        : element.getLocation().getLineNumber();
  }

  List<ModelInput> inputs() {
    return model.getInputs().stream()
        .filter(this::isOwn)
        .sorted(Comparator.comparingInt(i -> position(i.getName())))
        .map(i -> new ModelInput(i.getName(), feelName(i.getType()), allowed(i.getType())))
        .toList();
  }

  private boolean isOwn(DMNNode node) {
    return Objects.equals(node.getModelNamespace(), model.getNamespace());
  }

  private int position(String name) {
    int at = 0;
    for (var element : definitions().getDrgElement()) {
      if (Objects.equals(element.getName(), name)) {
        return at;
      }
      at++;
    }
    return at;
  }

  List<String> decisions() {
    return model.getDecisions().stream()
        .filter(this::isOwn)
        .map(DMNNode::getName)
        .sorted(Comparator.comparingInt(this::position))
        .toList();
  }

  DecisionNodeImpl decision(String name) {
    if (model.getDecisionByName(name) instanceof DecisionNodeImpl node) {
      return node;
    }
    throw new IllegalArgumentException(file + " has no decision called " + name);
  }

  List<String> inputsOf(String decision) {
    decision(decision);
    return Objects.requireNonNull(needed.get(decision)).stream().map(DMNNode::getName).toList();
  }

  Set<String> requiredDecisions(String decision) {
    Set<String> names = new LinkedHashSet<>();
    for (DMNNode node : decision(decision).getDependencies().values()) {
      if (node instanceof DecisionNode) {
        names.add(node.getName());
      }
    }
    return names;
  }

  private static List<InputDataNode> inputsBelow(DMNNode node) {
    Map<String, InputDataNode> found = new LinkedHashMap<>();
    collect(node, found, new LinkedHashSet<>());
    return List.copyOf(found.values());
  }

  private static void collect(
      DMNNode node, Map<String, InputDataNode> found, Set<DMNNode> visited) {
    if (!visited.add(node)) {
      return;
    }
    if (node instanceof org.kie.dmn.core.ast.DMNBaseNode base) {
      for (DMNNode below : base.getDependencies().values()) {
        if (below instanceof InputDataNode input) {
          found.putIfAbsent(input.getName(), input);
        }
        collect(below, found, visited);
      }
    }
  }

  static Type feelType(@Nullable DMNType type) {
    return type instanceof BaseDMNTypeImpl base && base.getFeelType() != null
        ? base.getFeelType()
        : BuiltInType.UNKNOWN;
  }

  private static String feelName(@Nullable DMNType type) {
    if (type == null) {
      return "Any";
    }
    DMNType base = type;
    while (base.getBaseType() != null) {
      base = base.getBaseType();
    }
    String name = base.isComposite() ? "context" : base.getName();
    return type.isCollection() && !name.equals("unknown")
        ? "list<" + name + ">"
        : name.equals("unknown") || name.equals("any") ? "Any" : name;
  }

  private static List<String> allowed(@Nullable DMNType type) {
    return type == null
        ? List.of()
        : type.getAllowedValues().stream().map(Object::toString).toList();
  }

  /** A table with the element it stands in. */
  record OwnedTable(String owner, DecisionTable table) {}

  List<OwnedTable> ownedTables() {
    List<OwnedTable> found = new ArrayList<>();
    for (var element : definitions().getDrgElement()) {
      for (DecisionTable table : below(element, DecisionTable.class)) {
        found.add(new OwnedTable(String.valueOf(element.getName()), table));
      }
    }
    return found;
  }

  private static <T> List<T> below(DMNModelInstrumentedBase element, Class<T> type) {
    List<T> found = new ArrayList<>();
    for (DMNModelInstrumentedBase child : element.getChildren()) {
      if (type.isInstance(child)) {
        found.add(type.cast(child));
      }
      found.addAll(below(child, type));
    }
    return found;
  }

  List<ModelTable> tables() {
    return ownedTables().stream().map(t -> describe(t.owner(), t.table())).toList();
  }

  private static ModelTable describe(String owner, DecisionTable table) {
    List<ModelTable.InputColumn> inputs = new ArrayList<>();
    for (InputClause input : table.getInput()) {
      LiteralExpression expression = input.getInputExpression();
      inputs.add(
          new ModelTable.InputColumn(
              text(expression),
              orEmpty(input.getLabel()),
              expression == null || expression.getTypeRef() == null
                  ? ""
                  : expression.getTypeRef().getLocalPart(),
              text(input.getInputValues())));
    }
    List<ModelTable.OutputColumn> outputs = new ArrayList<>();
    for (OutputClause output : table.getOutput()) {
      outputs.add(
          new ModelTable.OutputColumn(
              orEmpty(output.getName()),
              orEmpty(output.getLabel()),
              output.getTypeRef() == null ? "" : output.getTypeRef().getLocalPart(),
              text(output.getOutputValues()),
              text(output.getDefaultOutputEntry())));
    }
    List<ModelTable.Row> rows = new ArrayList<>();
    for (DecisionRule rule : table.getRule()) {
      int index = rows.size() + 1;
      rows.add(
          new ModelTable.Row(
              index,
              ruleId(rule, index),
              rule.getId() != null && !rule.getId().isBlank(),
              orEmpty(rule.getLabel()),
              orEmpty(rule.getDescription()),
              rule.getInputEntry().stream().map(KieModel::text).toList(),
              rule.getOutputEntry().stream().map(KieModel::text).toList(),
              rule.getAnnotationEntry() == null
                  ? List.of()
                  : rule.getAnnotationEntry().stream().map(a -> orEmpty(a.getText())).toList()));
    }
    return new ModelTable(
        owner,
        hitPolicy(table),
        inputs,
        outputs,
        table.getAnnotation() == null
            ? List.of()
            : table.getAnnotation().stream().map(a -> orEmpty(a.getName())).toList(),
        rows);
  }

  static String hitPolicy(DecisionTable table) {
    return table.getHitPolicy().value()
        + (table.getAggregation() == null ? "" : " " + table.getAggregation().value());
  }

  static String ruleId(DecisionRule rule, int index) {
    if (rule.getId() != null && !rule.getId().isBlank()) {
      return rule.getId();
    }
    return rule.getLabel() == null || rule.getLabel().isBlank() ? "row " + index : rule.getLabel();
  }

  static String text(@Nullable UnaryTests tests) {
    return tests == null ? "" : orEmpty(tests.getText());
  }

  static String text(@Nullable LiteralExpression expression) {
    return expression == null ? "" : orEmpty(expression.getText());
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  // ---------------------------------------------------------------- what is wrong with it

  /** The names a decision's expressions may use, with their types, as KIE compiled them. */
  static Map<String, Type> namesOf(DMNNode node) {
    Map<String, Type> names = new LinkedHashMap<>();
    if (node instanceof org.kie.dmn.core.ast.DMNBaseNode base) {
      for (DMNNode dependency : base.getDependencies().values()) {
        names.put(
            dependency.getName(),
            switch (dependency) {
              case InputDataNode i -> feelType(i.getType());
              case DecisionNode d -> feelType(d.getResultType());
              case BusinessKnowledgeModelNode b -> feelType(b.getResultType());
              default -> BuiltInType.UNKNOWN;
            });
      }
    }
    return names;
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    Set<String> placed = new LinkedHashSet<>();
    for (DecisionNode decision : model.getDecisions()) {
      if (isOwn(decision)
          && decision.getDecision().getExpression() instanceof DecisionTable table) {
        int before = findings.size();
        cells(decision.getName(), table, namesOf(decision), findings);
        if (findings.size() > before) {
          placed.add(decision.getName());
        }
      }
    }
    for (String decision : decisions()) {
      doubt(decision).ifPresent(why -> findings.add(new Finding(file, decision, why)));
    }
    for (DMNMessage message : model.getMessages(DMNMessage.Severity.ERROR)) {
      String where = where(message);
      if (placed.stream().noneMatch(p -> where.equals(p) || where.startsWith(p + "!"))) {
        findings.add(new Finding(file, where, message.getText()));
      }
    }
    return findings;
  }

  private void cells(
      String owner, DecisionTable table, Map<String, Type> names, List<Finding> findings) {
    for (int i = 0; i < table.getInput().size(); i++) {
      String text = text(table.getInput().get(i).getInputExpression());
      wrong(parser.expression(text, names), Cell.inputExpression(owner, i), findings);
    }
    Map<String, Type> within = new LinkedHashMap<>(names);
    within.put("?", BuiltInType.UNKNOWN);
    for (int r = 0; r < table.getRule().size(); r++) {
      DecisionRule rule = table.getRule().get(r);
      for (int i = 0; i < rule.getInputEntry().size(); i++) {
        String text = text(rule.getInputEntry().get(i));
        String cell = Cell.input(owner, r, i);
        if (text.isEmpty()) {
          findings.add(new Finding(file, cell, "an empty test; write - for any value"));
        } else {
          wrong(parser.unaryTests(text, within), cell, findings);
        }
      }
      for (int o = 0; o < rule.getOutputEntry().size(); o++) {
        String text = text(rule.getOutputEntry().get(o));
        if (!text.isEmpty()) {
          wrong(parser.expression(text, names), Cell.output(owner, r, o), findings);
        }
      }
    }
  }

  private void wrong(FeelParser.Parsed parsed, String cell, List<Finding> findings) {
    if (parsed instanceof FeelParser.Parsed.Wrong wrong) {
      findings.add(new Finding(file, cell, String.join("; ", wrong.messages())));
    }
  }

  private static String where(DMNMessage message) {
    Object source = message.getSourceReference();
    int line = source instanceof DMNModelInstrumentedBase element ? line(element) : 0;
    Object at = source;
    while (at instanceof DMNModelInstrumentedBase element) {
      if (at instanceof NamedElement named && !(at instanceof Definitions)) {
        return String.valueOf(named.getName());
      }
      at = element.getParent();
    }
    return line > 0
        ? "line " + line
        : source instanceof DMNElement element && element.getId() != null ? element.getId() : "";
  }

  // ---------------------------------------------------------------- running it

  Evaluation evaluate(String decision, Map<String, ? extends @Nullable Object> inputs) {
    decision(decision);
    DMNContext context = runtime.newContext();
    List<String> missing = new ArrayList<>();
    for (InputDataNode input : Objects.requireNonNull(needed.get(decision))) {
      Object value = Values.canonical(inputs.get(input.getName()));
      context.set(input.getName(), value);
      if (value == null) {
        missing.add(input.getName());
      }
    }
    List<TableHits> hits = new ArrayList<>();
    collecting.set(hits);
    DMNResult result;
    try {
      result = runtime.evaluateByName(model, context, decision);
    } finally {
      collecting.remove();
    }
    return new Evaluation(decision, outcome(decision, result), hits, missing);
  }

  /** The names of the decision services, in the order of the file. */
  List<String> services() {
    return model.getDecisionServices().stream().map(DecisionServiceNode::getName).toList();
  }

  /** Asks a decision service: its outputs' value, or a map of them where it has several. */
  Outcome evaluateService(String service, Map<String, ? extends @Nullable Object> inputs) {
    DecisionServiceNode node =
        model.getDecisionServices().stream()
            .filter(s -> s.getName().equals(service))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("there is no decision service " + service));
    DMNContext context = runtime.newContext();
    inputs.forEach((name, value) -> context.set(name, Values.canonical(value)));
    DMNResult result = runtime.evaluateDecisionService(model, context, service);
    Map<String, @Nullable Object> outputs = new LinkedHashMap<>();
    for (var output : node.getDecisionService().getOutputDecision()) {
      String id = output.getHref().substring(output.getHref().indexOf('#') + 1);
      DMNDecisionResult one = result.getDecisionResultById(id);
      if (one == null || one.getEvaluationStatus() != DecisionEvaluationStatus.SUCCEEDED) {
        return failure(result);
      }
      outputs.put(one.getDecisionName(), one.getResult());
    }
    return new Outcome.Value(outputs.size() == 1 ? outputs.values().iterator().next() : outputs);
  }

  private static final Pattern TEST_AS_VALUE =
      Pattern.compile("\\(\\s*!?=[^()]*\\)\\s*!?=|!?=\\s*\\(\\s*!?=");

  /**
   * Why a decision is refused although it can be interpreted: it compares tests such as {@code
   * (=10)} as values, which the interpreter gets wrong.
   */
  Optional<String> doubt(String decision) {
    DMNElement logic = decision(decision).getDecision();
    return texts(logic, new ArrayList<>()).stream()
        .map(text -> text.replaceAll("\"(\\\\.|[^\"\\\\])*\"", "\"\""))
        .filter(text -> TEST_AS_VALUE.matcher(text).find())
        .findFirst()
        .map(
            text ->
                "compares a test such as (=10) as a value, which is not answered as the standard says: "
                    + text.strip());
  }

  private static final Pattern REPEATS =
      Pattern.compile("\\b(for|some|every|function|matches|replace|split|sort)\\b");

  /**
   * Whether interpreting may take long: something is repeated, searched for by a pattern, or built
   * of functions that invoke functions. Anything else takes as long as the model is large.
   */
  boolean mayGoOn() {
    boolean nested =
        model.getBusinessKnowledgeModels().stream()
            .flatMap(
                knowledge ->
                    ((org.kie.dmn.core.ast.DMNBaseNode) knowledge)
                        .getDependencies().values().stream())
            .anyMatch(BusinessKnowledgeModelNode.class::isInstance);
    boolean functions =
        model.getBusinessKnowledgeModels().stream()
            .anyMatch(
                knowledge ->
                    texts(
                            ((org.kie.dmn.core.ast.BusinessKnowledgeModelNodeImpl) knowledge)
                                .getBusinessKnowledModel(),
                            new ArrayList<>())
                        .stream()
                        .anyMatch(text -> text.contains(knowledge.getName())));
    boolean boxed =
        below(definitions(), DMNElement.class).stream()
            .anyMatch(
                element ->
                    element instanceof org.kie.dmn.model.api.Iterator
                        || element instanceof org.kie.dmn.model.api.Filter
                        || (element instanceof org.kie.dmn.model.api.FunctionDefinition
                            && !(element.getParent()
                                instanceof org.kie.dmn.model.api.BusinessKnowledgeModel)));
    return nested
        || functions
        || boxed
        || !definitions().getImport().isEmpty()
        || Stream.concat(
                texts(definitions(), new ArrayList<>()).stream(),
                below(definitions(), UnaryTests.class).stream().map(KieModel::text))
            .map(text -> text.replaceAll("\"(\\\\.|[^\"\\\\])*\"", "\"\""))
            .anyMatch(text -> REPEATS.matcher(text).find());
  }

  private static List<String> texts(DMNModelInstrumentedBase element, List<String> found) {
    if (element instanceof LiteralExpression literal) {
      found.add(text(literal));
    }
    element.getChildren().forEach(child -> texts(child, found));
    return found;
  }

  private static Outcome failure(DMNResult result) {
    List<String> messages =
        result.getMessages(DMNMessage.Severity.ERROR).stream()
            .map(DMNMessage::getText)
            .distinct()
            .toList();
    return new Outcome.Failure(
        messages.isEmpty() ? List.of("the decision could not be made") : messages);
  }

  private static Outcome outcome(String decision, DMNResult result) {
    DMNDecisionResult own = result.getDecisionResultByName(decision);
    if (own != null && own.getEvaluationStatus() == DecisionEvaluationStatus.SUCCEEDED) {
      return new Outcome.Value(own.getResult());
    }
    return failure(result);
  }

  private final class Listening implements DMNRuntimeEventListener {
    @Override
    public void afterEvaluateDecisionTable(AfterEvaluateDecisionTableEvent event) {
      List<TableHits> hits = collecting.get();
      if (hits == null) {
        return;
      }
      Map<Integer, Hit> known = rules.getOrDefault(event.getNodeName(), Map.of());
      hits.add(
          new TableHits(
              event.getNodeName(),
              hits(event.getMatches(), known),
              hits(event.getSelected(), known)));
    }

    private List<Hit> hits(@Nullable List<Integer> rows, Map<Integer, Hit> known) {
      if (rows == null || rows.isEmpty()) {
        return List.of();
      }
      if (rows.size() == 1) {
        return List.of(hit(rows.getFirst(), known));
      }
      List<Hit> hits = new ArrayList<>(rows.size());
      for (Integer row : rows) {
        hits.add(hit(row, known));
      }
      return hits;
    }

    private Hit hit(Integer row, Map<Integer, Hit> known) {
      Hit hit = known.get(row);
      return hit == null ? new Hit(row, "row " + row) : hit;
    }
  }
}
