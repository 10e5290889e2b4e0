package org.dandang.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dandang.engine.FeelTranslation.Meaning;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.api.core.DMNType;
import org.kie.dmn.api.core.ast.DMNNode;
import org.kie.dmn.core.api.DMNExpressionEvaluator;
import org.kie.dmn.core.ast.BusinessKnowledgeModelNodeImpl;
import org.kie.dmn.core.ast.DMNContextEvaluator;
import org.kie.dmn.core.ast.DMNFunctionDefinitionEvaluator;
import org.kie.dmn.feel.lang.Type;
import org.kie.dmn.feel.lang.types.BuiltInType;
import org.kie.dmn.feel.util.StringEvalHelper;
import org.kie.dmn.model.api.Binding;
import org.kie.dmn.model.api.Conditional;
import org.kie.dmn.model.api.Context;
import org.kie.dmn.model.api.DecisionTable;
import org.kie.dmn.model.api.Expression;
import org.kie.dmn.model.api.FunctionDefinition;
import org.kie.dmn.model.api.FunctionKind;
import org.kie.dmn.model.api.Invocation;
import org.kie.dmn.model.api.LiteralExpression;

/**
 * Boxed expressions: contexts, conditionals, and functions, which are written out where they are
 * invoked. An error anywhere within one is an error of the decision.
 */
final class BoxedLogic {
  private static final int DEEPEST = 50;

  /** The longest expression that writing out may come to, in operations. */
  private static final int LONGEST = 5_000;

  private final Compiler compiler;

  BoxedLogic(Compiler compiler) {
    this.compiler = compiler;
  }

  /**
   * Where an expression stands.
   *
   * @param where what it belongs to, for refusals
   * @param types of the names it may use
   * @param within the functions being written out around it
   */
  record Scope(
      String where, Map<String, Meaning> names, Map<String, Type> types, List<String> within) {
    Scope with(String name, Meaning meaning, Type type) {
      Map<String, Meaning> moreNames = new HashMap<>(names);
      moreNames.put(StringEvalHelper.normalizeVariableName(name), meaning);
      Map<String, Type> moreTypes = new LinkedHashMap<>(types);
      moreTypes.put(name, type);
      return new Scope(where, moreNames, moreTypes, within);
    }
  }

  /**
   * What an expression comes to.
   *
   * @param evaluator as KIE compiled it, which knows the types of a context's entries; null where
   *     it is not at hand
   */
  Term value(Expression expression, @Nullable DMNExpressionEvaluator evaluator, Scope scope) {
    return switch (expression) {
      case LiteralExpression literal -> literal(literal, scope);
      case Context context when evaluator instanceof DMNContextEvaluator entries ->
          context(context, entries, scope);
      case Conditional conditional -> conditional(conditional, scope);
      case Invocation invocation -> invocation(invocation, scope);
      case DecisionTable table ->
          compiler.stage(
              new Compiler.Place(scope.where(), null, scope.types(), Map.of()),
              table,
              scope.names());
      default ->
          throw new RefusedException(
              "boxed expression",
              scope.where()
                  + " holds a "
                  + expression
                      .getClass()
                      .getSimpleName()
                      .replaceFirst("^T", "")
                      .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                      .toLowerCase(java.util.Locale.ROOT));
    };
  }

  private Term literal(LiteralExpression literal, Scope scope) {
    Compiler.onlyFeel(literal.getExpressionLanguage());
    String text = KieModel.text(literal);
    if (text.isEmpty()) {
      throw new RefusedException("no logic", scope.where() + " holds an empty expression");
    }
    return new FeelTranslation(scope.names()).expression(compiler.expression(text, scope.types()));
  }

  /** The entries in their order, each seen by those after it; the last, unnamed, is the value. */
  private Term context(Context context, DMNContextEvaluator evaluator, Scope scope) {
    Scope inside = scope;
    List<Plan> failures = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    for (DMNContextEvaluator.ContextEntryDef entry : evaluator.getEntries()) {
      Expression expression = entry.getContextEntry().getExpression();
      String name = entry.getName();
      if (!seen.add(name)) {
        throw new RefusedException("context", scope.where() + " names " + name + " twice");
      }
      if (expression instanceof FunctionDefinition definition
          && entry.getEvaluator() instanceof DMNFunctionDefinitionEvaluator function) {
        inside =
            inside.with(
                name,
                function(name, definition, function, null, inside),
                KieModel.feelType(entry.getType()));
        continue;
      }
      Term term = value(expression, entry.getEvaluator(), inside);
      Compiler.shown(term.value());
      failures.add(term.failure());
      if (entry.getType() != null) {
        failures.add(Plan.not(compiler.accepted(entry.getType(), term.value(), name)));
      }
      if (name.equals(DMNContextEvaluator.RESULT_ENTRY)) {
        return new Term(term.value(), Plan.any(failures));
      }
      inside = inside.with(name, new Meaning.One(term.value()), KieModel.feelType(entry.getType()));
    }
    throw new RefusedException("context", "as the value of " + scope.where());
  }

  private Term conditional(Conditional conditional, Scope scope) {
    Term condition = value(conditional.getIf().getExpression(), null, scope);
    Term then = value(conditional.getThen().getExpression(), null, scope);
    Term otherwise = value(conditional.getElse().getExpression(), null, scope);
    if (!(condition.value().type() instanceof PlanType.Truth) && !Plan.isNull(condition.value())) {
      throw new RefusedException("conditional", "on a " + condition.value().type().word());
    }
    Plan holds = Plan.holds(condition.value());
    return new Term(
        Plan.choice(
            holds,
            then.value(),
            otherwise.value(),
            FeelTranslation.common(then.value(), otherwise.value())),
        Plan.any(
            List.of(
                condition.failure(),
                Plan.all(List.of(holds, then.failure())),
                Plan.all(List.of(Plan.not(holds), otherwise.failure())))));
  }

  private Term invocation(Invocation invocation, Scope scope) {
    if (!(invocation.getExpression() instanceof LiteralExpression called)) {
      throw new RefusedException("invocation", "of what is not a name, in " + scope.where());
    }
    String name = KieModel.text(called).strip();
    if (!(scope.names().get(StringEvalHelper.normalizeVariableName(name))
        instanceof Meaning.Function function)) {
      throw new RefusedException("invocation", "of " + name);
    }
    Map<String, Term> arguments = new LinkedHashMap<>();
    for (Binding binding : invocation.getBinding()) {
      if (binding.getExpression() == null) {
        throw new RefusedException("invocation", "without " + binding.getParameter().getName());
      }
      arguments.put(binding.getParameter().getName(), value(binding.getExpression(), null, scope));
    }
    if (arguments.size() != invocation.getBinding().size()) {
      throw new RefusedException("invocation", "of " + name + " that names a parameter twice");
    }
    return function.named(arguments);
  }

  // ---------------------------------------------------------------- functions

  /** A knowledge model, to be written out where it is invoked. */
  Meaning knowledge(BusinessKnowledgeModelNodeImpl node, List<String> within) {
    FunctionDefinition definition = node.getBusinessKnowledModel().getEncapsulatedLogic();
    if (definition == null
        || !(node.getEvaluator() instanceof DMNFunctionDefinitionEvaluator evaluator)) {
      return new Meaning.Unusable("knowledge model", node.getName() + " is not written in FEEL");
    }
    if (within.contains(node.getName())) {
      return new Meaning.Unusable("recursion", "through " + node.getName());
    }
    List<String> around = new ArrayList<>(within);
    around.add(node.getName());
    Map<String, Meaning> names = new HashMap<>();
    for (DMNNode dependency : node.getDependencies().values()) {
      String name = StringEvalHelper.normalizeVariableName(dependency.getName());
      names.put(
          name,
          dependency instanceof BusinessKnowledgeModelNodeImpl other
              ? knowledge(other, around)
              : new Meaning.Unusable("knowledge model", node.getName() + " requires " + name));
    }
    names.put(
        StringEvalHelper.normalizeVariableName(node.getName()),
        new Meaning.Unusable("recursion", "of " + node.getName()));
    Map<String, Type> types = new LinkedHashMap<>(KieModel.namesOf(node));
    types.put(node.getName(), BuiltInType.UNKNOWN);
    Scope scope = new Scope(node.getName(), names, types, around);
    return function(node.getName(), definition, evaluator, node.getResultType(), scope);
  }

  private Meaning function(
      String name,
      FunctionDefinition definition,
      DMNFunctionDefinitionEvaluator evaluator,
      @Nullable DMNType result,
      Scope scope) {
    if (definition.getKind() != null && definition.getKind() != FunctionKind.FEEL) {
      return new Meaning.Unusable("external function", name);
    }
    if (scope.within().size() > DEEPEST) {
      return new Meaning.Unusable("nesting", "functions within functions, at " + name);
    }
    List<String> parameters = evaluator.getParameterNames().getFirst();
    List<DMNType> types = evaluator.getParameterTypes().getFirst();
    return new Meaning.Function(
        name,
        parameters,
        arguments -> {
          Scope inside = scope;
          List<Plan> failures = new ArrayList<>();
          for (int i = 0; i < parameters.size(); i++) {
            Term argument = arguments.get(i);
            Compiler.shown(argument.value());
            failures.add(argument.failure());
            failures.add(
                Plan.not(compiler.accepted(types.get(i), argument.value(), parameters.get(i))));
            inside =
                inside.with(
                    parameters.get(i),
                    new Meaning.One(argument.value()),
                    KieModel.feelType(types.get(i)));
          }
          Term body = value(definition.getExpression(), evaluator.getEvaluator(), inside);
          Compiler.shown(body.value());
          failures.add(body.failure());
          // What is not of the type a knowledge model promises comes to null.
          Plan accepted =
              result == null ? Plan.TRUE : compiler.accepted(result, body.value(), name);
          Plan value = Plan.choice(accepted, body.value(), Plan.NULL, body.value().type());
          Term term = new Term(value, Plan.any(failures));
          if (term.value().isLongerThan(LONGEST) || term.failure().isLongerThan(LONGEST)) {
            throw new RefusedException("knowledge model", name + " grows too long written out");
          }
          return term;
        });
  }
}
