package org.dandang.engine;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dandang.engine.Plan.Operation;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.feel.lang.ast.ASTNode;
import org.kie.dmn.feel.lang.ast.AtLiteralNode;
import org.kie.dmn.feel.lang.ast.BaseNode;
import org.kie.dmn.feel.lang.ast.BetweenNode;
import org.kie.dmn.feel.lang.ast.BooleanNode;
import org.kie.dmn.feel.lang.ast.DashNode;
import org.kie.dmn.feel.lang.ast.FunctionInvocationNode;
import org.kie.dmn.feel.lang.ast.IfExpressionNode;
import org.kie.dmn.feel.lang.ast.InNode;
import org.kie.dmn.feel.lang.ast.InfixOpNode;
import org.kie.dmn.feel.lang.ast.ListNode;
import org.kie.dmn.feel.lang.ast.NameRefNode;
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
import org.kie.dmn.feel.runtime.functions.DateFunction;
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
      case PathExpressionNode p -> Term.sure(path(p));
      case SignedUnaryNode s -> signed(s);
      case AtLiteralNode a -> Term.sure(atLiteral(a));
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

  private Plan path(PathExpressionNode node) {
    if (node.getExpression() instanceof NameRefNode first
        && node.getName() instanceof NameRefNode second) {
      return field(first.getText(), List.of(second.getText()));
    }
    throw unknown(node);
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
        && one.value().type() instanceof PlanType.Day
        && rest.size() == 1) {
      Plan.Function function =
          switch (rest.get(0)) {
            case "year" -> Plan.Function.YEAR;
            case "month" -> Plan.Function.MONTH;
            case "day" -> Plan.Function.DAY;
            default -> throw new RefusedException("property of a date", rest.get(0));
          };
      return new Plan.Call(function, List.of(one.value()), new PlanType.Number(9, 0, true));
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

  private static Plan atLiteral(AtLiteralNode node) {
    String value = node.getStringLiteral().getValue();
    if ("date".equals(AtLiteralNode.fromAtValue(value).fnName)) {
      return dateConstant(value);
    }
    throw new RefusedException("at-literal", node.getText() + " is not a date");
  }

  private static Plan dateConstant(String value) {
    Object date = DateFunction.INSTANCE.invoke(value).<@Nullable Object>cata(e -> null, d -> d);
    if (date instanceof LocalDate day && day.getYear() >= 1 && day.getYear() <= 9999) {
      return Plan.day(day);
    }
    throw new RefusedException("date", value + " is not a date in the years 1 to 9999");
  }

  // ---------------------------------------------------------------- operators

  private Term infix(InfixOpNode node) {
    Term left = expression(node.getLeft());
    return switch (node.getOperator()) {
      case AND -> {
        Term right = expression(node.getRight());
        truth(left.value(), "and");
        truth(right.value(), "and");
        Plan leftIsFalse = Plan.holds(Plan.not(left.value()));
        yield new Term(
            logical(true, left.value(), right.value()),
            Plan.any(
                List.of(
                    left.failure(), Plan.all(List.of(Plan.not(leftIsFalse), right.failure())))));
      }
      case OR -> {
        Term right = expression(node.getRight());
        truth(left.value(), "or");
        truth(right.value(), "or");
        Plan leftIsTrue = Plan.holds(left.value());
        yield new Term(
            logical(false, left.value(), right.value()),
            Plan.any(
                List.of(left.failure(), Plan.all(List.of(Plan.not(leftIsTrue), right.failure())))));
      }
      default -> {
        Term right = expression(node.getRight());
        Plan failure = Plan.any(List.of(left.failure(), right.failure()));
        yield switch (node.getOperator()) {
          case EQ -> new Term(equal(left.value(), right.value()), failure);
          case NE -> new Term(Plan.not(equal(left.value(), right.value())), failure);
          case LT -> new Term(order(Relation.BELOW, left.value(), right.value()), failure);
          case LTE -> new Term(order(Relation.AT_MOST, left.value(), right.value()), failure);
          case GT -> new Term(order(Relation.ABOVE, left.value(), right.value()), failure);
          case GTE -> new Term(order(Relation.AT_LEAST, left.value(), right.value()), failure);
          case ADD -> new Term(plus(left.value(), right.value()), failure);
          case SUB -> new Term(minus(left.value(), right.value()), failure);
          case MULT -> new Term(times(left.value(), right.value()), failure);
          case DIV -> quotient(left.value(), right.value(), failure);
          default ->
              throw new RefusedException(
                  "operator " + node.getOperator().symbol, "has no compiled form");
        };
      }
    };
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
  private static Plan equal(Plan left, Plan right) {
    if (!Plan.isNull(left) && !Plan.isNull(right)) {
      comparable("=", left, right);
    }
    return Plan.same(left, right);
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

  private static Plan order(Relation relation, Plan left, Plan right) {
    if (Plan.isNull(left) || Plan.isNull(right)) {
      Plan other = Plan.isNull(left) ? right : left;
      if (other.type() instanceof PlanType.Truth) {
        throw new RefusedException(relation.symbol, "of a boolean");
      }
      return Plan.NULL;
    }
    comparable(relation.symbol, left, right);
    if (left.type() instanceof PlanType.Truth) {
      throw new RefusedException(relation.symbol, "of a boolean");
    }
    if (left.type() instanceof PlanType.Text) {
      throw new RefusedException(
          relation.symbol, "of strings: a database orders some characters otherwise");
    }
    return Plan.compare(relation, left, right);
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

  private static Plan plus(Plan left, Plan right) {
    if (left.type() instanceof PlanType.Text && right.type() instanceof PlanType.Text) {
      if (left instanceof Plan.Constant l && right instanceof Plan.Constant r) {
        return text(String.valueOf(l.value()) + r.value());
      }
      return new Plan.Joined(left, right);
    }
    return arithmetic(Operation.PLUS, left, right);
  }

  private static Plan minus(Plan left, Plan right) {
    return arithmetic(Operation.MINUS, left, right);
  }

  private static Plan times(Plan left, Plan right) {
    return arithmetic(Operation.TIMES, left, right);
  }

  private static Plan arithmetic(Operation operation, Plan left, Plan right) {
    if (Plan.isNull(left) || Plan.isNull(right)) {
      Plan other = Plan.isNull(left) ? right : left;
      if (Plan.isNull(other) || other.type() instanceof PlanType.Number) {
        return Plan.NULL;
      }
      throw new RefusedException(operation.symbol, "of null and a " + other.type().word());
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
      return Plan.number(
          switch (operation) {
            case PLUS -> x.add(y);
            case MINUS -> x.subtract(y);
            case TIMES -> x.multiply(y);
          });
    }
    return new Plan.Arithmetic(
        operation, left, right, new PlanType.Number(whole, scale, l.scale() + r.scale() == 0));
  }

  private static Term quotient(Plan left, Plan right, Plan failure) {
    if (Plan.isNull(left) || Plan.isNull(right)) {
      if (Plan.isNull(left) && right.type() instanceof PlanType.Number) {
        Plan zero = Plan.holds(Plan.same(right, Plan.number(BigDecimal.ZERO)));
        if (!Plan.isFalse(zero)) {
          return new Term(Plan.NULL, failure);
        }
      }
      return new Term(Plan.NULL, failure);
    }
    number(left, "division");
    number(right, "division");
    Plan byZero =
        Plan.all(
            List.of(
                Plan.not(Plan.missing(left)),
                Plan.holds(Plan.same(right, Plan.number(BigDecimal.ZERO)))));
    return new Term(new Plan.Quotient(left, right), Plan.any(List.of(failure, byZero)));
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
    if (!left.type().sameKind(right.type())) {
      throw new RefusedException(
          "if", "gives a " + left.type().word() + " or a " + right.type().word());
    }
    return left.type();
  }

  private Term between(BetweenNode node) {
    Term value = expression(node.getValue());
    Term start = expression(node.getStart());
    Term end = expression(node.getEnd());
    Plan from = order(Relation.AT_LEAST, value.value(), start.value());
    Plan to = order(Relation.AT_MOST, value.value(), end.value());
    // A null on any side is an error, not an unknown.
    return new Term(
        Plan.all(List.of(from, to)),
        Plan.any(
            List.of(
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
        || tests instanceof BooleanNode) {
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
        if (Plan.isNull(value)) {
          yield new Term(Plan.missing(item.value()), item.failure());
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
          order(
              range.getLowerBound() == RangeNode.IntervalBoundary.OPEN
                  ? Relation.ABOVE
                  : Relation.AT_LEAST,
              value,
              low));
    }
    if (high != Plan.NULL) {
      parts.add(
          order(
              range.getUpperBound() == RangeNode.IntervalBoundary.OPEN
                  ? Relation.BELOW
                  : Relation.AT_MOST,
              value,
              high));
    }
    return Term.sure(Plan.all(parts));
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
    if (type instanceof PlanType.Text || type instanceof PlanType.Truth) {
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
    if (!Plan.isNull(subject)
        && !Plan.isNull(right.value())
        && !subject.type().sameKind(right.value().type())) {
      if (subject.type() instanceof PlanType.Truth
          || right.value().type() instanceof PlanType.Truth) {
        throw new RefusedException(relation.symbol, "of a boolean");
      }
      return new Term(Plan.FALSE, right.failure());
    }
    return new Term(Plan.holds(order(relation, subject, right.value())), right.failure());
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
      if (node.getTcFolded().getValue() instanceof LocalDate day
          && day.getYear() >= 1
          && day.getYear() <= 9999) {
        return Term.sure(Plan.day(day));
      }
      throw new RefusedException("temporal constant", node.getText());
    }
    String function =
        node.getName() instanceof QualifiedNameNode q
            ? String.join(" ", q.getPartsAsStringArray())
            : String.valueOf(node.getName().getText());
    if (names.containsKey(StringEvalHelper.normalizeVariableName(function))) {
      throw new RefusedException("invocation", "of " + function);
    }
    List<BaseNode> given = node.getParams().getElements();
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
