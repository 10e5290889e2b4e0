package org.dandang.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.dandang.engine.DecisionPlan.Gathering;
import org.dandang.engine.DecisionPlan.OutputPlan;
import org.dandang.engine.DecisionPlan.RowPlan;
import org.dandang.engine.FeelTranslation.Meaning;
import org.dandang.engine.InputTypes.InputColumn;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.api.core.DMNType;
import org.kie.dmn.api.core.ast.DMNNode;
import org.kie.dmn.api.core.ast.InputDataNode;
import org.kie.dmn.core.ast.BusinessKnowledgeModelNodeImpl;
import org.kie.dmn.core.ast.DecisionNodeImpl;
import org.kie.dmn.core.compiler.DMNEvaluatorCompiler;
import org.kie.dmn.core.impl.BaseDMNTypeImpl;
import org.kie.dmn.core.impl.DMNModelImpl;
import org.kie.dmn.feel.lang.Type;
import org.kie.dmn.feel.lang.ast.BaseNode;
import org.kie.dmn.feel.lang.types.AliasFEELType;
import org.kie.dmn.feel.lang.types.BuiltInType;
import org.kie.dmn.feel.util.StringEvalHelper;
import org.kie.dmn.model.api.DecisionRule;
import org.kie.dmn.model.api.DecisionTable;
import org.kie.dmn.model.api.Expression;
import org.kie.dmn.model.api.HitPolicy;
import org.kie.dmn.model.api.InputClause;
import org.kie.dmn.model.api.ItemDefinition;
import org.kie.dmn.model.api.LiteralExpression;
import org.kie.dmn.model.api.OutputClause;

/** Compiles a decision and those it requires, or says of every construct why it cannot. */
final class Compiler {
  private static final int MOST_COLLECTED_ROWS = 500;
  static final int MOST_TOLD_APART = 1_000;

  /** Ends compiling where each reason has been noted already. */
  private static final RefusedException ALREADY_REFUSED = new RefusedException("", "");

  private final KieModel model;
  private final InputTypes types;
  private final List<Refusal> refusals = new ArrayList<>();
  private final Map<String, DecisionPlan> plans = new LinkedHashMap<>();
  private final Map<String, InputColumn> inputs = new LinkedHashMap<>();
  private final Map<String, TableShape> shapes = new LinkedHashMap<>();
  private final BoxedLogic boxed = new BoxedLogic(this);

  /**
   * What a table or expression belongs to.
   *
   * @param result the type its outcome must have; null for any
   * @param types of the names it may use
   * @param inputs types of the inputs among them
   */
  record Place(
      String name,
      @Nullable DMNType result,
      Map<String, Type> types,
      Map<String, DMNType> inputs) {}

  Compiler(KieModel model, InputTypes types) {
    this.model = model;
    this.types = types;
  }

  Compilation compile(String decision) {
    DecisionNodeImpl node = model.decision(decision);
    try {
      require(node, new LinkedHashSet<>());
      plans.computeIfPresent(node.getName(), (name, plan) -> plan.shown());
    } catch (RefusedException e) {
      if (e != ALREADY_REFUSED) {
        refusals.add(e.at(decision));
      }
    } catch (StackOverflowError e) {
      refusals.add(new Refusal(decision, "nesting", "an expression is nested too deep"));
    }
    if (!refusals.isEmpty()) {
      return new Compilation.NotCompilable(List.copyOf(new LinkedHashSet<>(refusals)));
    }
    return new Compiled(
        model.file(), decision, List.copyOf(plans.values()), List.copyOf(inputs.values()), shapes);
  }

  /** The shape of a table as far as it was understood, for analysis; empty where there is none. */
  Optional<TableShape> shape(String decision) {
    compile(decision);
    return Optional.ofNullable(shapes.get(decision));
  }

  /** The shapes of all tables met while compiling. */
  java.util.Collection<TableShape> shapes() {
    return shapes.values();
  }

  /** All expressions outside tables met while compiling. */
  List<Plan> expressions() {
    List<Plan> found = new ArrayList<>();
    for (DecisionPlan plan : plans.values()) {
      if (plan.logic() instanceof DecisionPlan.ExpressionLogic logic) {
        found.add(logic.value());
        found.add(logic.failure());
      }
    }
    return found;
  }

  private void require(DecisionNodeImpl node, Set<String> open) {
    if (plans.containsKey(node.getName())) {
      return;
    }
    if (!open.add(node.getName())) {
      throw new RefusedException("circular requirement", "through " + node.getName());
    }
    Map<String, Meaning> names = new LinkedHashMap<>();
    List<Plan> failures = new ArrayList<>();
    for (DMNNode dependency : node.getDependencies().values()) {
      String name = StringEvalHelper.normalizeVariableName(dependency.getName());
      if (!dependency.getModelNamespace().equals(model.model().getNamespace())) {
        throw new RefusedException("import", "of " + dependency.getName());
      }
      switch (dependency) {
        case InputDataNode input -> {
          Meaning meaning = input(input);
          names.put(name, meaning);
          if (meaning instanceof Meaning.One one) {
            failures.add(Plan.not(accepted(input.getType(), one.value(), input.getName())));
          }
        }
        case DecisionNodeImpl required -> {
          require(required, new LinkedHashSet<>(open));
          DecisionPlan plan = plans.get(required.getName());
          if (plan == null) {
            throw new RefusedException("requirement", required.getName() + " is not compiled");
          }
          names.put(name, meaning(plan));
          failures.add(new Plan.Column(plan.failedColumn(), PlanType.TRUTH, false, List.of()));
        }
        case BusinessKnowledgeModelNodeImpl knowledge ->
            names.put(name, boxed.knowledge(knowledge, List.of()));
        default ->
            names.put(
                name,
                new Meaning.Unusable(
                    "decision service", dependency.getName() + " is asked as a function"));
      }
    }
    Place place =
        new Place(
            node.getName(),
            node.getResultType(),
            KieModel.namesOf(node),
            node.getDependencies().values().stream()
                .filter(InputDataNode.class::isInstance)
                .collect(
                    Collectors.toMap(
                        DMNNode::getName, input -> ((InputDataNode) input).getType())));
    Plan failure = Plan.any(failures);
    DecisionPlan plan =
        switch (node.getDecision().getExpression()) {
          case DecisionTable table -> table(place, table, new FeelTranslation(names), failure);
          case null -> throw new RefusedException("no logic", node.getName() + " has none");
          case Expression expression ->
              expression(
                  place,
                  boxed.value(
                      expression,
                      node.getEvaluator(),
                      new BoxedLogic.Scope(node.getName(), names, place.types(), List.of())),
                  failure);
        };
    plans.put(node.getName(), plan);
  }

  // ---------------------------------------------------------------- inputs and types

  private Meaning input(InputDataNode input) {
    String name = input.getName();
    InputColumn column = types.column(name).orElse(null);
    Object constant = types.constants().get(name);
    if (constant != null) {
      return constant(input, constant);
    }
    if (column == null) {
      return new Meaning.Unusable("missing column", "no column for the input " + name);
    }
    if (input.getType() != null
        && (input.getType().isComposite() || isCollection(input.getType()))) {
      return new Meaning.Unusable("structured input", name + " is not a single value");
    }
    PlanType type =
        switch (column.type()) {
          case ColumnType.Whole w -> new PlanType.Number(w.digits(), 0, true);
          case ColumnType.Decimal d when d.precision() <= 34 ->
              new PlanType.Number(d.precision() - d.scale(), d.scale(), true);
          case ColumnType.Text t -> PlanType.TEXT;
          case ColumnType.Enumerated e -> PlanType.TEXT;
          case ColumnType.Truth t -> PlanType.TRUTH;
          case ColumnType.Day d -> PlanType.DAY;
          case ColumnType.Decimal d -> PlanType.NOTHING;
          case ColumnType.Other o -> PlanType.NOTHING;
        };
    if (type instanceof PlanType.Nothing) {
      return new Meaning.Unusable(
          "column type", name + " has a type that does not compile: " + column.type());
    }
    PlanType declared = declared(input.getType());
    if (declared != null && !suits(declared, type)) {
      return new Meaning.Unusable(
          "column type",
          name + " is a " + declared.word() + " but its column holds a " + type.word());
    }
    if (declared == null && KieModel.feelType(input.getType()) != BuiltInType.UNKNOWN) {
      return new Meaning.Unusable(
          "input type", name + " has a type that does not compile: " + input.getType().getName());
    }
    inputs.put(name, column);
    List<String> values = column.type() instanceof ColumnType.Enumerated e ? e.values() : List.of();
    return new Meaning.One(new Plan.Column(name, type, column.nullable(), values));
  }

  private static Meaning constant(InputDataNode input, Object value) {
    Plan plan =
        switch (value) {
          case java.math.BigDecimal n -> Plan.number(n);
          case String s -> Plan.text(s);
          case Boolean b -> Plan.truth(b);
          case java.time.LocalDate d -> Plan.day(d);
          default -> Plan.NULL;
        };
    PlanType declared = declared(input.getType());
    boolean any = KieModel.feelType(input.getType()) == BuiltInType.UNKNOWN;
    if (Plan.isNull(plan) || (!any && (declared == null || !suits(declared, plan.type())))) {
      return new Meaning.Unusable("constant", input.getName() + " is not of its type: " + value);
    }
    return new Meaning.One(plan);
  }

  private static boolean isCollection(DMNType type) {
    return type.isCollection() && KieModel.feelType(type) != BuiltInType.UNKNOWN;
  }

  /** The plan type of a simple FEEL type, null for any other. */
  private static @Nullable PlanType declared(@Nullable DMNType type) {
    return planType(KieModel.feelType(type));
  }

  private static @Nullable PlanType planType(Type type) {
    Type built = type instanceof AliasFEELType alias ? alias.getBuiltInType() : type;
    if (built == BuiltInType.NUMBER) {
      return new PlanType.Number(34, 0, false);
    }
    return built == BuiltInType.STRING
        ? PlanType.TEXT
        : built == BuiltInType.BOOLEAN
            ? PlanType.TRUTH
            : built == BuiltInType.DATE
                ? PlanType.DAY
                : built == BuiltInType.TIME
                    ? new PlanType.Clock(null)
                    : built == BuiltInType.DATE_TIME
                        ? new PlanType.Moment(null)
                        : built == BuiltInType.DURATION
                            ? new PlanType.Days(new PlanType.Number(1, 0, true))
                            : null;
  }

  /** Whether a value is of a declared type: of any offset, and any kind of duration. */
  private static boolean suits(PlanType declared, PlanType type) {
    return switch (declared) {
      case PlanType.Clock c -> type instanceof PlanType.Clock;
      case PlanType.Moment m -> type instanceof PlanType.Moment;
      case PlanType.Days d -> type instanceof PlanType.Days || type instanceof PlanType.Months;
      default -> declared.sameKind(type);
    };
  }

  /**
   * Whether a value is accepted by a type: of its kind, and among the allowed values of the type
   * and of those it is based on. A missing value is accepted by a type without allowed values of
   * its own.
   */
  Plan accepted(@Nullable DMNType type, Plan value, String where) {
    if (type == null || KieModel.feelType(type) == BuiltInType.UNKNOWN) {
      return Plan.TRUE;
    }
    if (type.isComposite() || isCollection(type)) {
      throw new RefusedException("structured type", type.getName() + " of " + where);
    }
    PlanType declared = declared(type);
    if (declared == null) {
      throw new RefusedException("type", type.getName() + " of " + where);
    }
    if (declared instanceof PlanType.Moment && value.type() instanceof PlanType.Day) {
      throw new RefusedException("type", "a date taken for a date and time: " + where);
    }
    if (!Plan.isNull(value) && !suits(declared, value.type())) {
      return Plan.missing(value);
    }
    ItemDefinition definition = definition(type);
    if (definition == null) {
      return Plan.TRUE;
    }
    List<Plan> parts = new ArrayList<>();
    boolean own = false;
    for (var tests :
        List.of(
            Optional.ofNullable(definition.getAllowedValues()),
            Optional.ofNullable(definition.getTypeConstraint()))) {
      String text = tests.map(KieModel::text).orElse("");
      if (!text.isEmpty()) {
        own = true;
        parts.add(allowed(text, value, new FeelTranslation(Map.of())));
      }
    }
    if (type.getBaseType() != null) {
      parts.add(accepted(type.getBaseType(), value, where));
    }
    Plan within = Plan.all(parts);
    return own ? within : Plan.any(List.of(Plan.missing(value), within));
  }

  private @Nullable ItemDefinition definition(DMNType type) {
    if (type.getNamespace() == null || !type.getNamespace().equals(model.model().getNamespace())) {
      if (!type.getAllowedValues().isEmpty()) {
        throw new RefusedException("imported type", type.getName());
      }
      return null;
    }
    if (type instanceof BaseDMNTypeImpl base && base.getBelongingType() != null) {
      ItemDefinition whole = definition(base.getBelongingType());
      return whole == null
          ? null
          : whole.getItemComponent().stream()
              .filter(i -> type.getName().equals(i.getName()))
              .findFirst()
              .orElse(null);
    }
    return model.model().getDefinitions().getItemDefinition().stream()
        .filter(i -> type.getName().equals(i.getName()))
        .findFirst()
        .orElse(null);
  }

  private Plan allowed(String text, Plan value, FeelTranslation translation) {
    Term term = translation.tests(value, tests(text, Map.of("?", BuiltInType.UNKNOWN)));
    if (!Plan.isFalse(term.failure())) {
      throw new RefusedException("allowed values", "that may fail to be tested: " + text);
    }
    return term.value();
  }

  private BaseNode tests(String text, Map<String, Type> names) {
    return tree(model.parser().unaryTests(text, names), text);
  }

  BaseNode expression(String text, Map<String, Type> names) {
    return tree(model.parser().expression(text, names), text);
  }

  private static BaseNode tree(FeelParser.Parsed parsed, String text) {
    return switch (parsed) {
      case FeelParser.Parsed.Tree tree -> tree.node();
      case FeelParser.Parsed.Wrong wrong ->
          throw new RefusedException(
              "expression", text + " cannot be parsed: " + String.join("; ", wrong.messages()));
    };
  }

  private static Meaning meaning(DecisionPlan plan) {
    List<OutputPlan> outputs = plan.logic().outputs();
    if (plan.logic() instanceof DecisionPlan.CollectingLogic collecting
        && collecting.gathering() == Gathering.LIST) {
      return new Meaning.Unusable("list", plan.name() + " is a list");
    }
    if (outputs.size() == 1 && outputs.get(0).name().isEmpty()) {
      return new Meaning.One(
          new Plan.Column(plan.outputColumn(0), outputs.get(0).type(), true, List.of()));
    }
    Map<String, Plan> fields = new LinkedHashMap<>();
    for (int i = 0; i < outputs.size(); i++) {
      fields.put(
          StringEvalHelper.normalizeVariableName(outputs.get(i).name()),
          new Plan.Column(plan.outputColumn(i), outputs.get(i).type(), true, List.of()));
    }
    return new Meaning.Several(fields);
  }

  // ---------------------------------------------------------------- literal expressions

  private DecisionPlan expression(Place place, Term term, Plan failure) {
    shown(term.value());
    Plan rejected = Plan.not(accepted(place.result(), term.value(), place.name()));
    return new DecisionPlan(
        place.name(),
        plans.size(),
        failure,
        new DecisionPlan.ExpressionLogic(
            term.value(), Plan.any(List.of(term.failure(), rejected))));
  }

  /**
   * A knowledge model's table with its parameters known, as a stage before the decision that asks
   * it.
   */
  Term stage(Place place, DecisionTable table, Map<String, Meaning> names) {
    Place unnamed =
        new Place(place.name() + " (" + plans.size() + ")", null, place.types(), Map.of());
    DecisionPlan plan = table(unnamed, table, new FeelTranslation(names), Plan.FALSE);
    plans.put(unnamed.name(), plan);
    Term term =
        switch (meaning(plan)) {
          case Meaning.One one -> Term.sure(one.value());
          case Meaning.Unusable unusable ->
              throw new RefusedException(unusable.construct(), unusable.why());
          default ->
              throw new RefusedException(
                  "context", "as the value of the knowledge model " + place.name());
        };
    return new Term(
        term.value(), new Plan.Column(plan.failedColumn(), PlanType.TRUTH, false, List.of()));
  }

  static void onlyFeel(@Nullable String language) {
    if (language != null && language.toLowerCase(java.util.Locale.ROOT).contains("b-feel")) {
      throw new RefusedException("dialect", "B-FEEL");
    }
  }

  static void shown(Plan value) {
    if (value.type() instanceof PlanType.Shape shape) {
      throw new RefusedException(shape.word(), "as an outcome");
    }
    if (FeelTranslation.holdsQuotient(value)) {
      throw new RefusedException(
          "division", "a quotient is compiled only where it is compared at once");
    }
  }

  // ---------------------------------------------------------------- tables

  private DecisionPlan table(
      Place place, DecisionTable table, FeelTranslation translation, Plan required) {
    String name = place.name();
    if (table.getRule().isEmpty()) {
      throw new RefusedException("empty table", name);
    }
    Map<String, Type> names = place.types();
    Map<String, Type> within = new LinkedHashMap<>(names);
    within.put("?", BuiltInType.UNKNOWN);

    List<Plan> failures = new ArrayList<>(List.of(required));
    List<Plan> subjects = new ArrayList<>();
    List<Plan> domains = new ArrayList<>();
    for (int i = 0; i < table.getInput().size(); i++) {
      InputClause clause = table.getInput().get(i);
      try {
        onlyFeel(clause.getInputExpression().getExpressionLanguage());
        Term subject =
            translation.expression(expression(KieModel.text(clause.getInputExpression()), names));
        failures.add(subject.failure());
        failures.add(Plan.not(allowedByClause(clause, subject.value(), translation, within)));
        subjects.add(subject.value());
        domains.add(domain(place, clause, subject.value(), translation, within));
      } catch (RefusedException e) {
        refusals.add(e.at(Cell.inputExpression(name, i)));
        subjects.add(Plan.NULL);
        domains.add(Plan.TRUE);
      }
    }

    List<List<Plan>> cells = new ArrayList<>();
    List<Plan> conditions = new ArrayList<>();
    for (int r = 0; r < table.getRule().size(); r++) {
      List<Plan> matches = new ArrayList<>();
      Plan before = Plan.TRUE;
      List<org.kie.dmn.model.api.UnaryTests> entries = table.getRule().get(r).getInputEntry();
      for (int i = 0; i < subjects.size(); i++) {
        try {
          Term cell =
              translation.tests(subjects.get(i), tests(KieModel.text(entries.get(i)), within));
          failures.add(Plan.all(List.of(before, cell.failure())));
          matches.add(cell.value());
          before = Plan.all(List.of(before, cell.value()));
        } catch (RefusedException e) {
          refusals.add(e.at(Cell.input(name, r, i)));
          matches.add(TableShape.UNKNOWN);
        }
      }
      cells.add(matches);
      conditions.add(Plan.all(matches));
    }
    String policy = KieModel.hitPolicy(table);
    boolean complete =
        table.getOutput().stream()
            .noneMatch(o -> KieModel.text(o.getDefaultOutputEntry()).isEmpty());
    TableShape shape =
        new TableShape(
            name,
            policy,
            table.getInput().stream().map(i -> KieModel.text(i.getInputExpression())).toList(),
            subjects,
            domains,
            cells,
            complete);
    shapes.put(name, shape);

    Outputs outputs = outputs(place, table, translation, names);
    shape.know(outputs.rows(), outputs.rank());
    if (!refusals.isEmpty()) {
      throw ALREADY_REFUSED;
    }
    Plan failure = Plan.any(failures);
    DecisionPlan.Logic logic =
        switch (policy) {
          case "UNIQUE", "FIRST", "ANY", "PRIORITY" ->
              choosing(place, table, policy, shape, conditions, outputs);
          default -> collecting(place, table, policy, conditions, outputs);
        };
    return new DecisionPlan(name, plans.size(), failure, logic);
  }

  /** The values the table can be asked about. */
  private Plan domain(
      Place place,
      InputClause clause,
      Plan subject,
      FeelTranslation translation,
      Map<String, Type> within) {
    Plan byClause = allowedByClause(clause, subject, translation, within);
    if (subject instanceof Plan.Column column) {
      DMNType type = place.inputs().get(column.name());
      if (type != null) {
        return Plan.all(List.of(byClause, accepted(type, subject, column.name())));
      }
    }
    return byClause;
  }

  private Plan allowedByClause(
      InputClause clause, Plan subject, FeelTranslation translation, Map<String, Type> within) {
    String own = KieModel.text(clause.getInputValues());
    if (!own.isEmpty()) {
      Term term = translation.tests(subject, tests(own, within));
      if (!Plan.isFalse(term.failure())) {
        throw new RefusedException("allowed values", "that may fail to be tested: " + own);
      }
      return term.value();
    }
    if (clause.getInputValues() == null && clause.getInputExpression().getTypeRef() != null) {
      DMNType type = clauseType(clause);
      ItemDefinition definition = type == null ? null : definition(type);
      if (definition != null && !KieModel.text(definition.getAllowedValues()).isEmpty()) {
        return allowed(
            KieModel.text(definition.getAllowedValues()), subject, new FeelTranslation(Map.of()));
      }
    }
    return Plan.TRUE;
  }

  private @Nullable DMNType clauseType(InputClause clause) {
    var reference = clause.getInputExpression().getTypeRef();
    if (reference == null || !(model.model() instanceof DMNModelImpl implementation)) {
      return null;
    }
    var resolved =
        org.kie.dmn.core.util.NamespaceUtil.getNamespaceAndName(
            clause.getInputExpression(),
            implementation.getImportAliasesForNS(),
            reference,
            implementation.getNamespace());
    return implementation
        .getTypeRegistry()
        .resolveType(resolved.getNamespaceURI(), resolved.getLocalPart());
  }

  /**
   * A table's output entries.
   *
   * @param rows the values by row and column
   * @param invalid where a row's outputs fail or are not allowed, which is an error when it matches
   */
  private record Outputs(
      List<OutputPlan> columns,
      List<List<Plan>> rows,
      List<Plan> invalid,
      List<Integer> rank,
      @Nullable List<Plan> defaults) {}

  private Outputs outputs(
      Place place, DecisionTable table, FeelTranslation translation, Map<String, Type> names) {
    String name = place.name();
    List<List<Plan>> rows = new ArrayList<>();
    List<List<Plan>> invalid = new ArrayList<>();
    boolean single =
        table.getHitPolicy() == HitPolicy.UNIQUE || table.getHitPolicy() == HitPolicy.FIRST;
    for (int r = 0; r < table.getRule().size(); r++) {
      List<Plan> row = new ArrayList<>();
      List<Plan> wrong = new ArrayList<>();
      List<LiteralExpression> entries = table.getRule().get(r).getOutputEntry();
      for (int o = 0; o < entries.size(); o++) {
        try {
          Term term = output(KieModel.text(entries.get(o)), translation, names);
          if (!single) {
            constant(term, KieModel.text(entries.get(o)));
          }
          row.add(term.value());
          wrong.add(term.failure());
        } catch (RefusedException e) {
          refusals.add(e.at(Cell.output(name, r, o)));
          row.add(Plan.NULL);
        }
      }
      rows.add(row);
      invalid.add(wrong);
    }
    List<OutputPlan> columns = new ArrayList<>();
    List<Plan> defaults = new ArrayList<>();
    List<List<@Nullable Integer>> ranks = new ArrayList<>();
    boolean allDefaults = true;
    for (int o = 0; o < table.getOutput().size(); o++) {
      OutputClause clause = table.getOutput().get(o);
      int column = o;
      List<Plan> values = rows.stream().map(r -> r.get(column)).toList();
      try {
        String byDefault = KieModel.text(clause.getDefaultOutputEntry());
        allDefaults &= !byDefault.isEmpty();
        if (!byDefault.isEmpty()) {
          defaults.add(constant(output(byDefault, translation, names), byDefault));
        }
        PlanType type = PlanType.NOTHING;
        for (Plan value : values) {
          type = FeelTranslation.common(typed(type), value);
        }
        if (!byDefault.isEmpty()) {
          type = FeelTranslation.common(typed(type), defaults.get(defaults.size() - 1));
        }
        String outputName = table.getOutput().size() == 1 ? "" : String.valueOf(clause.getName());
        columns.add(new OutputPlan(outputName, type));
        check(table, clause, values, ranks, invalid);
      } catch (RefusedException e) {
        refusals.add(e.at(Cell.outputColumn(name, o)));
        columns.add(new OutputPlan("", PlanType.NOTHING));
      }
    }
    return new Outputs(
        columns,
        rows,
        invalid.stream().map(Plan::any).toList(),
        rank(rows.size(), ranks),
        allDefaults ? defaults : null);
  }

  /** A stand-in value of a type, to find the type common to several. */
  private static Plan typed(PlanType type) {
    return type instanceof PlanType.Nothing
        ? Plan.NULL
        : new Plan.Column("", type, true, List.of());
  }

  private Term output(String text, FeelTranslation translation, Map<String, Type> names) {
    if (text.isEmpty()) {
      return Term.sure(Plan.NULL);
    }
    Term term = translation.expression(expression(text, names));
    shown(term.value());
    return term;
  }

  private static Plan constant(Term term, String text) {
    if (!(term.value() instanceof Plan.Constant) || !Plan.isFalse(term.failure())) {
      throw new RefusedException("computed output", text + " is not a constant");
    }
    return term.value();
  }

  private void check(
      DecisionTable table,
      OutputClause clause,
      List<Plan> values,
      List<List<@Nullable Integer>> ranks,
      List<List<Plan>> invalid) {
    if (!(model.model() instanceof DMNModelImpl implementation)) {
      throw new RefusedException("model", "of an unknown kind");
    }
    BaseDMNTypeImpl type = DMNEvaluatorCompiler.inferTypeRef(implementation, table, clause);
    // A row of a table that gathers a list has an element of it.
    DMNType element = type.isCollection() && type.getBaseType() != null ? type.getBaseType() : type;
    PlanType declared = declared(element);
    boolean any = KieModel.feelType(type) == BuiltInType.UNKNOWN;
    if (declared == null && !any) {
      throw new RefusedException("output type", type.getName());
    }
    String text = KieModel.text(clause.getOutputValues());
    if (text.isEmpty() && !any) {
      ItemDefinition definition = definition(type);
      text = definition == null ? "" : KieModel.text(definition.getAllowedValues());
    }
    List<@Nullable Integer> rank = new ArrayList<>();
    for (int r = 0; r < values.size(); r++) {
      Plan value = values.get(r);
      boolean kind =
          any || Plan.isNull(value) || (declared != null && suits(declared, value.type()));
      if (!(value instanceof Plan.Constant)) {
        invalid.get(r).add(kind ? Plan.FALSE : Plan.not(Plan.missing(value)));
        if (!text.isEmpty()) {
          invalid.get(r).add(Plan.not(allowed(text, value, new FeelTranslation(Map.of()))));
        }
        rank.add(null);
        continue;
      }
      Integer place = text.isEmpty() ? Integer.valueOf(0) : place(text, value);
      invalid.get(r).add(Plan.truth(!kind || place == null));
      rank.add(place);
    }
    if (!text.isEmpty()) {
      ranks.add(rank);
    }
  }

  /** Which of the allowed outputs, in their order, a constant is; null if none. */
  private @Nullable Integer place(String text, Plan value) {
    BaseNode node = tests(text, Map.of("?", BuiltInType.UNKNOWN));
    if (!(node instanceof org.kie.dmn.feel.lang.ast.UnaryTestListNode list) || list.isNegated()) {
      throw new RefusedException("allowed values", "of an output that are not a plain list");
    }
    for (int i = 0; i < list.getElements().size(); i++) {
      var single =
          new org.kie.dmn.feel.lang.ast.UnaryTestListNode(
              List.of(list.getElements().get(i)),
              org.kie.dmn.feel.lang.ast.UnaryTestListNode.State.Positive);
      Term term = new FeelTranslation(Map.of()).tests(value, single);
      if (!(term.value() instanceof Plan.Constant) || !Plan.isFalse(term.failure())) {
        throw new RefusedException("allowed values", "of an output that cannot be told in advance");
      }
      if (Plan.isTrue(term.value())) {
        return i;
      }
    }
    return null;
  }

  /** The rows' indexes (from 0) in the order of priority. */
  private static List<Integer> rank(int rows, List<List<@Nullable Integer>> ranks) {
    Comparator<Integer> order = (a, b) -> 0;
    for (List<@Nullable Integer> rank : ranks) {
      order =
          order.thenComparing(
              r -> {
                Integer place = rank.get(r);
                return place == null ? Integer.MAX_VALUE : place;
              });
    }
    List<Integer> sorted = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      sorted.add(r);
    }
    sorted.sort(order);
    return sorted;
  }

  private DecisionPlan.Logic choosing(
      Place place,
      DecisionTable table,
      String policy,
      TableShape shape,
      List<Plan> conditions,
      Outputs outputs) {
    if ((policy.equals("UNIQUE") || policy.equals("ANY")) && conditions.size() > MOST_TOLD_APART) {
      throw new RefusedException(
          "hit policy " + policy, "of more than " + MOST_TOLD_APART + " rows");
    }
    List<Integer> order = new ArrayList<>();
    if (policy.equals("PRIORITY")) {
      order.addAll(outputs.rank());
    } else {
      for (int r = 0; r < conditions.size(); r++) {
        order.add(r);
      }
    }
    List<RowPlan> rows = new ArrayList<>();
    Set<Integer> decided = new LinkedHashSet<>();
    for (int row : order) {
      decided.add(row);
      Set<Integer> conflicts = new TreeSet<>();
      for (int other = 0; other < conditions.size(); other++) {
        boolean clashes =
            switch (policy) {
              case "UNIQUE" -> true;
              case "ANY" ->
                  Plan.isTrue(outputs.invalid().get(other))
                      || !sameOutputs(outputs.rows(), row, other);
              case "PRIORITY" -> Plan.isTrue(outputs.invalid().get(other));
              default -> false;
            };
        if (clashes && !decided.contains(other) && !shape.disjoint(row, other)) {
          conflicts.add(other + 1);
        }
      }
      DecisionRule rule = table.getRule().get(row);
      Plan rejected =
          Plan.any(
              List.of(
                  outputs.invalid().get(row),
                  rejected(place.result(), outputs.columns(), outputs.rows().get(row))));
      rows.add(
          new RowPlan(
              row + 1,
              KieModel.ruleId(rule, row + 1),
              conditions.get(row),
              conflicts,
              outputs.rows().get(row),
              rejected));
    }
    // Without a match there is a single null, even where a match gives several values.
    List<Plan> none = outputs.defaults() == null ? List.of() : outputs.defaults();
    boolean noneFails =
        none.isEmpty()
            ? noneRejected(place.result())
            : Plan.isTrue(rejected(place.result(), outputs.columns(), none));
    return new DecisionPlan.ChoosingLogic(rows, none, noneFails, outputs.columns());
  }

  private boolean noneRejected(@Nullable DMNType type) {
    if (type != null && type.isComposite()) {
      return !type.getAllowedValues().isEmpty();
    }
    return !Plan.isTrue(accepted(type, Plan.NULL, "the outcome"));
  }

  /** Compared as KIE does: 1 and 1.0 are different outputs. */
  private static boolean sameOutputs(List<List<Plan>> rows, int left, int right) {
    List<Plan> l = rows.get(left);
    List<Plan> r = rows.get(right);
    for (int i = 0; i < l.size(); i++) {
      if (!(l.get(i) instanceof Plan.Constant a)
          || !(r.get(i) instanceof Plan.Constant b)
          || !java.util.Objects.equals(a.value(), b.value())) {
        return false;
      }
    }
    return true;
  }

  /** Where the decision's own type rejects these values. */
  private Plan rejected(@Nullable DMNType type, List<OutputPlan> columns, List<Plan> values) {
    if (type == null || KieModel.feelType(type) == BuiltInType.UNKNOWN) {
      return Plan.FALSE;
    }
    if (columns.size() == 1) {
      return Plan.not(accepted(type, values.get(0), "the outcome"));
    }
    if (!type.isComposite()
        || type.isCollection()
        || type.getBaseType() != null
        || !type.getAllowedValues().isEmpty()) {
      throw new RefusedException(
          "output type", type.getName() + " of a table with several outputs");
    }
    return fieldsRejected(type, columns, values);
  }

  private Plan fieldsRejected(DMNType type, List<OutputPlan> columns, List<Plan> values) {
    List<Plan> wrong = new ArrayList<>();
    for (Map.Entry<String, DMNType> field : type.getFields().entrySet()) {
      int at = -1;
      for (int i = 0; i < columns.size(); i++) {
        if (columns.get(i).name().equals(field.getKey())) {
          at = i;
        }
      }
      wrong.add(
          at < 0
              ? Plan.TRUE
              : Plan.not(accepted(field.getValue(), values.get(at), field.getKey())));
    }
    return Plan.any(wrong);
  }

  private DecisionPlan.Logic collecting(
      Place place, DecisionTable table, String policy, List<Plan> conditions, Outputs outputs) {
    String construct = "hit policy " + policy;
    if (conditions.size() > MOST_COLLECTED_ROWS) {
      throw new RefusedException(construct, "of more than " + MOST_COLLECTED_ROWS + " rows");
    }
    if (outputs.columns().size() != 1 && !policy.equals("COLLECT") && !policy.endsWith("ORDER")) {
      throw new RefusedException(construct, "with several outputs");
    }
    Gathering gathering =
        switch (policy) {
          case "RULE ORDER", "OUTPUT ORDER", "COLLECT" -> Gathering.LIST;
          case "COLLECT SUM" -> Gathering.SUM;
          case "COLLECT COUNT" -> Gathering.COUNT;
          case "COLLECT MIN" -> Gathering.LEAST;
          case "COLLECT MAX" -> Gathering.GREATEST;
          default -> throw new RefusedException(construct, "is not known");
        };
    DMNType type = place.result();
    boolean any = type == null || KieModel.feelType(type) == BuiltInType.UNKNOWN;
    if (gathering == Gathering.LIST) {
      if (type != null && !any && !isCollection(type)) {
        throw new RefusedException(construct, "of a decision whose type is not a list");
      }
    } else if (!any && !(declared(type) instanceof PlanType.Number)) {
      throw new RefusedException(construct, "of a decision that is not a number");
    }
    PlanType output = outputs.columns().get(0).type();
    boolean counts = gathering == Gathering.COUNT;
    for (List<Plan> row : outputs.rows()) {
      if (gathering != Gathering.LIST
          && !counts
          && !(row.get(0).type() instanceof PlanType.Number)) {
        throw new RefusedException(construct, "of outputs that are not all numbers");
      }
    }
    PlanType result = PlanType.TEXT;
    if (counts) {
      result = new PlanType.Number(4, 0, true);
    } else if (output instanceof PlanType.Number n && gathering != Gathering.LIST) {
      int more = gathering == Gathering.SUM ? 3 : 0;
      result = new PlanType.Number(n.whole() + more, n.scale(), false);
      if (n.digits() + more > 34) {
        throw new RefusedException(construct, "needs more than 34 digits");
      }
    }
    Plan stand = new Plan.Column("", result, true, List.of());
    if (!any && gathering != Gathering.LIST && !Plan.isTrue(accepted(type, stand, place.name()))) {
      throw new RefusedException(construct, "of a decision with allowed values");
    }
    List<RowPlan> rows = new ArrayList<>();
    for (int r : policy.equals("OUTPUT ORDER") ? outputs.rank() : inOrder(conditions.size())) {
      List<Plan> values = outputs.rows().get(r);
      Plan rejected = outputs.invalid().get(r);
      if (gathering == Gathering.LIST && type != null && !any) {
        rejected = Plan.any(List.of(rejected, elementRejected(type, outputs.columns(), values)));
      }
      rows.add(
          new RowPlan(
              r + 1,
              KieModel.ruleId(table.getRule().get(r), r + 1),
              conditions.get(r),
              Set.of(),
              values.size() == 1 ? values : List.of(together(outputs.columns(), values)),
              rejected));
    }
    List<Plan> defaults = outputs.defaults();
    Plan none =
        defaults != null
            ? defaults.get(0)
            : counts
                ? Plan.number(java.math.BigDecimal.ZERO)
                : policy.equals("COLLECT") ? null : Plan.NULL;
    if (defaults != null && !defaults.get(0).type().sameKind(result)) {
      throw new RefusedException(construct, "with a default of another type");
    }
    if (defaults != null && gathering == Gathering.LIST) {
      throw new RefusedException(construct, "with a default");
    }
    return new DecisionPlan.CollectingLogic(
        rows, gathering, none, List.of(new OutputPlan("", result)));
  }

  /** The outputs of a row as one context. */
  private static Plan together(List<OutputPlan> columns, List<Plan> values) {
    Map<String, @Nullable Object> context = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      context.put(columns.get(i).name(), ((Plan.Constant) values.get(i)).value());
    }
    return new Plan.Constant(context, new PlanType.Shape("context"));
  }

  /** Where a list's declared type rejects it as an element. */
  private Plan elementRejected(DMNType list, List<OutputPlan> columns, List<Plan> values) {
    if (list.getBaseType() != null && list.getBaseType().isCollection()) {
      throw new RefusedException("output type", list.getName() + " is based on another list");
    }
    if (list.isComposite()) {
      if (columns.size() == 1) {
        throw new RefusedException("output type", list.getName() + " of a single output");
      }
      return fieldsRejected(list, columns, values);
    }
    ItemDefinition definition = definition(list);
    PlanType declared = declared(list.getBaseType() == null ? list : list.getBaseType());
    if (columns.size() != 1 || declared == null || definition == null) {
      throw new RefusedException("output type", list.getName());
    }
    Plan value = values.get(0);
    if (!Plan.isNull(value) && !suits(declared, value.type())) {
      return Plan.TRUE;
    }
    String allowed = KieModel.text(definition.getAllowedValues());
    return allowed.isEmpty()
        ? Plan.FALSE
        : Plan.not(allowed(allowed, value, new FeelTranslation(Map.of())));
  }

  private static List<Integer> inOrder(int rows) {
    List<Integer> order = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      order.add(r);
    }
    return order;
  }
}
