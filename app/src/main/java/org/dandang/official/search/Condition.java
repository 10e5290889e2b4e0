package org.dandang.official.search;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.dandang.policy.fact.Fact;
import org.dandang.policy.fact.FactCatalogue;
import org.dandang.policy.fact.FactType;

/**
 * A condition on a published fact, with an address such as {@code age:between:40|44}.
 *
 * @param values as they are written in the address: dates {@code 2020-01-31}, true, false
 */
public record Condition(Fact fact, Operator operator, List<String> values) {
  /** What may be asked of a fact. */
  public enum Operator {
    IS("is"),
    IS_NOT("not"),
    AT_LEAST("ge"),
    AT_MOST("le"),
    BETWEEN("between"),
    MISSING("missing"),
    KNOWN("known");

    private final String address;

    Operator(String address) {
      this.address = address;
    }

    /** As it stands in an address; also the end of its message key. */
    public String address() {
      return address;
    }

    boolean takesValues() {
      return this != MISSING && this != KNOWN;
    }
  }

  /** Says why a condition cannot be asked. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String reason;

    Refused(String reason, String text) {
      super(text);
      this.reason = reason;
    }

    /** End of the message key: {@code fact}, {@code operator}, {@code number}, … */
    public String reason() {
      return reason;
    }
  }

  public Condition {
    values = List.copyOf(values);
  }

  /** What may be asked of facts of a type. */
  public static List<Operator> of(FactType type) {
    return switch (type.kind()) {
      case INTEGER, DECIMAL, DATE ->
          List.of(
              Operator.AT_LEAST,
              Operator.AT_MOST,
              Operator.BETWEEN,
              Operator.IS,
              Operator.KNOWN,
              Operator.MISSING);
      case STRING -> List.of(Operator.IS, Operator.IS_NOT, Operator.KNOWN, Operator.MISSING);
      case BOOLEAN -> List.of(Operator.IS, Operator.KNOWN, Operator.MISSING);
    };
  }

  /**
   * Reads an address.
   *
   * @throws Refused naming the fact or value that is wrong
   */
  static Condition parse(String address, FactCatalogue catalogue) {
    String[] parts = address.split(":", 3);
    Fact fact =
        catalogue
            .find(parts[0])
            .filter(published -> published.subject().equals("official"))
            .orElseThrow(() -> new Refused("fact", parts[0]));
    Operator operator =
        of(fact.type()).stream()
            .filter(each -> parts.length > 1 && each.address.equals(parts[1]))
            .findFirst()
            .orElseThrow(() -> new Refused("operator", address));
    List<String> values =
        parts.length < 3 || !operator.takesValues()
            ? List.of()
            : Arrays.stream(parts[2].split("\\|", -1))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    boolean enough =
        switch (operator) {
          case MISSING, KNOWN -> true;
          case BETWEEN -> values.size() == 2;
          case AT_LEAST, AT_MOST -> values.size() == 1;
          case IS, IS_NOT -> !values.isEmpty();
        };
    if (!enough) {
      throw new Refused(operator == Operator.BETWEEN ? "two-values" : "value", parts[0]);
    }
    Condition condition = new Condition(fact, operator, values);
    values.forEach(condition::checked);
    return condition;
  }

  private void checked(String value) {
    if (value.length() > 200) {
      throw new Refused("value", value.substring(0, 20) + "…");
    }
    switch (fact.type().kind()) {
      case BOOLEAN -> {
        if (!value.equals("true") && !value.equals("false")) {
          throw new Refused("truth", value);
        }
      }
      case STRING -> {}
      case INTEGER, DECIMAL, DATE -> number(value);
    }
  }

  /** A value of a number or date as the index has it. */
  long number(String value) {
    try {
      return fact.type().kind() == FactType.Kind.DATE
          ? LocalDate.parse(value).toEpochDay()
          : new BigDecimal(value).movePointRight(fact.type().scale()).longValueExact();
    } catch (DateTimeException e) {
      throw new Refused("date", value);
    } catch (ArithmeticException | NumberFormatException e) {
      throw new Refused("number", value);
    }
  }

  /** As it stands in an address. */
  public String address() {
    return fact.id()
        + ":"
        + operator.address
        + (values.isEmpty() ? "" : ":" + values.stream().collect(Collectors.joining("|")));
  }
}
