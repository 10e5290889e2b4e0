package org.dandang.engine;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Brings values to the one form both ways of running see: numbers as {@link BigDecimal} without
 * trailing zeros and with a scale of at least 0 (the scale matters where FEEL looks for a number in
 * a list), dates as {@link LocalDate}.
 */
final class Values {
  private Values() {}

  static @Nullable Object canonical(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case BigDecimal d -> plain(d);
      case BigInteger i -> plain(new BigDecimal(i));
      case Double d -> Double.isFinite(d) ? plain(new BigDecimal(d.toString())) : null;
      case Float f -> Float.isFinite(f) ? plain(new BigDecimal(f.toString())) : null;
      case Number n -> BigDecimal.valueOf(n.longValue());
      case java.sql.Date d -> d.toLocalDate();
      case Enum<?> e -> e.name();
      default -> value;
    };
  }

  static BigDecimal plain(BigDecimal number) {
    BigDecimal rounded = number.precision() > 34 ? number.round(MathContext.DECIMAL128) : number;
    BigDecimal stripped = rounded.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  /** The same outcome, the scale of numbers aside. */
  static boolean same(@Nullable Object left, @Nullable Object right) {
    if (left instanceof BigDecimal l && right instanceof BigDecimal r) {
      return l.compareTo(r) == 0;
    }
    if (left instanceof java.util.List<?> l && right instanceof java.util.List<?> r) {
      if (l.size() != r.size()) {
        return false;
      }
      for (int i = 0; i < l.size(); i++) {
        if (!same(l.get(i), r.get(i))) {
          return false;
        }
      }
      return true;
    }
    if (left instanceof java.util.Map<?, ?> l && right instanceof java.util.Map<?, ?> r) {
      return l.keySet().equals(r.keySet())
          && l.keySet().stream().allMatch(k -> same(l.get(k), r.get(k)));
    }
    return java.util.Objects.equals(left, right);
  }

  /** A value as an element of a list written as text; a list as such text. */
  static String listed(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case String s -> '"' + s.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
      case BigDecimal d -> plain(d).toPlainString();
      case LocalDate d -> "date(\"" + d + "\")";
      case java.util.Map<?, ?> m ->
          m.entrySet().stream()
              .map(e -> listed(String.valueOf(e.getKey())) + ": " + listed(e.getValue()))
              .collect(java.util.stream.Collectors.joining(", ", "{", "}"));
      case java.util.Collection<?> c ->
          c.stream()
              .map(Values::listed)
              .collect(java.util.stream.Collectors.joining(", ", "[", "]"));
      default -> value.toString();
    };
  }

  /** Times and durations as FEEL writes them; other values as they are. */
  static @Nullable Object shown(@Nullable Object value) {
    return !(value instanceof LocalDate)
            && (value instanceof java.time.temporal.TemporalAccessor
                || value instanceof java.time.temporal.TemporalAmount)
        ? org.kie.dmn.feel.util.TypeUtil.formatValue(value, false)
        : value;
  }

  static boolean isDate(@Nullable Object value) {
    return value instanceof LocalDate;
  }
}
