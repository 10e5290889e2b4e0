package org.dandang.engine;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The values that satisfy a test on one expression, as far as literals tell. */
final class Domain {
  private final Plan subject;
  private final @Nullable Set<Object> values;
  private final @Nullable BigDecimal low;
  private final boolean lowOpen;
  private final @Nullable BigDecimal high;
  private final boolean highOpen;

  private Domain(
      Plan subject,
      @Nullable Set<Object> values,
      @Nullable BigDecimal low,
      boolean lowOpen,
      @Nullable BigDecimal high,
      boolean highOpen) {
    this.subject = subject;
    this.values = values;
    this.low = low;
    this.lowOpen = lowOpen;
    this.high = high;
    this.highOpen = highOpen;
  }

  private static final Object NOTHING = new Object();

  /** The domain of a condition; empty when it cannot be told from literals alone. */
  static Optional<Domain> of(Plan condition) {
    return switch (condition) {
      case Plan.Equal equal -> literal(equal.right()).map(value -> points(equal.left(), value));
      case Plan.Ordered ordered when ordered.right() instanceof Plan.NumberLiteral number ->
          Optional.of(interval(ordered, number.value()));
      case Plan.All all when all.parts().size() == 2 -> both(all);
      case Plan.Any any -> union(any);
      default -> Optional.empty();
    };
  }

  /** Whether it is proved that no value satisfies both. */
  boolean excludes(Domain other) {
    if (!subject.equals(other.subject)) {
      return false;
    }
    if (values != null && other.values != null) {
      Set<Object> common = new HashSet<>(values);
      common.retainAll(other.values);
      return common.isEmpty();
    }
    if (values != null) {
      return values.stream().noneMatch(other::holds);
    }
    if (other.values != null) {
      return other.excludes(this);
    }
    return before(this, other) || before(other, this);
  }

  private boolean holds(Object value) {
    if (!(value instanceof BigDecimal number)) {
      return false;
    }
    boolean above =
        low == null || number.compareTo(low) > 0 || (!lowOpen && number.compareTo(low) == 0);
    boolean below =
        high == null || number.compareTo(high) < 0 || (!highOpen && number.compareTo(high) == 0);
    return above && below;
  }

  private static boolean before(Domain a, Domain b) {
    if (a.high == null || b.low == null) {
      return false;
    }
    int order = a.high.compareTo(b.low);
    return order < 0 || (order == 0 && (a.highOpen || b.lowOpen));
  }

  private static Optional<Object> literal(Plan plan) {
    return switch (plan) {
      case Plan.TextLiteral text -> Optional.of(text.value());
      case Plan.BooleanLiteral bool -> Optional.of(bool.value());
      case Plan.NumberLiteral number -> Optional.of(number.value().stripTrailingZeros());
      case Plan.DateLiteral date -> Optional.of(date.value());
      case Plan.Missing ignored -> Optional.of(NOTHING);
      default -> Optional.empty();
    };
  }

  private static Domain points(Plan subject, Object value) {
    return new Domain(subject, Set.of(value), null, false, null, false);
  }

  private static Domain interval(Plan.Ordered ordered, BigDecimal bound) {
    return switch (ordered.operator()) {
      case ">" -> new Domain(ordered.left(), null, bound, true, null, false);
      case ">=" -> new Domain(ordered.left(), null, bound, false, null, false);
      case "<" -> new Domain(ordered.left(), null, null, false, bound, true);
      default -> new Domain(ordered.left(), null, null, false, bound, false);
    };
  }

  private static Optional<Domain> both(Plan.All all) {
    Optional<Domain> first = of(all.parts().get(0));
    Optional<Domain> second = of(all.parts().get(1));
    if (first.isEmpty() || second.isEmpty()) {
      return Optional.empty();
    }
    Domain a = first.get();
    Domain b = second.get();
    if (!a.subject.equals(b.subject) || a.values != null || b.values != null) {
      return Optional.empty();
    }
    Domain lower = a.low != null ? a : b;
    Domain upper = a.high != null ? a : b;
    return Optional.of(
        new Domain(a.subject, null, lower.low, lower.lowOpen, upper.high, upper.highOpen));
  }

  private static Optional<Domain> union(Plan.Any any) {
    Set<Object> values = new HashSet<>();
    Plan subject = null;
    for (Plan part : any.parts()) {
      Optional<Domain> domain = of(part);
      if (domain.isEmpty() || domain.get().values == null) {
        return Optional.empty();
      }
      if (subject != null && !subject.equals(domain.get().subject)) {
        return Optional.empty();
      }
      subject = domain.get().subject;
      values.addAll(domain.get().values);
    }
    return subject == null
        ? Optional.empty()
        : Optional.of(new Domain(subject, values, null, false, null, false));
  }
}
