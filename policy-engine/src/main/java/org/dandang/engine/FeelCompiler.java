package org.dandang.engine;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.kie.dmn.feel.lang.ast.RangeNode;
import org.kie.dmn.feel.lang.ast.SignedUnaryNode;
import org.kie.dmn.feel.lang.ast.StringNode;
import org.kie.dmn.feel.lang.ast.UnaryTestListNode;
import org.kie.dmn.feel.lang.ast.UnaryTestNode;
import org.kie.dmn.feel.lang.ast.UndefinedValueNode;
import org.kie.dmn.feel.util.StringEvalHelper;

/**
 * Turns FEEL's syntax tree into a plan, or says which construct has no exact plan.
 *
 * <p>Numbers: FEEL computes with 34 digits. A plan is exact while every intermediate result fits
 * them, which is proved from the declared precision of the columns.
 */
final class FeelCompiler {
  private static final int DIGITS = 34;

  private final FeelSyntax syntax;
  private final Map<String, ColumnType> columns;

  FeelCompiler(FeelSyntax syntax, Map<String, ColumnType> columns) {
    this.syntax = syntax;
    this.columns = columns;
  }

  Plan expression(String text) throws NotExact {
    return expression(syntax.expression(text));
  }

  /** The condition under which a value satisfies a cell; empty for a dash. */
  Optional<Plan> cell(String text, Plan value) throws NotExact {
    BaseNode node = syntax.cell(text);
    if (!(node instanceof UnaryTestListNode tests)) {
      throw new NotExact(text, "not a list of tests");
    }
    List<Plan> parts = new ArrayList<>();
    for (BaseNode element : tests.getElements()) {
      if (element instanceof DashNode) {
        return Optional.empty();
      }
      parts.add(test(element, value));
    }
    Plan any = parts.size() == 1 ? parts.getFirst() : new Plan.Any(parts);
    return Optional.of(tests.isNegated() ? new Plan.Unless(any) : any);
  }

  private Plan test(BaseNode node, Plan value) throws NotExact {
    return switch (node) {
      case RangeNode range -> range(range, value);
      case UnaryTestNode unary when unary.getOperator() == UnaryTestNode.UnaryOperator.NE ->
          new Plan.Unless(equal(value, expression(unary.getValue()), node));
      case UnaryTestNode unary when unary.getOperator() == UnaryTestNode.UnaryOperator.EQ ->
          equal(value, expression(unary.getValue()), node);
      case BooleanNode ignored when value.type().type() != FeelType.BOOLEAN ->
          throw new NotExact(node.getText(), "a truth value tests a value of another type");
      case ListNode ignored -> throw new NotExact(node.getText(), "a list as a test");
      case UnaryTestNode ignored -> throw new NotExact(node.getText(), "this kind of test");
      case NullNode ignored -> new Plan.Equal(value, new Plan.Missing());
      default -> {
        Plan other = expression(node);
        if (other.type().type() == FeelType.BOOLEAN && !(node instanceof BooleanNode)) {
          throw new NotExact(node.getText(), "a condition as a test");
        }
        yield equal(value, other, node);
      }
    };
  }

  private Plan equal(Plan left, Plan right, BaseNode at) throws NotExact {
    if (!(right instanceof Plan.Missing) && left.type().type() != right.type().type()) {
      throw new NotExact(at.getText(), "values of different types are compared");
    }
    return new Plan.Equal(left, right);
  }

  private Plan range(RangeNode range, Plan value) throws NotExact {
    if (value.type().type() != FeelType.NUMBER && value.type().type() != FeelType.DATE) {
      throw new NotExact(range.getText(), "an order other than that of numbers and dates");
    }
    List<Plan> bounds = new ArrayList<>();
    if (!(range.getStart() instanceof UndefinedValueNode)) {
      bounds.add(
          ordered(
              range.getLowerBound() == RangeNode.IntervalBoundary.CLOSED ? ">=" : ">",
              value,
              bound(range.getStart(), value)));
    }
    if (!(range.getEnd() instanceof UndefinedValueNode)) {
      bounds.add(
          ordered(
              range.getUpperBound() == RangeNode.IntervalBoundary.CLOSED ? "<=" : "<",
              value,
              bound(range.getEnd(), value)));
    }
    if (bounds.size() == 2) {
      refuseDescending(range);
    }
    return bounds.size() == 1 ? bounds.getFirst() : new Plan.All(bounds);
  }

  /** A missing bound would leave the range open, and a bound of another type would fail. */
  private Plan bound(BaseNode node, Plan value) throws NotExact {
    Plan bound = expression(node);
    if (bound.type().nullable()) {
      throw new NotExact(node.getText(), "the bound of a range may be missing");
    }
    if (bound.type().type() != value.type().type()) {
      throw new NotExact(node.getText(), "the bound of a range is of another type");
    }
    return bound;
  }

  private void refuseDescending(RangeNode range) throws NotExact {
    Plan start = expression(range.getStart());
    Plan end = expression(range.getEnd());
    if (start instanceof Plan.NumberLiteral low
        && end instanceof Plan.NumberLiteral high
        && low.value().compareTo(high.value()) > 0) {
      throw new NotExact(range.getText(), "the range ends before it begins");
    }
    if (start instanceof Plan.DateLiteral low
        && end instanceof Plan.DateLiteral high
        && low.value().isAfter(high.value())) {
      throw new NotExact(range.getText(), "the range ends before it begins");
    }
  }

  private static Plan ordered(String operator, Plan left, Plan right) {
    return new Plan.Ordered(operator, left, right);
  }

  private Plan expression(BaseNode node) throws NotExact {
    return switch (node) {
      case NumberNode number -> number(number.getValue(), node);
      case StringNode text -> new Plan.TextLiteral(StringEvalHelper.unescapeString(text.getText()));
      case BooleanNode bool -> new Plan.BooleanLiteral(bool.getValue());
      case NullNode ignored -> new Plan.Missing();
      case NameRefNode name -> column(name.getText(), node);
      case AtLiteralNode at -> date(at.getStringLiteral().getText(), node);
      case SignedUnaryNode signed -> signed(signed);
      case InfixOpNode infix -> infix(infix);
      case IfExpressionNode choice -> choice(choice);
      case BetweenNode between -> between(between);
      case InNode in -> in(in);
      case FunctionInvocationNode call -> call(call);
      default ->
          throw new NotExact(node.getText(), node.getClass().getSimpleName().replace("Node", ""));
    };
  }

  private static Plan number(BigDecimal value, BaseNode node) throws NotExact {
    BigDecimal plain = value.scale() < 0 ? value.setScale(0) : value;
    if (plain.precision() > DIGITS || plain.scale() > DIGITS) {
      throw new NotExact(node.getText(), "more than " + DIGITS + " digits");
    }
    return new Plan.NumberLiteral(plain);
  }

  private Plan column(String name, BaseNode node) throws NotExact {
    ColumnType type = columns.get(name);
    if (type == null) {
      throw new NotExact(node.getText(), "not an input");
    }
    if (type.type() == FeelType.OTHER) {
      throw new NotExact(node.getText(), "an input of a type without a column");
    }
    return new Plan.Column(name, type);
  }

  private static Plan date(String quoted, BaseNode node) throws NotExact {
    try {
      return new Plan.DateLiteral(LocalDate.parse(StringEvalHelper.unescapeString(quoted)));
    } catch (DateTimeParseException e) {
      throw new NotExact(node.getText(), "a literal other than a date");
    }
  }

  private Plan signed(SignedUnaryNode node) throws NotExact {
    Plan value = expression(node.getExpression());
    if (value.type().type() != FeelType.NUMBER) {
      throw new NotExact(node.getText(), "a sign before something other than a number");
    }
    if (node.getSign() == SignedUnaryNode.Sign.POSITIVE) {
      return value;
    }
    if (value instanceof Plan.NumberLiteral literal) {
      return new Plan.NumberLiteral(literal.value().negate());
    }
    return new Plan.Arithmetic('-', new Plan.NumberLiteral(BigDecimal.ZERO), value, value.type());
  }

  private Plan infix(InfixOpNode node) throws NotExact {
    Plan left = expression(node.getLeft());
    Plan right = expression(node.getRight());
    return switch (node.getOperator()) {
      case ADD, SUB, MULT -> arithmetic(node, left, right);
      case LT -> compared(node, "<", left, right);
      case LTE -> compared(node, "<=", left, right);
      case GT -> compared(node, ">", left, right);
      case GTE -> compared(node, ">=", left, right);
      case EQ -> equalExpression(node, left, right);
      case NE -> new Plan.Unless(equalExpression(node, left, right));
      case AND -> new Plan.All(List.of(truth(node, left), truth(node, right)));
      case OR -> new Plan.Any(List.of(truth(node, left), truth(node, right)));
      case DIV -> throw new NotExact(node.getText(), "a quotient has no exact decimal");
      case POW -> throw new NotExact(node.getText(), "a power");
    };
  }

  private static Plan truth(BaseNode node, Plan plan) throws NotExact {
    if (plan.type().type() != FeelType.BOOLEAN) {
      throw new NotExact(node.getText(), "and, or of something other than truth values");
    }
    return plan;
  }

  private Plan equalExpression(InfixOpNode node, Plan left, Plan right) throws NotExact {
    if (left instanceof Plan.Missing) {
      return equal(right, left, node);
    }
    return equal(left, right, node);
  }

  private static Plan compared(BaseNode node, String operator, Plan left, Plan right)
      throws NotExact {
    FeelType type = left.type().type();
    if (type != right.type().type() || (type != FeelType.NUMBER && type != FeelType.DATE)) {
      throw new NotExact(node.getText(), "an order other than that of two numbers or two dates");
    }
    return ordered(operator, left, right);
  }

  private static Plan arithmetic(InfixOpNode node, Plan left, Plan right) throws NotExact {
    if (left.type().type() != FeelType.NUMBER || right.type().type() != FeelType.NUMBER) {
      throw new NotExact(node.getText(), "arithmetic on something other than numbers");
    }
    ColumnType a = left.type();
    ColumnType b = right.type();
    boolean nullable = a.nullable() || b.nullable();
    int scale;
    int precision;
    char operator;
    if (node.getOperator() == org.kie.dmn.feel.lang.ast.InfixOperator.MULT) {
      operator = '*';
      scale = a.scale() + b.scale();
      precision = a.precision() + b.precision();
    } else {
      operator = node.getOperator() == org.kie.dmn.feel.lang.ast.InfixOperator.ADD ? '+' : '-';
      scale = Math.max(a.scale(), b.scale());
      precision = Math.max(a.precision() - a.scale(), b.precision() - b.scale()) + scale + 1;
    }
    if (precision > DIGITS) {
      throw new NotExact(
          node.getText(), "the result may need " + precision + " digits, more than " + DIGITS);
    }
    return new Plan.Arithmetic(
        operator, left, right, ColumnType.decimal(precision, scale, nullable));
  }

  private Plan choice(IfExpressionNode node) throws NotExact {
    Plan condition = expression(node.getCondition());
    if (condition.type().type() != FeelType.BOOLEAN) {
      throw new NotExact(node.getText(), "a condition that is no truth value");
    }
    Plan then = expression(node.getThenExpression());
    Plan otherwise = expression(node.getElseExpression());
    return new Plan.Choice(condition, then, otherwise, common(node, then, otherwise));
  }

  private static ColumnType common(BaseNode node, Plan a, Plan b) throws NotExact {
    if (a instanceof Plan.Missing) {
      return nullable(b.type());
    }
    if (b instanceof Plan.Missing) {
      return nullable(a.type());
    }
    if (a.type().type() != b.type().type()) {
      throw new NotExact(node.getText(), "branches of different types");
    }
    int scale = Math.max(a.type().scale(), b.type().scale());
    int whole =
        Math.max(a.type().precision() - a.type().scale(), b.type().precision() - b.type().scale());
    return new ColumnType(
        a.type().type(), whole + scale, scale, a.type().nullable() || b.type().nullable());
  }

  private static ColumnType nullable(ColumnType type) {
    return new ColumnType(type.type(), type.precision(), type.scale(), true);
  }

  private Plan between(BetweenNode node) throws NotExact {
    Plan value = expression(node.getValue());
    Plan start = expression(node.getStart());
    Plan end = expression(node.getEnd());
    if (value.type().nullable() || start.type().nullable() || end.type().nullable()) {
      throw new NotExact(node.getText(), "between, with a value that may be missing");
    }
    return new Plan.All(
        List.of(compared(node, ">=", value, start), compared(node, "<=", value, end)));
  }

  private Plan in(InNode node) throws NotExact {
    Plan value = expression(node.getValue());
    if (value.type().nullable()) {
      throw new NotExact(node.getText(), "in, with a value that may be missing");
    }
    if (node.getExprs() instanceof ListNode list) {
      List<Plan> parts = new ArrayList<>();
      for (BaseNode element : list.getElements()) {
        parts.add(test(element, value));
      }
      return new Plan.Any(parts);
    }
    return test(node.getExprs(), value);
  }

  private Plan call(FunctionInvocationNode node) throws NotExact {
    String name = node.getName().getText();
    List<BaseNode> given = node.getParams().getElements();
    if (name.equals("date") && given.size() == 1 && given.getFirst() instanceof StringNode text) {
      return date(text.getText(), node);
    }
    throw new NotExact(node.getText(), "the function " + name);
  }
}
