package org.dandang.engine;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dandang.engine.Plan.Operation;
import org.kie.dmn.feel.lang.ast.ASTNode;
import org.kie.dmn.feel.lang.ast.AtLiteralNode;
import org.kie.dmn.feel.lang.ast.BaseNode;
import org.kie.dmn.feel.lang.ast.BetweenNode;
import org.kie.dmn.feel.lang.ast.BooleanNode;
import org.kie.dmn.feel.lang.ast.ContextEntryNode;
import org.kie.dmn.feel.lang.ast.ContextNode;
import org.kie.dmn.feel.lang.ast.DashNode;
import org.kie.dmn.feel.lang.ast.FunctionDefNode;
import org.kie.dmn.feel.lang.ast.FunctionInvocationNode;
import org.kie.dmn.feel.lang.ast.IfExpressionNode;
import org.kie.dmn.feel.lang.ast.InNode;
import org.kie.dmn.feel.lang.ast.InfixOpNode;
import org.kie.dmn.feel.lang.ast.InstanceOfNode;
import org.kie.dmn.feel.lang.ast.ListNode;
import org.kie.dmn.feel.lang.ast.NameRefNode;
import org.kie.dmn.feel.lang.ast.NamedParameterNode;
import org.kie.dmn.feel.lang.ast.NullNode;
import org.kie.dmn.feel.lang.ast.NumberNode;
import org.kie.dmn.feel.lang.ast.PathExpressionNode;
import org.kie.dmn.feel.lang.ast.QualifiedNameNode;
import org.kie.dmn.feel.lang.ast.RangeNode;
import org.kie.dmn.feel.lang.ast.SignedUnaryNode;
import org.kie.dmn.feel.lang.ast.StringNode;
import org.kie.dmn.feel.lang.ast.UnaryTestListNode;
import org.kie.dmn.feel.lang.ast.UnaryTestNode;
import org.kie.dmn.feel.lang.ast.UndefinedValueNode;
import org.kie.dmn.feel.util.StringEvalHelper;

/**
 * Turns KIE's syntax tree into a {@link Plan} that means exactly what KIE's interpreter does with
 * the same tree, its departures from the standard included. Whatever is not known to is refused.
 */
final class FeelTranslation {
  /** The most digits a number may come to need: KIE rounds to 34. */
  private static final int MOST_DIGITS = 34;

  private final Map<String, Meaning> names;

  /** What a name stands for. */
  sealed interface Meaning {
    /** A value. */
    record One(Plan value) implements Meaning {}

    /** Several named values, as of a table with several outputs. */
    record Several(Map<String, Plan> fields) implements Meaning {}

    /** A function, written out where it is invoked. */
    record Function(String name, List<String> parameters, Body body) implements Meaning {
      Term positional(List<Term> arguments) {
        if (arguments.size() != parameters.size()) {
          throw new RefusedException(
              "invocation", "of " + name + " with " + arguments.size() + " arguments");
        }
        return body.of(arguments);
      }

      Term named(Map<String, Term> arguments) {
        List<Term> inOrder = new ArrayList<>();
        for (String parameter : parameters) {
          Term argument = arguments.get(parameter);
          if (argument == null) {
            throw new RefusedException("invocation", "of " + name + " without " + parameter);
          }
          inOrder.add(argument);
        }
        return positional(
            arguments.size() == inOrder.size() ? inOrder : List.copyOf(arguments.values()));
      }
    }

    /** What a function comes to with its arguments in order. */
    interface Body {
      Term of(List<Term> arguments);
    }

    /** Something that cannot be used in a compiled expression, and why. */
    record Unusable(String construct, String why) implements Meaning {}
  }

  FeelTranslation(Map<String, Meaning> names) {
    this.names = names;
  }

  // ---------------------------------------------------------------- expressions

  Term expression(BaseNode node) {
    return switch (node) {
      case NumberNode n -> Term.sure(Plan.number(n.getValue()));
      case StringNode s -> Term.sure(text(s.getValue()));
      case BooleanNode b -> Term.sure(Plan.truth(b.getValue()));
      case NullNode n -> Term.sure(Plan.NULL);
      case NameRefNode n -> Term.sure(name(n.getText()));
      case QualifiedNameNode q -> Term.sure(qualified(q));
      case PathExpressionNode p -> path(p);
      case SignedUnaryNode s -> signed(s);
      case AtLiteralNode a -> Term.sure(Temporals.literal(a.getStringLiteral().getValue()));
      case InstanceOfNode i -> instanceOf(i);
      case ListNode l -> written("list", l.getElements());
      case ContextNode c ->
          written("context", c.getEntries().stream().map(ContextEntryNode::getValue).toList());
      case RangeNode r -> writtenRange(r);
      case FunctionDefNode f -> Term.sure(new Plan.Written(new PlanType.Shape("function")));
      case FunctionInvocationNode f -> invocation(f);
      case InfixOpNode i -> infix(i);
      case IfExpressionNode i -> choice(i);
      case BetweenNode b -> between(b);
      case InNode i -> in(i);
      default -> throw unknown(node);
    };
  }

  private static RefusedException unknown(ASTNode node) {
    String construct = node.getClass().getSimpleName().replaceAll("(Expression)?Node$", "");
    return new RefusedException(
        construct.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT),
        "has no compiled form: " + node.getText());
  }

  private static Plan text(String value) {
    if (value.indexOf('\0') >= 0 || hasLoneSurrogate(value)) {
      throw new RefusedException("string", "holds characters a database cannot store");
    }
    return Plan.text(value);
  }

  private static boolean hasLoneSurrogate(String value) {
    return value.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF);
  }

  private Plan name(String text) {
    Meaning meaning = names.get(StringEvalHelper.normalizeVariableName(text));
    return switch (meaning) {
      case null -> throw new RefusedException("unknown name", text + " is not known here");
      case Meaning.One one -> one.value();
      case Meaning.Several several ->
          throw new RefusedException("context", text + " has several values, name one of them");
      case Meaning.Function function ->
          throw new RefusedException("function", text + " as a value");
      case Meaning.Unusable unusable ->
          throw new RefusedException(unusable.construct(), unusable.why());
    };
  }

  private Plan qualified(QualifiedNameNode node) {
    List<NameRefNode> parts = node.getParts();
    if (parts.size() == 1) {
      return name(parts.get(0).getText());
    }
    return field(parts.get(0).getText(), parts.stream().skip(1).map(BaseNode::getText).toList());
  }

  private Term path(PathExpressionNode node) {
    if (node.getExpression() instanceof NameRefNode first
        && node.getName() instanceof NameRefNode second) {
      return Term.sure(field(first.getText(), List.of(second.getText())));
    }
    Term of = expression(node.getExpression());
    if (of.value().type().isTemporal() || of.value().type() instanceof PlanType.Day) {
      return new Term(Temporals.property(of.value(), node.getName().getText()), of.failure());
    }
    throw unknown(node);
  }

  /** Something that is only known to be a list, context, range or function. */
  private Term written(String shape, List<BaseNode> parts) {
    return new Term(
        new Plan.Written(new PlanType.Shape(shape)),
        Plan.any(parts.stream().map(p -> expression(p).failure()).toList()));
  }

  private Term writtenRange(RangeNode range) {
    Plan low = end(range.getStart(), false);
    Plan high = end(range.getEnd(), false);
    if (low == Plan.NULL
        || high == Plan.NULL
        || !low.type().sameKind(high.type())
        || low.type() instanceof PlanType.Text
        || !Plan.isFalse(Plan.compare(Relation.ABOVE, low, high))) {
      throw new RefusedException("range", "that may not be one: " + range.getText());
    }
    return Term.sure(new Plan.Written(new PlanType.Shape("range")));
  }

  private static final java.util.regex.Pattern TYPE =
      java.util.regex.Pattern.compile(
          "Any|number|string|boolean|date|time|date and time|days and time duration|years and months duration|list|context|range|function");

  private Term instanceOf(InstanceOfNode node) {
    Term of = expression(node.getExpression());
    String type = node.getType().getText();
    if (!TYPE.matcher(type).matches()) {
      throw new RefusedException("instance of", type);
    }
    Term is = Mismatch.of("a instance of " + type, of.value());
    return new Term(is.value(), Plan.any(List.of(of.failure(), is.failure())));
  }

  private Plan field(String first, List<String> rest) {
    Meaning meaning = names.get(StringEvalHelper.normalizeVariableName(first));
    if (meaning instanceof Meaning.Several several && rest.size() == 1) {
      Plan found = several.fields().get(StringEvalHelper.normalizeVariableName(rest.get(0)));
      if (found != null) {
        return found;
      }
    }
    if (meaning instanceof Meaning.One one
        && (one.value().type() instanceof PlanType.Day || one.value().type().isTemporal())
        && rest.size() == 1) {
      return Temporals.property(one.value(), rest.get(0));
    }
    if (meaning instanceof Meaning.Unusable unusable) {
      throw new RefusedException(unusable.construct(), unusable.why());
    }
    throw new RefusedException("path", first + "." + String.join(".", rest));
  }

  private Term signed(SignedUnaryNode node) {
    Term inner = expression(node.getExpression());
    if (Plan.isNull(inner.value())) {
      return new Term(Plan.NULL, inner.failure());
    }
    PlanType of = inner.value().type();
    if (!(of instanceof PlanType.Number)) {
      if (of instanceof PlanType.Days || of instanceof PlanType.Months) {
        return node.getSign() == SignedUnaryNode.Sign.NEGATIVE
            ? new Term(Temporals.minus(inner.value()), inner.failure())
            : inner;
      }
      String sign = node.getSign() == SignedUnaryNode.Sign.NEGATIVE ? "-" : "+";
      Term signed = Mismatch.of(sign + "a", inner.value());
      return new Term(signed.value(), Plan.any(List.of(inner.failure(), signed.failure())));
    }
    PlanType.Number type = number(inner.value(), "sign");
    boolean negative = node.getSign() == SignedUnaryNode.Sign.NEGATIVE;
    if (inner.value() instanceof Plan.Constant c && c.value() instanceof BigDecimal value) {
      return new Term(Plan.number(negative ? value.negate() : value), inner.failure());
    }
    if (!negative) {
      return inner;
    }
    return new Term(
        new Plan.Arithmetic(
            Operation.MINUS,
            Plan.number(BigDecimal.ZERO),
            inner.value(),
            new PlanType.Number(type.whole(), type.scale(), type.canonical())),
        inner.failure());
  }

  private static PlanType.Number number(Plan plan, String construct) {
    if (plan instanceof Plan.Quotient || holdsQuotient(plan)) {
      throw new RefusedException(
          "division", "a quotient is compiled only where it is compared at once");
    }
    if (plan.type() instanceof PlanType.Number type) {
      return type;
    }
    throw new RefusedException(construct, "of a " + plan.type().word());
  }

  static boolean holdsQuotient(Plan plan) {
    return switch (plan) {
      case Plan.Quotient q -> true;
      case Plan.Choice c -> holdsQuotient(c.then()) || holdsQuotient(c.otherwise());
      default -> false;
    };
  }

  // ---------------------------------------------------------------- operators

  private Term infix(InfixOpNode node) {
    Term left = expression(node.getLeft());
    return switch (node.getOperator()) {
      case AND -> {
        Term right = expression(node.getRight());
        if (notTruth(left.value()) || notTruth(right.value())) {
          yield otherThanTruth(true, left, right);
        }
        Plan leftIsFalse = Plan.holds(Plan.not(left.value()));
        yield new Term(
            logical(true, left.value(), right.value()),
            Plan.any(
                List.of(
                    left.failure(), Plan.all(List.of(Plan.not(leftIsFalse), right.failure())))));
      }
      case OR -> {
        Term right = expression(node.getRight());
        if (notTruth(left.value()) || notTruth(right.value())) {
          yield otherThanTruth(false, left, right);
        }
        Plan leftIsTrue = Plan.holds(left.value());
        yield new Term(
            logical(false, left.value(), right.value()),
            Plan.any(
                List.of(left.failure(), Plan.all(List.of(Plan.not(leftIsTrue), right.failure())))));
      }
      default -> {
        Term right = expression(node.getRight());
        Plan failure = Plan.any(List.of(left.failure(), right.failure()));
        Term result =
            switch (node.getOperator()) {
              case EQ -> equal(left.value(), right.value());
              case NE -> {
                Term equal = equal(left.value(), right.value());
                yield new Term(Plan.not(equal.value()), equal.failure());
              }
              case LT -> order(Relation.BELOW, left.value(), right.value());
              case LTE -> order(Relation.AT_MOST, left.value(), right.value());
              case GT -> order(Relation.ABOVE, left.value(), right.value());
              case GTE -> order(Relation.AT_LEAST, left.value(), right.value());
              case ADD -> arithmetic(Operation.PLUS, left.value(), right.value());
              case SUB -> arithmetic(Operation.MINUS, left.value(), right.value());
              case MULT -> arithmetic(Operation.TIMES, left.value(), right.value());
              case DIV -> quotient(left.value(), right.value());
              case POW -> power(left.value(), right.value());
              default ->
                  throw new RefusedException(
                      "operator " + node.getOperator().symbol, "has no compiled form");
            };
        yield new Term(result.value(), Plan.any(List.of(failure, result.failure())));
      }
    };
  }

  private static boolean notTruth(Plan plan) {
    return !(plan.type() instanceof PlanType.Truth) && !Plan.isNull(plan);
  }

  /**
   * Conjunction or disjunction with something that is not a boolean: on the left it counts as null;
   * on the right it is an error unless the left has settled the matter.
   */
  private static Term otherThanTruth(boolean and, Term left, Term right) {
    Plan l = notTruth(left.value()) ? Plan.NULL : left.value();
    Plan r = notTruth(right.value()) ? Plan.NULL : right.value();
    Plan settled = Plan.holds(and ? Plan.not(l) : l);
    Plan wrong = notTruth(right.value()) ? Plan.not(Plan.missing(right.value())) : Plan.FALSE;
    return new Term(
        logical(and, l, r),
        Plan.any(
            List.of(
                left.failure(),
                Plan.all(List.of(Plan.not(settled), Plan.any(List.of(right.failure(), wrong)))))));
  }

  /** Three-valued; null constants take part as they are. */
  private static Plan logical(boolean and, Plan left, Plan right) {
    return and ? Plan.all(List.of(left, right)) : Plan.any(List.of(left, right));
  }

  private static void truth(Plan plan, String construct) {
    if (!(plan.type() instanceof PlanType.Truth) && !Plan.isNull(plan)) {
      throw new RefusedException(construct, "of a " + plan.type().word());
    }
  }

  /** FEEL's {@code =}: null equals null only; values of different types have no answer. */
  private static Term equal(Plan left, Plan right) {
    if (Plan.isNull(left) || Plan.isNull(right)) {
      return Term.sure(Plan.same(left, right));
    }
    List<Plan> pair = Temporals.comparable(left, right);
    if (pair != null) {
      return Term.sure(Plan.same(pair.get(0), pair.get(1)));
    }
    if (!left.type().sameKind(right.type()) || left.type() instanceof PlanType.Shape) {
      return Mismatch.of("=", left, right);
    }
    comparable("=", left, right);
    return Term.sure(Plan.same(left, right));
  }

  private static void comparable(String construct, Plan left, Plan right) {
    if (!left.type().sameKind(right.type())) {
      throw new RefusedException(
          construct, "of a " + left.type().word() + " and a " + right.type().word());
    }
    if (holdsQuotient(left) || holdsQuotient(right)) {
      exactQuotient(left, right);
    }
  }

  private static Term order(Relation relation, Plan left, Plan right) {
    if (Plan.isNull(left) || Plan.isNull(right)) {
      Plan other = Plan.isNull(left) ? right : left;
      return other.type() instanceof PlanType.Truth
          ? Mismatch.of(relation.symbol, left, right)
          : Term.sure(Plan.NULL);
    }
    List<Plan> pair = Temporals.comparable(left, right);
    if (pair != null) {
      return Term.sure(Plan.compare(relation, pair.get(0), pair.get(1)));
    }
    if (!left.type().sameKind(right.type()) || left.type() instanceof PlanType.Shape) {
      return Mismatch.of(relation.symbol, left, right);
    }
    comparable(relation.symbol, left, right);
    if (left.type() instanceof PlanType.Truth) {
      throw new RefusedException(relation.symbol, "of a boolean");
    }
    if (left.type() instanceof PlanType.Text && !orderedAlike(left) && !orderedAlike(right)) {
      throw new RefusedException(
          relation.symbol, "of strings: a database orders some characters otherwise");
    }
    return Term.sure(Plan.compare(relation, left, right));
  }

  /** Databases and FEEL order strings alike where one side holds only characters below U+D800. */
  private static boolean orderedAlike(Plan plan) {
    return plan instanceof Plan.Constant c
        && c.value() instanceof String text
        && text.chars().allMatch(character -> character < 0xD800);
  }

  /**
   * KIE rounds a quotient to 34 digits. Comparing it with a number is still exact without dividing
   * as long as the two cannot differ only beyond the 34th digit.
   */
  private static void exactQuotient(Plan left, Plan right) {
    Plan quotient = holdsQuotient(left) ? left : right;
    Plan other = holdsQuotient(left) ? right : left;
    if (holdsQuotient(other)) {
      throw new RefusedException("division", "two quotients are compared");
    }
    PlanType.Number bound = number(other, "division");
    for (Plan.Quotient q : quotients(quotient)) {
      PlanType.Number above = number(q.dividend(), "division");
      PlanType.Number below = number(q.divisor(), "division");
      int product = below.whole() + bound.whole() + below.scale() + bound.scale();
      int common = Math.max(above.scale(), below.scale() + bound.scale());
      int digits = Math.max(above.whole(), below.whole() + bound.whole()) + common;
      if (product > 32 || digits > 32) {
        throw new RefusedException(
            "division", "needs more digits than can be compared exactly; narrow the columns");
      }
    }
  }

  private static List<Plan.Quotient> quotients(Plan plan) {
    return switch (plan) {
      case Plan.Quotient q -> List.of(q);
      case Plan.Choice c -> {
        List<Plan.Quotient> found = new ArrayList<>(quotients(c.then()));
        found.addAll(quotients(c.otherwise()));
        yield found;
      }
      default -> List.of();
    };
  }

  private static Term arithmetic(Operation operation, Plan left, Plan right) {
    if (left.type() instanceof PlanType.Text
        && right.type() instanceof PlanType.Text
        && operation == Operation.PLUS) {
      return Term.sure(
          left instanceof Plan.Constant l && right instanceof Plan.Constant r
              ? text(String.valueOf(l.value()) + r.value())
              : new Plan.Joined(left, right));
    }
    if (!(left.type() instanceof PlanType.Number) || !(right.type() instanceof PlanType.Number)) {
      return otherThanNumbers(operation.symbol, left, right);
    }
    PlanType.Number l = number(left, operation.symbol);
    PlanType.Number r = number(right, operation.symbol);
    boolean times = operation == Operation.TIMES;
    int whole = times ? l.whole() + r.whole() : Math.max(l.whole(), r.whole()) + 1;
    int scale = times ? l.scale() + r.scale() : Math.max(l.scale(), r.scale());
    if (whole + scale > MOST_DIGITS) {
      throw new RefusedException(
          operation.symbol, "may need more than " + MOST_DIGITS + " digits; narrow the columns");
    }
    if (left instanceof Plan.Constant a
        && right instanceof Plan.Constant b
        && a.value() instanceof BigDecimal x
        && b.value() instanceof BigDecimal y) {
      return Term.sure(
          Plan.number(
              switch (operation) {
                case PLUS -> x.add(y);
                case MINUS -> x.subtract(y);
                case TIMES -> x.multiply(y);
              }));
    }
    return Term.sure(
        new Plan.Arithmetic(
            operation, left, right, new PlanType.Number(whole, scale, l.scale() + r.scale() == 0)));
  }

  private static Term otherThanNumbers(String operator, Plan left, Plan right) {
    Term temporal = Temporals.calculate(operator, left, right);
    return temporal == null
        ? Mismatch.of(operator, left, right)
        : new Term(
            temporal.value(),
            Plan.any(
                List.of(temporal.failure(), Mismatch.failureOfMissing(operator, left, right))));
  }

  private static Term quotient(Plan left, Plan right) {
    if (!(left.type() instanceof PlanType.Number) || !(right.type() instanceof PlanType.Number)) {
      return otherThanNumbers("/", left, right);
    }
    number(left, "division");
    number(right, "division");
    if (right instanceof Plan.Constant c
        && c.value() instanceof BigDecimal divisor
        && divisor.signum() != 0) {
      try {
        Term product =
            arithmetic(Operation.TIMES, left, Plan.number(Temporals.reciprocal(divisor)));
        // The interpreter may have written the same number with other zeros at its end.
        return Term.sure(uncanonical(product.value()));
      } catch (RefusedException e) {
        // It can still be compared.
      }
    }
    Plan byZero =
        Plan.all(
            List.of(
                Plan.not(Plan.missing(left)),
                Plan.holds(Plan.same(right, Plan.number(BigDecimal.ZERO)))));
    return new Term(new Plan.Quotient(left, right), byZero);
  }

  private static Plan uncanonical(Plan number) {
    PlanType.Number type = (PlanType.Number) number.type();
    PlanType.Number same = new PlanType.Number(type.whole(), type.scale(), false);
    return number instanceof Plan.Constant c
        ? new Plan.Constant(c.value(), same)
        : new Plan.As(number, same);
  }

  /** A power with a small whole exponent, by multiplying. */
  private static Term power(Plan left, Plan right) {
    if (!(left.type() instanceof PlanType.Number) || !(right.type() instanceof PlanType.Number)) {
      return Mismatch.of("**", left, right);
    }
    number(left, "operator **");
    if (!(right instanceof Plan.Constant c)
        || !(c.value() instanceof BigDecimal exponent)
        || exponent.stripTrailingZeros().scale() > 0
        || exponent.abs().compareTo(BigDecimal.valueOf(MOST_DIGITS)) > 0) {
      throw new RefusedException(
          "operator **", "with an exponent that is not a small whole number");
    }
    int times = Math.abs(exponent.intValueExact());
    if (times == 0 && left.nullable()) {
      throw new RefusedException("operator **", "to the power of nothing");
    }
    Plan product = Plan.number(BigDecimal.ONE);
    for (int i = 0; i < times; i++) {
      product = i == 0 ? left : arithmetic(Operation.TIMES, product, left).value();
    }
    if (exponent.signum() < 0) {
      if (!(product instanceof Plan.Constant p)
          || !(p.value() instanceof BigDecimal divisor)
          || divisor.signum() == 0) {
        throw new RefusedException("operator **", "with a negative exponent");
      }
      product = Plan.number(Temporals.reciprocal(divisor));
    }
    return Term.sure(uncanonical(product));
  }

  private Term choice(IfExpressionNode node) {
    Term condition = expression(node.getCondition());
    Term then = expression(node.getThenExpression());
    Term otherwise = expression(node.getElseExpression());
    // Anything but true chooses the other branch, whatever its type.
    Plan holds =
        condition.value().type() instanceof PlanType.Truth
            ? Plan.holds(condition.value())
            : Plan.FALSE;
    noShape("if", then.value());
    noShape("if", otherwise.value());
    PlanType type = common(then.value(), otherwise.value());
    return new Term(
        Plan.choice(holds, then.value(), otherwise.value(), type),
        Plan.any(
            List.of(
                condition.failure(),
                Plan.all(List.of(holds, then.failure())),
                Plan.all(List.of(Plan.not(holds), otherwise.failure())))));
  }

  static PlanType common(Plan left, Plan right) {
    if (Plan.isNull(left)) {
      return right.type();
    }
    if (Plan.isNull(right)) {
      return left.type();
    }
    if (left.type() instanceof PlanType.Number l && right.type() instanceof PlanType.Number r) {
      int whole = Math.max(l.whole(), r.whole());
      int scale = Math.max(l.scale(), r.scale());
      boolean quotient = holdsQuotient(left) || holdsQuotient(right);
      if (!quotient && whole + scale > 38) {
        throw new RefusedException("if", "the two numbers together need more than 38 digits");
      }
      return new PlanType.Number(whole, scale, l.canonical() && r.canonical());
    }
    if (left.type() instanceof PlanType.Days l && right.type() instanceof PlanType.Days r) {
      return new PlanType.Days(wider(l.seconds(), r.seconds()));
    }
    if (left.type() instanceof PlanType.Months l && right.type() instanceof PlanType.Months r) {
      return new PlanType.Months(wider(l.months(), r.months()));
    }
    if (!left.type().sameKind(right.type())) {
      throw new RefusedException(
          "if", "gives a " + left.type().word() + " or a " + right.type().word());
    }
    return left.type();
  }

  private static PlanType.Number wider(PlanType.Number left, PlanType.Number right) {
    return new PlanType.Number(
        Math.max(left.whole(), right.whole()), Math.max(left.scale(), right.scale()), false);
  }

  private Term between(BetweenNode node) {
    Term value = expression(node.getValue());
    Term start = expression(node.getStart());
    Term end = expression(node.getEnd());
    Term from = order(Relation.AT_LEAST, value.value(), start.value());
    Term to = order(Relation.AT_MOST, value.value(), end.value());
    // A null on any side is an error, not an unknown, and so are values that do not compare.
    return new Term(
        Plan.all(List.of(from.value(), to.value())),
        Plan.any(
            List.of(
                from.failure(),
                to.failure(),
                Plan.truth(Plan.isNull(from.value()) || Plan.isNull(to.value())),
                value.failure(),
                start.failure(),
                end.failure(),
                Plan.missing(value.value()),
                Plan.missing(start.value()),
                Plan.missing(end.value()))));
  }

  // ---------------------------------------------------------------- in

  private Term in(InNode node) {
    Term value = expression(node.getValue());
    BaseNode tests = node.getExprs();
    if (tests instanceof ListNode list) {
      List<Plan> any = new ArrayList<>();
      List<Plan> failures = new ArrayList<>(List.of(value.failure()));
      for (BaseNode element : list.getElements()) {
        if (element instanceof ListNode) {
          throw new RefusedException("in", "a list within a list");
        }
        Term one = inOne(value.value(), element);
        any.add(Plan.holds(one.value()));
        failures.add(one.failure());
      }
      return new Term(Plan.any(any), Plan.any(failures));
    }
    if (tests instanceof RangeNode || tests instanceof UnaryTestNode) {
      Term one = inOne(value.value(), tests);
      return new Term(one.value(), Plan.any(List.of(value.failure(), one.failure())));
    }
    if (tests instanceof NumberNode
        || tests instanceof StringNode
        || tests instanceof BooleanNode
        || tests instanceof AtLiteralNode
        || (tests instanceof FunctionInvocationNode f && f.getTcFolded() != null)) {
      Term one = inOne(value.value(), tests);
      return new Term(one.value(), Plan.any(List.of(value.failure(), one.failure())));
    }
    throw new RefusedException("in", "something that is neither a list, a range nor a value");
  }

  private Term inOne(Plan value, BaseNode element) {
    return switch (element) {
      case RangeNode range -> range(value, range, false);
      case UnaryTestNode test -> unary(value, test);
      case DashNode dash -> Term.sure(Plan.TRUE);
      default -> {
        Term item = expression(element);
        if (Plan.isNull(item.value())) {
          yield new Term(Plan.missing(value), item.failure());
        }
        noShape("in", item.value());
        noShape("in", value);
        if (Plan.isNull(value)) {
          yield new Term(Plan.missing(item.value()), item.failure());
        }
        List<Plan> pair = Temporals.comparable(value, item.value());
        if (pair != null) {
          yield new Term(Plan.same(pair.get(0), pair.get(1)), item.failure());
        }
        if (!value.type().sameKind(item.value().type())) {
          yield new Term(
              Plan.all(List.of(Plan.missing(value), Plan.missing(item.value()))), item.failure());
        }
        comparable("in", value, item.value());
        yield new Term(Plan.same(value, item.value()), item.failure());
      }
    };
  }

  /**
   * Null where the value is.
   *
   * @param computed whether ends that are not constants are accepted: where a range that cannot be
   *     made counts as one that holds nothing
   */
  private Term range(Plan value, RangeNode range, boolean computed) {
    Plan low = end(range.getStart(), computed);
    Plan high = end(range.getEnd(), computed);
    if (low == Plan.NULL && high == Plan.NULL) {
      throw new RefusedException("range", "without ends: " + range.getText());
    }
    if (low != Plan.NULL && high != Plan.NULL) {
      if (!low.type().sameKind(high.type())) {
        throw new RefusedException(
            "range", "from a " + low.type().word() + " to a " + high.type().word());
      }
      if (Plan.isTrue(Plan.compare(Relation.ABOVE, low, high))) {
        throw new RefusedException("range", "that ends before it begins: " + range.getText());
      }
    }
    List<Plan> parts = new ArrayList<>();
    if (low != Plan.NULL) {
      parts.add(
          inRange(
              range.getLowerBound() == RangeNode.IntervalBoundary.OPEN
                  ? Relation.ABOVE
                  : Relation.AT_LEAST,
              value,
              low));
    }
    if (high != Plan.NULL) {
      parts.add(
          inRange(
              range.getUpperBound() == RangeNode.IntervalBoundary.OPEN
                  ? Relation.BELOW
                  : Relation.AT_MOST,
              value,
              high));
    }
    return Term.sure(Plan.all(parts));
  }

  /** Values are compared with the ends of a range as they are, not as times of one place. */
  private static Plan inRange(Relation relation, Plan value, Plan end) {
    if (!Plan.isNull(value) && !value.type().sameKind(end.type())) {
      throw new RefusedException(
          "range", "of a " + end.type().word() + " for a " + value.type().word());
    }
    return order(relation, value, end).value();
  }

  private Plan end(BaseNode node, boolean computed) {
    if (node instanceof UndefinedValueNode) {
      return Plan.NULL;
    }
    Term term = expression(node);
    boolean constant = term.value() instanceof Plan.Constant c && c.value() != null;
    if (Plan.isNull(term.value())
        || !(constant || computed)
        || !Plan.isFalse(term.failure())
        || holdsQuotient(term.value())) {
      throw new RefusedException("range", "with an end that is not a constant: " + node.getText());
    }
    PlanType type = term.value().type();
    if (type instanceof PlanType.Truth
        || type instanceof PlanType.Shape
        || (type instanceof PlanType.Text && !orderedAlike(term.value()))) {
      throw new RefusedException("range", "of a " + type.word());
    }
    return term.value();
  }

  // ---------------------------------------------------------------- unary tests

  /**
   * A cell's tests applied to a value.
   *
   * @return a term whose value is never null: the cell matches or it does not
   */
  Term tests(Plan subject, BaseNode node) {
    if (!(node instanceof UnaryTestListNode list)) {
      throw unknown(node);
    }
    List<Plan> any = new ArrayList<>();
    List<Plan> failures = new ArrayList<>();
    Plan none = Plan.TRUE;
    for (BaseNode element : list.getElements()) {
      Term one =
          switch (element) {
            case DashNode dash -> Term.sure(Plan.TRUE);
            case UnaryTestNode test -> unary(subject, test);
            default -> throw unknown(element);
          };
      Plan holds = Plan.holds(one.value());
      if (list.isNegated() && one.value().nullable()) {
        throw new RefusedException("not", "of a test that may have no answer");
      }
      failures.add(Plan.all(List.of(none, one.failure())));
      none = Plan.all(List.of(none, Plan.not(holds)));
      any.add(holds);
    }
    Plan matches = Plan.any(any);
    return new Term(list.isNegated() ? Plan.not(matches) : matches, Plan.any(failures));
  }

  /** One test; null only where KIE's is. */
  private Term unary(Plan subject, UnaryTestNode test) {
    BaseNode right = test.getValue();
    return switch (test.getOperator()) {
      case EQ -> equals(subject, right);
      case NE -> {
        Term equal = equals(subject, right);
        yield new Term(Plan.not(equal.value()), equal.failure());
      }
      case LT -> below(Relation.BELOW, subject, right);
      case LTE -> below(Relation.AT_MOST, subject, right);
      case GT -> below(Relation.ABOVE, subject, right);
      case GTE -> below(Relation.AT_LEAST, subject, right);
      case IN -> within(subject, right);
      case TEST -> {
        Term term = withSubject(subject).expression(right);
        truth(term.value(), "test");
        // A test that comes to null is an error.
        yield new Term(
            Plan.holds(term.value()),
            Plan.any(List.of(term.failure(), Plan.missing(term.value()))));
      }
      case NOT -> throw new RefusedException("not", "within a test: " + test.getText());
    };
  }

  private FeelTranslation withSubject(Plan subject) {
    Map<String, Meaning> extended = new java.util.HashMap<>(names);
    extended.put("?", new Meaning.One(subject));
    return new FeelTranslation(extended);
  }

  private Term equals(Plan subject, BaseNode node) {
    if (node instanceof ListNode || node instanceof RangeNode) {
      throw new RefusedException("=", "a list or range as the value of a test");
    }
    Term right = withSubject(subject).expression(node);
    List<Plan> pair = Temporals.comparable(subject, right.value());
    if (pair != null) {
      return new Term(Plan.same(pair.get(0), pair.get(1)), right.failure());
    }
    noShape("=", right.value());
    if (!Plan.isNull(subject)
        && !Plan.isNull(right.value())
        && !subject.type().sameKind(right.value().type())) {
      // Values of different types are never equal here; two nulls are.
      return new Term(
          Plan.all(List.of(Plan.missing(subject), Plan.missing(right.value()))), right.failure());
    }
    if (holdsQuotient(subject) || holdsQuotient(right.value())) {
      if (!Plan.isNull(right.value())) {
        comparable("=", subject, right.value());
      }
    }
    return new Term(Plan.same(subject, right.value()), right.failure());
  }

  private Term below(Relation relation, Plan subject, BaseNode node) {
    Term right = withSubject(subject).expression(node);
    noShape(relation.symbol, right.value());
    if (!Plan.isNull(subject)
        && !Plan.isNull(right.value())
        && Temporals.comparable(subject, right.value()) == null
        && !subject.type().sameKind(right.value().type())) {
      if (subject.type() instanceof PlanType.Truth
          || right.value().type() instanceof PlanType.Truth) {
        throw new RefusedException(relation.symbol, "of a boolean");
      }
      return new Term(Plan.FALSE, right.failure());
    }
    return new Term(Plan.holds(order(relation, subject, right.value()).value()), right.failure());
  }

  private static void noShape(String construct, Plan plan) {
    if (plan.type() instanceof PlanType.Shape shape) {
      throw new RefusedException(construct, "of a " + shape.word());
    }
  }

  private Term within(Plan subject, BaseNode node) {
    if (node instanceof RangeNode range) {
      Plan inside = range(subject, range, true).value();
      // A missing value is in no range.
      return Term.sure(Plan.holds(inside));
    }
    if (node instanceof ListNode list) {
      List<Plan> any = new ArrayList<>();
      List<Plan> failures = new ArrayList<>();
      for (BaseNode element : list.getElements()) {
        Term item = expression(element);
        failures.add(item.failure());
        any.add(listed(subject, item.value()));
      }
      return new Term(
          Plan.all(List.of(Plan.not(Plan.missing(subject)), Plan.any(any))), Plan.any(failures));
    }
    throw new RefusedException("in", "something that is neither a list nor a range");
  }

  /** KIE looks for the very same number here: 1.0 is not in a list that holds 1. */
  private static Plan listed(Plan subject, Plan item) {
    if (Plan.isNull(item)) {
      return Plan.FALSE;
    }
    if (!subject.type().sameKind(item.type())) {
      return Plan.FALSE;
    }
    if (item.type() instanceof PlanType.Number) {
      if (!(subject.type() instanceof PlanType.Number s)
          || !s.canonical()
          || !(item instanceof Plan.Constant c)
          || !(c.type() instanceof PlanType.Number n)
          || holdsQuotient(subject)) {
        throw new RefusedException("list", "of numbers tested against a computed number");
      }
      return n.canonical() ? Plan.same(subject, item) : Plan.FALSE;
    }
    return Plan.same(subject, item);
  }

  // ---------------------------------------------------------------- functions

  private Term invocation(FunctionInvocationNode node) {
    if (node.getTcFolded() != null) {
      Object constant = node.getTcFolded().getValue();
      if (constant == null) {
        throw new RefusedException("temporal constant", node.getText());
      }
      return Term.sure(Temporals.constant(constant));
    }
    String function =
        node.getName() instanceof QualifiedNameNode q
            ? String.join(" ", q.getPartsAsStringArray())
            : String.valueOf(node.getName().getText());
    List<BaseNode> given = node.getParams().getElements();
    Meaning known = names.get(StringEvalHelper.normalizeVariableName(function));
    if (known instanceof Meaning.Function own) {
      return invoked(own, given);
    }
    if (known != null) {
      throw known instanceof Meaning.Unusable unusable
          ? new RefusedException(unusable.construct(), unusable.why())
          : new RefusedException("invocation", "of " + function);
    }
    List<Term> arguments = new ArrayList<>();
    for (BaseNode argument : given) {
      arguments.add(expression(argument));
    }
    Plan failure = Plan.any(arguments.stream().map(Term::failure).toList());
    List<Plan> values = arguments.stream().map(Term::value).toList();
    return switch (function) {
      case "not" -> {
        one(function, values);
        truth(values.get(0), "not");
        yield new Term(Plan.not(values.get(0)), failure);
      }
      case "contains" -> string(Plan.Function.CONTAINS, function, values, failure);
      case "starts with" -> string(Plan.Function.STARTS_WITH, function, values, failure);
      case "ends with" -> string(Plan.Function.ENDS_WITH, function, values, failure);
      case "string length" -> {
        one(function, values);
        texts(function, values);
        yield new Term(
            new Plan.Call(Plan.Function.LENGTH, values, new PlanType.Number(10, 0, true)),
            Plan.any(List.of(failure, Plan.missing(values.get(0)))));
      }
      case "abs" -> rounded(Plan.Function.ABSOLUTE, function, values, failure);
      case "floor" -> rounded(Plan.Function.FLOOR, function, values, failure);
      case "ceiling" -> rounded(Plan.Function.CEILING, function, values, failure);
      default -> throw new RefusedException("function " + function, "has no compiled form");
    };
  }

  private Term invoked(Meaning.Function function, List<BaseNode> given) {
    if (given.stream().noneMatch(NamedParameterNode.class::isInstance)) {
      return function.positional(given.stream().map(this::expression).toList());
    }
    Map<String, Term> arguments = new java.util.LinkedHashMap<>();
    for (BaseNode argument : given) {
      if (!(argument instanceof NamedParameterNode named)
          || arguments.put(named.getName().getText(), expression(named.getExpression())) != null) {
        throw new RefusedException("invocation", "of " + function.name() + " by mixed names");
      }
    }
    return function.named(arguments);
  }

  private static void one(String function, List<Plan> values) {
    if (values.size() != 1) {
      throw new RefusedException("function " + function, "with " + values.size() + " arguments");
    }
  }

  private static void texts(String function, List<Plan> values) {
    for (Plan value : values) {
      if (!(value.type() instanceof PlanType.Text)) {
        throw new RefusedException("function " + function, "of a " + value.type().word());
      }
    }
  }

  /** These functions treat a null as an error. */
  private static Term string(Plan.Function kind, String function, List<Plan> values, Plan failure) {
    if (values.size() != 2) {
      throw new RefusedException("function " + function, "with " + values.size() + " arguments");
    }
    texts(function, values);
    return new Term(
        new Plan.Call(kind, values, PlanType.TRUTH),
        Plan.any(List.of(failure, Plan.missing(values.get(0)), Plan.missing(values.get(1)))));
  }

  private static Term rounded(
      Plan.Function kind, String function, List<Plan> values, Plan failure) {
    one(function, values);
    PlanType.Number type = number(values.get(0), "function " + function);
    PlanType.Number result =
        kind == Plan.Function.ABSOLUTE
            ? new PlanType.Number(type.whole(), type.scale(), type.canonical())
            : new PlanType.Number(type.whole() + 1, 0, false);
    return new Term(
        new Plan.Call(kind, values, result),
        Plan.any(List.of(failure, Plan.missing(values.get(0)))));
  }
}
