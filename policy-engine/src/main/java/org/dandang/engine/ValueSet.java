package org.dandang.engine;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The exact set of values for which a test holds: intervals of numbers or dates, or named strings
 * or booleans, and whether the missing value is among them.
 */
record ValueSet(boolean missing, Body body) {

  /** The values that are not missing. */
  sealed interface Body {
    /** Named values, or all but the named ones, out of those the type has if they are known. */
    record Named(boolean allBut, Set<Object> values, @Nullable Set<Object> domain)
        implements Body {}

    /** Disjoint intervals in ascending order, of values a step apart if there is one. */
    record Ordered(List<Interval> intervals, Step step) implements Body {}
  }

  /** The distance of neighbouring values. */
  record Step(PlanType type) {
    int scale() {
      return type instanceof PlanType.Number n ? n.scale() : 0;
    }
  }

  /** From low to high; null is without bound. */
  record Interval(
      @Nullable Comparable<?> low,
      boolean lowIncluded,
      @Nullable Comparable<?> high,
      boolean highIncluded) {

    boolean isEmpty() {
      if (low == null || high == null) {
        return false;
      }
      int order = order(low, high);
      return order > 0 || (order == 0 && !(lowIncluded && highIncluded));
    }
  }

  private static final Interval EVERYTHING = new Interval(null, false, null, false);

  /**
   * The set for which a cell's test over its subject holds; empty if the test asks about anything
   * else or is not simple enough to be told exactly.
   */
  static Optional<ValueSet> of(Plan test, Plan subject) {
    if ((FeelTranslation.holdsQuotient(subject) && !(subject instanceof Plan.Quotient))
        || subject.type().isTemporal()
        || subject.type() instanceof PlanType.Shape) {
      return Optional.empty();
    }
    return Optional.ofNullable(truth(test, subject));
  }

  /** Every value and the missing one. */
  static ValueSet all(Plan subject) {
    return new ValueSet(true, full(subject));
  }

  private static Body full(Plan subject) {
    return switch (subject.type()) {
      case PlanType.Number n -> new Body.Ordered(List.of(EVERYTHING), new Step(n));
      case PlanType.Day d -> new Body.Ordered(List.of(EVERYTHING), new Step(d));
      case PlanType.Truth t ->
          new Body.Named(true, Set.of(), new LinkedHashSet<>(List.of(true, false)));
      case PlanType.Text t ->
          new Body.Named(
              true,
              Set.of(),
              subject instanceof Plan.Column c && !c.values().isEmpty()
                  ? new LinkedHashSet<>(c.values())
                  : null);
      case PlanType.Nothing n -> new Body.Named(false, Set.of(), null);
      default -> new Body.Named(true, Set.of(), null);
    };
  }

  private static Body none(Plan subject) {
    return complement(full(subject));
  }

  /** Where the plan is true. */
  private static @Nullable ValueSet truth(Plan plan, Plan subject) {
    return switch (plan) {
      case Plan.Constant c ->
          Boolean.TRUE.equals(c.value()) ? all(subject) : new ValueSet(false, none(subject));
      case Plan.Holds h -> truth(h.part(), subject);
      case Plan.AllOf a -> fold(a.parts(), subject, true, true);
      case Plan.AnyOf a -> fold(a.parts(), subject, true, false);
      case Plan.Negation n -> falsity(n.part(), subject);
      case Plan.Missing m when m.part().equals(subject) -> new ValueSet(true, none(subject));
      case Plan.Same s when s.left().equals(subject) && s.right() instanceof Plan.Constant c ->
          new ValueSet(false, point(c, subject));
      case Plan.Compare c
          when c.left().equals(subject)
              && c.right() instanceof Plan.Constant bound
              && !(bound.type() instanceof PlanType.Text) ->
          new ValueSet(false, half(c.relation(), bound, subject));
      default ->
          plan.equals(subject) && plan.type() instanceof PlanType.Truth
              ? new ValueSet(false, point(new Plan.Constant(true, PlanType.TRUTH), subject))
              : null;
    };
  }

  /** Where the plan is false. */
  private static @Nullable ValueSet falsity(Plan plan, Plan subject) {
    return switch (plan) {
      case Plan.Constant c ->
          Boolean.FALSE.equals(c.value()) ? all(subject) : new ValueSet(false, none(subject));
      case Plan.Holds h -> not(truth(h.part(), subject));
      case Plan.AllOf a -> fold(a.parts(), subject, false, false);
      case Plan.AnyOf a -> fold(a.parts(), subject, false, true);
      case Plan.Negation n -> truth(n.part(), subject);
      case Plan.Missing m -> not(truth(m, subject));
      case Plan.Same s -> not(truth(s, subject));
      case Plan.Compare c ->
          truth(new Plan.Compare(c.relation().inverse(), c.left(), c.right()), subject);
      default ->
          plan.equals(subject) && plan.type() instanceof PlanType.Truth
              ? new ValueSet(false, point(new Plan.Constant(false, PlanType.TRUTH), subject))
              : null;
    };
  }

  private static @Nullable ValueSet not(@Nullable ValueSet set) {
    return set == null ? null : set.complement();
  }

  private static @Nullable ValueSet fold(
      List<Plan> parts, Plan subject, boolean truth, boolean intersect) {
    ValueSet result = null;
    for (Plan part : parts) {
      ValueSet one = truth ? truth(part, subject) : falsity(part, subject);
      if (one == null) {
        return null;
      }
      result = result == null ? one : intersect ? result.and(one) : result.or(one);
    }
    return result;
  }

  private static Body point(Plan.Constant constant, Plan subject) {
    Object value = constant.value();
    Body full = full(subject);
    if (full instanceof Body.Ordered ordered && value instanceof Comparable<?> at) {
      return new Body.Ordered(
          tidy(List.of(new Interval(at, true, at, true)), ordered.step()), ordered.step());
    }
    if (full instanceof Body.Named named && value != null) {
      return new Body.Named(false, Set.of(value), named.domain());
    }
    return none(subject);
  }

  private static Body half(Relation relation, Plan.Constant bound, Plan subject) {
    if (full(subject) instanceof Body.Ordered ordered
        && bound.value() instanceof Comparable<?> at) {
      Interval interval =
          switch (relation) {
            case BELOW -> new Interval(null, false, at, false);
            case AT_MOST -> new Interval(null, false, at, true);
            case ABOVE -> new Interval(at, false, null, false);
            case AT_LEAST -> new Interval(at, true, null, false);
          };
      return new Body.Ordered(tidy(List.of(interval), ordered.step()), ordered.step());
    }
    throw new IllegalStateException("an order relation on something without order");
  }

  // ---------------------------------------------------------------- set operations

  boolean isEmpty() {
    return !missing
        && switch (body) {
          case Body.Ordered o -> o.intervals().isEmpty();
          case Body.Named n ->
              members(n).map(Set::isEmpty).orElse(!n.allBut() && n.values().isEmpty());
        };
  }

  private static Optional<Set<Object>> members(Body.Named named) {
    if (named.domain() == null) {
      return Optional.empty();
    }
    Set<Object> members = new LinkedHashSet<>(named.domain());
    if (named.allBut()) {
      members.removeAll(named.values());
    } else {
      members.retainAll(named.values());
    }
    return Optional.of(members);
  }

  ValueSet complement() {
    return new ValueSet(!missing, complement(body));
  }

  private static Body complement(Body body) {
    return switch (body) {
      case Body.Named n -> new Body.Named(!n.allBut(), n.values(), n.domain());
      case Body.Ordered o -> {
        List<Interval> gaps = new ArrayList<>();
        Comparable<?> from = null;
        boolean included = false;
        boolean open = true;
        for (Interval interval : o.intervals()) {
          if (interval.low() != null) {
            gaps.add(new Interval(from, included, interval.low(), !interval.lowIncluded()));
          }
          from = interval.high();
          included = !interval.highIncluded();
          open = interval.high() != null;
        }
        if (open) {
          gaps.add(new Interval(from, included, null, false));
        }
        yield new Body.Ordered(tidy(gaps, o.step()), o.step());
      }
    };
  }

  ValueSet and(ValueSet other) {
    return new ValueSet(missing && other.missing, and(body, other.body));
  }

  ValueSet or(ValueSet other) {
    return complement().and(other.complement()).complement();
  }

  ValueSet minus(ValueSet other) {
    return and(other.complement());
  }

  private static Body and(Body left, Body right) {
    if (left instanceof Body.Named l && right instanceof Body.Named r) {
      Set<Object> values = new LinkedHashSet<>(l.values());
      if (l.allBut() && r.allBut()) {
        values.addAll(r.values());
        return new Body.Named(true, values, l.domain());
      }
      if (l.allBut()) {
        Set<Object> kept = new LinkedHashSet<>(r.values());
        kept.removeAll(l.values());
        return new Body.Named(false, kept, l.domain());
      }
      if (r.allBut()) {
        values.removeAll(r.values());
      } else {
        values.retainAll(r.values());
      }
      return new Body.Named(false, values, l.domain());
    }
    if (left instanceof Body.Ordered l && right instanceof Body.Ordered r) {
      List<Interval> both = new ArrayList<>();
      for (Interval a : l.intervals()) {
        for (Interval b : r.intervals()) {
          both.add(intersection(a, b));
        }
      }
      return new Body.Ordered(tidy(both, l.step()), l.step());
    }
    throw new IllegalStateException("sets of different kinds");
  }

  private static Interval intersection(Interval a, Interval b) {
    Comparable<?> low;
    boolean lowIncluded;
    if (a.low() == null || (b.low() != null && order(b.low(), a.low()) > 0)) {
      low = b.low();
      lowIncluded = b.lowIncluded();
    } else if (b.low() == null || order(a.low(), b.low()) > 0) {
      low = a.low();
      lowIncluded = a.lowIncluded();
    } else {
      low = a.low();
      lowIncluded = a.lowIncluded() && b.lowIncluded();
    }
    Comparable<?> high;
    boolean highIncluded;
    if (a.high() == null || (b.high() != null && order(b.high(), a.high()) < 0)) {
      high = b.high();
      highIncluded = b.highIncluded();
    } else if (b.high() == null || order(a.high(), b.high()) < 0) {
      high = a.high();
      highIncluded = a.highIncluded();
    } else {
      high = a.high();
      highIncluded = a.highIncluded() && b.highIncluded();
    }
    return new Interval(low, lowIncluded, high, highIncluded);
  }

  /** Closes the ends where values have a step, drops the empty ones and sorts. */
  private static List<Interval> tidy(List<Interval> intervals, Step step) {
    List<Interval> kept = new ArrayList<>();
    for (Interval interval : intervals) {
      Interval closed = closed(interval, step);
      if (!closed.isEmpty()) {
        kept.add(closed);
      }
    }
    kept.sort(
        Comparator.comparing(
            Interval::low,
            (a, b) -> a == null ? (b == null ? 0 : -1) : b == null ? 1 : order(a, b)));
    return List.copyOf(kept);
  }

  private static Interval closed(Interval interval, Step step) {
    if (step.type() instanceof PlanType.Number n && n.digits() > 60) {
      return interval;
    }
    Comparable<?> low = interval.low();
    boolean lowIncluded = interval.lowIncluded();
    if (low instanceof BigDecimal b) {
      BigDecimal up = b.setScale(step.scale(), RoundingMode.CEILING);
      low = !lowIncluded && up.compareTo(b) == 0 ? up.add(unit(step)) : up;
      lowIncluded = true;
    } else if (low instanceof LocalDate d) {
      low = lowIncluded ? d : d.plusDays(1);
      lowIncluded = true;
    }
    Comparable<?> high = interval.high();
    boolean highIncluded = interval.highIncluded();
    if (high instanceof BigDecimal b) {
      BigDecimal down = b.setScale(step.scale(), RoundingMode.FLOOR);
      high = !highIncluded && down.compareTo(b) == 0 ? down.subtract(unit(step)) : down;
      highIncluded = true;
    } else if (high instanceof LocalDate d) {
      high = highIncluded ? d : d.minusDays(1);
      highIncluded = true;
    }
    return new Interval(low, lowIncluded, high, highIncluded);
  }

  static BigDecimal unit(Step step) {
    return BigDecimal.ONE.movePointLeft(step.scale());
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static int order(Comparable left, Comparable right) {
    return left.compareTo(right);
  }

  // ---------------------------------------------------------------- in words

  /** The set as a reader of the table would write it. */
  String words() {
    List<String> words = new ArrayList<>();
    switch (body) {
      case Body.Ordered o -> o.intervals().forEach(i -> words.add(words(i)));
      case Body.Named n -> {
        Optional<Set<Object>> members = members(n);
        if (members.isPresent()) {
          members.get().forEach(m -> words.add(word(m)));
        } else if (n.allBut()) {
          words.add(
              n.values().isEmpty()
                  ? "any value"
                  : "any value but "
                      + String.join(", ", n.values().stream().map(ValueSet::word).toList()));
        } else {
          n.values().forEach(v -> words.add(word(v)));
        }
      }
    }
    if (missing) {
      words.add("missing");
    }
    return words.isEmpty() ? "nothing" : String.join(" or ", words);
  }

  private static String words(Interval i) {
    if (i.low() == null && i.high() == null) {
      return "any value";
    }
    if (i.low() == null) {
      return (i.highIncluded() ? "<= " : "< ") + word(i.high());
    }
    if (i.high() == null) {
      return (i.lowIncluded() ? ">= " : "> ") + word(i.low());
    }
    if (i.low().equals(i.high())) {
      return word(i.low());
    }
    return (i.lowIncluded() ? "[" : "(")
        + word(i.low())
        + ".."
        + word(i.high())
        + (i.highIncluded() ? "]" : ")");
  }

  private static String word(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case String s -> '"' + s + '"';
      case BigDecimal d -> Values.plain(d).toPlainString();
      default -> value.toString();
    };
  }

  /** A value of the set, null where the missing value is its only member. */
  @Nullable Object member() {
    return switch (body) {
      case Body.Ordered o when !o.intervals().isEmpty() -> {
        Interval i = o.intervals().get(0);
        Comparable<?> low = i.low();
        Comparable<?> high = i.high();
        if (low != null) {
          yield i.lowIncluded() || high == null || i.highIncluded()
              ? (i.lowIncluded() ? low : above(low, high, o.step()))
              : between(low, high);
        }
        if (high == null) {
          yield o.step().type() instanceof PlanType.Day
              ? LocalDate.of(2000, 1, 1)
              : BigDecimal.ZERO;
        }
        yield i.highIncluded() ? high : below(high, o.step());
      }
      case Body.Named n ->
          members(n)
              .map(m -> m.isEmpty() ? null : m.iterator().next())
              .orElseGet(
                  () ->
                      n.allBut()
                          ? other(n.values())
                          : n.values().isEmpty() ? null : n.values().iterator().next());
      default -> null;
    };
  }

  private static Object above(Comparable<?> low, @Nullable Comparable<?> high, Step step) {
    if (high != null) {
      return high;
    }
    return low instanceof BigDecimal b ? b.add(unit(step)) : ((LocalDate) low).plusDays(1);
  }

  private static Object below(Comparable<?> high, Step step) {
    return high instanceof BigDecimal b ? b.subtract(unit(step)) : ((LocalDate) high).minusDays(1);
  }

  private static Object between(Comparable<?> low, Comparable<?> high) {
    if (low instanceof BigDecimal l && high instanceof BigDecimal h) {
      return l.add(h).divide(BigDecimal.valueOf(2));
    }
    return low;
  }

  private static String other(Set<Object> values) {
    String other = "other";
    while (values.contains(other)) {
      other += "'";
    }
    return other;
  }
}
