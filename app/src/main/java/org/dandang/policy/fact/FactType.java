package org.dandang.policy.fact;

import java.util.Locale;
import java.util.Optional;

/**
 * The type of a fact, as its SQL gives it and as decision tables see it.
 *
 * @param scale digits after the point; 0 but for decimals
 */
public record FactType(Kind kind, int scale) {
  /** What kind of value. */
  public enum Kind {
    INTEGER,
    DECIMAL,
    STRING,
    BOOLEAN,
    DATE
  }

  /** Reads {@code integer}, {@code decimal(1)}, {@code string}, {@code boolean} or {@code date}. */
  static Optional<FactType> parse(String text) {
    if (text.matches("decimal\\([0-9]\\)")) {
      return Optional.of(new FactType(Kind.DECIMAL, text.charAt(8) - '0'));
    }
    for (Kind kind : Kind.values()) {
      if (kind != Kind.DECIMAL && kind.name().toLowerCase(Locale.ROOT).equals(text)) {
        return Optional.of(new FactType(kind, 0));
      }
    }
    return Optional.empty();
  }

  /** As the catalogue shows it. */
  public String word() {
    String word = kind.name().toLowerCase(Locale.ROOT);
    return kind == Kind.DECIMAL ? word + "(" + scale + ")" : word;
  }

  /** The type of its column in PostgreSQL. */
  String postgres() {
    return switch (kind) {
      case INTEGER -> "integer";
      case DECIMAL -> "numeric(18, " + scale + ")";
      case STRING -> "text";
      case BOOLEAN -> "boolean";
      case DATE -> "date";
    };
  }
}
