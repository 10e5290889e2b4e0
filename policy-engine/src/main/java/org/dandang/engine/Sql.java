package org.dandang.engine;

import java.util.List;
import java.util.stream.Collectors;

/** Writes plans as DuckDB's SQL. */
final class Sql {
  private Sql() {}

  static String name(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  static String of(Plan plan) {
    return switch (plan) {
      case Plan.Column column -> name(column.name());
      case Plan.NumberLiteral number -> number(number);
      case Plan.TextLiteral literal -> text(literal.value());
      case Plan.BooleanLiteral bool -> Boolean.toString(bool.value());
      case Plan.DateLiteral date -> "DATE '" + date.value() + "'";
      case Plan.Missing ignored -> "NULL";
      case Plan.Arithmetic sum ->
          "("
              + decimal(sum.left(), sum.operator() == '*' ? sum.left().type() : sum.type())
              + " "
              + sum.operator()
              + " "
              + decimal(sum.right(), sum.operator() == '*' ? sum.right().type() : sum.type())
              + ")";
      case Plan.Ordered ordered ->
          of(ordered.left()) + " " + ordered.operator() + " " + of(ordered.right());
      case Plan.Equal equal -> equal(equal);
      case Plan.All all -> joined(all.parts(), " AND ");
      case Plan.Any any -> joined(any.parts(), " OR ");
      case Plan.Unless unless ->
          unless.part().type().nullable()
              ? "NOT COALESCE(" + of(unless.part()) + ", FALSE)"
              : "NOT (" + of(unless.part()) + ")";
      case Plan.Choice choice ->
          "CASE WHEN "
              + of(choice.condition())
              + " THEN "
              + of(choice.then())
              + " ELSE "
              + of(choice.otherwise())
              + " END";
    };
  }

  /** As {@link #of}, where only truth matters and a missing truth counts as false. */
  static String truth(Plan plan) {
    return switch (plan) {
      case Plan.Equal equal
          when !(equal.right() instanceof Plan.Missing)
              && (!equal.left().type().nullable() || !equal.right().type().nullable()) ->
          equal.right() instanceof Plan.BooleanLiteral bool
              ? (bool.value() ? "" : "NOT ") + of(equal.left())
              : of(equal.left()) + " = " + of(equal.right());
      case Plan.All all ->
          all.parts().stream().map(Sql::truth).collect(Collectors.joining(" AND "));
      case Plan.Any any -> anyTrue(any);
      case Plan.Choice ignored -> "(" + of(plan) + ")";
      case Plan.Column ignored -> of(plan);
      case Plan.NumberLiteral ignored -> of(plan);
      case Plan.TextLiteral ignored -> of(plan);
      case Plan.BooleanLiteral ignored -> of(plan);
      case Plan.DateLiteral ignored -> of(plan);
      case Plan.Missing ignored -> of(plan);
      case Plan.Arithmetic ignored -> of(plan);
      case Plan.Ordered ignored -> of(plan);
      case Plan.Equal ignored -> of(plan);
      case Plan.Unless ignored -> of(plan);
    };
  }

  private static String number(Plan.NumberLiteral number) {
    String plain = number.value().toPlainString();
    return number.value().signum() < 0 ? "(" + plain + ")" : plain;
  }

  /** Operands are widened before the operation, so that no intermediate result is cut. */
  private static String decimal(Plan operand, ColumnType type) {
    return "CAST(" + of(operand) + " AS DECIMAL(" + type.precision() + ", " + type.scale() + "))";
  }

  private static String equal(Plan.Equal equal) {
    if (equal.right() instanceof Plan.Missing) {
      return of(equal.left()) + " IS NULL";
    }
    if (!equal.left().type().nullable() && !equal.right().type().nullable()) {
      return of(equal.left()) + " = " + of(equal.right());
    }
    return of(equal.left()) + " IS NOT DISTINCT FROM " + of(equal.right());
  }

  /** Several values compared with one become one look-up. */
  private static String anyTrue(Plan.Any any) {
    boolean lookup =
        any.parts().stream()
            .allMatch(
                part ->
                    part instanceof Plan.Equal equal
                        && (equal.right() instanceof Plan.TextLiteral
                            || equal.right() instanceof Plan.NumberLiteral));
    if (lookup) {
      Plan left = ((Plan.Equal) any.parts().getFirst()).left();
      return of(left)
          + any.parts().stream()
              .map(part -> of(((Plan.Equal) part).right()))
              .collect(Collectors.joining(", ", " IN (", ")"));
    }
    return any.parts().stream().map(Sql::truth).collect(Collectors.joining(" OR ", "(", ")"));
  }

  private static String joined(List<Plan> parts, String operator) {
    return parts.stream().map(part -> "(" + of(part) + ")").collect(Collectors.joining(operator));
  }
}
