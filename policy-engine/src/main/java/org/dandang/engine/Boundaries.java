package org.dandang.engine;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dandang.engine.InputTypes.InputColumn;
import org.jspecify.annotations.Nullable;

/**
 * The values of inputs at which a decision may change: each threshold, just below it, just above.
 */
final class Boundaries {
  /** Stands for a text no test names. */
  static final String ANY_OTHER = "any other";

  private final Map<String, Set<@Nullable Object>> values = new LinkedHashMap<>();
  private final Map<String, InputColumn> columns = new LinkedHashMap<>();

  private Boundaries(DecisionModel model, String decision, InputTypes types) {
    for (ModelInput input : model.inputs(decision)) {
      Optional<InputColumn> column = types.column(input.name());
      if (column.isPresent() && !types.constants().containsKey(input.name())) {
        columns.put(input.name(), column.get());
      }
    }
    Map<String, Set<Object>> constants = constants(model, decision, types);
    columns.forEach(
        (name, column) -> values.put(name, around(column, constants.getOrDefault(name, Set.of()))));
  }

  static Boundaries of(DecisionModel model, String decision, InputTypes types) {
    return new Boundaries(model, decision, types);
  }

  /** The values worth trying for an input, the missing one included. */
  Set<@Nullable Object> values(String input) {
    return values.getOrDefault(input, Set.of());
  }

  Collection<String> inputs() {
    return columns.keySet();
  }

  /**
   * Rows that try every boundary: from a row that each rule matches, if one can be told, each input
   * is moved over its values.
   */
  List<Map<String, @Nullable Object>> rows(DecisionModel model, String decision, InputTypes types) {
    List<Map<String, @Nullable Object>> bases = new ArrayList<>();
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    columns
        .keySet()
        .forEach(
            c -> plain.put(c, values(c).stream().filter(v -> v != null).findFirst().orElse(null)));
    bases.add(plain);
    new Compiler(model.kie(), types)
        .shape(decision)
        .ifPresent(
            shape -> {
              for (int r = 0; r < shape.rows(); r++) {
                Map<String, @Nullable Object> base = new LinkedHashMap<>(plain);
                for (int c = 0; c < shape.columns(); c++) {
                  if (shape.subjects().get(c) instanceof Plan.Column column
                      && columns.containsKey(column.name())) {
                    Optional<ValueSet> set = shape.set(r, c);
                    ValueSet domain = shape.domain(c);
                    base.put(
                        column.name(),
                        set.map(s -> s.and(domain)).map(ValueSet::member).orElse(null));
                  }
                }
                bases.add(base);
              }
            });
    Set<Map<String, @Nullable Object>> rows = new LinkedHashSet<>();
    for (Map<String, @Nullable Object> base : bases) {
      rows.add(base);
      for (String input : columns.keySet()) {
        for (Object value : values(input)) {
          Map<String, @Nullable Object> row = new LinkedHashMap<>(base);
          row.put(input, value);
          rows.add(row);
        }
      }
    }
    return List.copyOf(rows);
  }

  // ---------------------------------------------------------------- constants

  /** All constants each input is compared with anywhere on the way to the decision. */
  private static Map<String, Set<Object>> constants(
      DecisionModel model, String decision, InputTypes types) {
    Compiler compiler = new Compiler(model.kie(), types);
    compiler.compile(decision);
    Map<String, Set<Object>> found = new LinkedHashMap<>();
    for (TableShape shape : compiler.shapes()) {
      for (int c = 0; c < shape.columns(); c++) {
        Set<String> names = new LinkedHashSet<>();
        Set<Object> values = new LinkedHashSet<>();
        gather(shape.subjects().get(c), names, values);
        gather(shape.domainTest(c), names, values);
        for (List<Plan> row : shape.cells()) {
          gather(row.get(c), names, values);
        }
        names.forEach(n -> found.computeIfAbsent(n, k -> new LinkedHashSet<>()).addAll(values));
      }
    }
    for (Plan plan : compiler.expressions()) {
      Set<String> names = new LinkedHashSet<>();
      Set<Object> values = new LinkedHashSet<>();
      gather(plan, names, values);
      names.forEach(n -> found.computeIfAbsent(n, k -> new LinkedHashSet<>()).addAll(values));
    }
    return found;
  }

  private static void gather(Plan plan, Set<String> names, Set<Object> values) {
    switch (plan) {
      case Plan.Column c -> names.add(c.name());
      case Plan.Constant c -> {
        if (c.value() != null) {
          values.add(c.value());
        }
      }
      default -> plan.parts().forEach(part -> gather(part, names, values));
    }
  }

  private static Set<@Nullable Object> around(InputColumn column, Set<Object> constants) {
    Set<@Nullable Object> values = new LinkedHashSet<>();
    switch (column.type()) {
      case ColumnType.Whole w -> numbers(w.digits(), 0, constants, values);
      case ColumnType.Decimal d -> numbers(d.precision() - d.scale(), d.scale(), constants, values);
      case ColumnType.Text t -> {
        constants.stream().filter(String.class::isInstance).forEach(values::add);
        values.add(ANY_OTHER);
      }
      case ColumnType.Enumerated e -> values.addAll(e.values());
      case ColumnType.Truth t -> values.addAll(List.of(true, false));
      case ColumnType.Day d -> {
        for (Object constant : constants) {
          if (constant instanceof LocalDate day) {
            values.addAll(List.of(day.minusDays(1), day, day.plusDays(1)));
          }
        }
        values.add(LocalDate.of(2000, 2, 29));
      }
      case ColumnType.Other o -> {}
    }
    if (column.nullable()) {
      values.add(null);
    }
    return values;
  }

  private static void numbers(
      int whole, int scale, Set<Object> constants, Set<@Nullable Object> values) {
    BigDecimal step = BigDecimal.ONE.movePointLeft(scale);
    // An integer type does not hold every number of its digits.
    BigDecimal beyond = BigDecimal.ONE.movePointRight(scale == 0 ? Math.max(1, whole - 1) : whole);
    List<BigDecimal> at = new ArrayList<>(List.of(BigDecimal.ZERO, BigDecimal.ONE));
    for (Object constant : constants) {
      if (constant instanceof BigDecimal number) {
        at.add(number);
      }
    }
    for (BigDecimal number : at) {
      BigDecimal down = number.setScale(scale, RoundingMode.FLOOR);
      BigDecimal up = number.setScale(scale, RoundingMode.CEILING);
      for (BigDecimal near : List.of(down.subtract(step), down, up, up.add(step))) {
        if (near.abs().compareTo(beyond) < 0) {
          values.add(Values.plain(near));
        }
      }
    }
  }
}
