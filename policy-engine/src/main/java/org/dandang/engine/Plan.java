package org.dandang.engine;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * A typed expression between FEEL and SQL, with FEEL's meaning spelled out: every operation says
 * what it does with a missing value.
 */
sealed interface Plan {
  ColumnType type();

  /** An input's column. */
  record Column(String name, ColumnType type) implements Plan {}

  /** A number, exactly. */
  record NumberLiteral(BigDecimal value) implements Plan {
    @Override
    public ColumnType type() {
      int scale = Math.max(0, value.scale());
      return ColumnType.decimal(Math.max(value.precision(), scale + 1), scale, false);
    }
  }

  record TextLiteral(String value) implements Plan {
    @Override
    public ColumnType type() {
      return ColumnType.of(FeelType.STRING, false);
    }
  }

  record BooleanLiteral(boolean value) implements Plan {
    @Override
    public ColumnType type() {
      return ColumnType.of(FeelType.BOOLEAN, false);
    }
  }

  record DateLiteral(LocalDate value) implements Plan {
    @Override
    public ColumnType type() {
      return ColumnType.of(FeelType.DATE, false);
    }
  }

  /** The missing value itself. */
  record Missing() implements Plan {
    @Override
    public ColumnType type() {
      return ColumnType.of(FeelType.OTHER, true);
    }
  }

  /** Plus, minus or times; missing when either side is. */
  record Arithmetic(char operator, Plan left, Plan right, ColumnType type) implements Plan {}

  /** Less, greater and their equals; missing when either side is. */
  record Ordered(String operator, Plan left, Plan right) implements Plan {
    @Override
    public ColumnType type() {
      return ColumnType.of(FeelType.BOOLEAN, left.type().nullable() || right.type().nullable());
    }
  }

  /** Equality that is never missing: two missing values are equal. */
  record Equal(Plan left, Plan right) implements Plan {
    @Override
    public ColumnType type() {
      return ColumnType.of(FeelType.BOOLEAN, false);
    }
  }

  /** Three-valued and. */
  record All(List<Plan> parts) implements Plan {
    public All {
      parts = List.copyOf(parts);
    }

    @Override
    public ColumnType type() {
      return ColumnType.of(
          FeelType.BOOLEAN, parts.stream().anyMatch(part -> part.type().nullable()));
    }
  }

  /** Three-valued or. */
  record Any(List<Plan> parts) implements Plan {
    public Any {
      parts = List.copyOf(parts);
    }

    @Override
    public ColumnType type() {
      return ColumnType.of(
          FeelType.BOOLEAN, parts.stream().anyMatch(part -> part.type().nullable()));
    }
  }

  /** True unless the part is true: what a negated cell does with a missing value. */
  record Unless(Plan part) implements Plan {
    @Override
    public ColumnType type() {
      return ColumnType.of(FeelType.BOOLEAN, false);
    }
  }

  /** The first when the condition is true, else the second. */
  record Choice(Plan condition, Plan then, Plan otherwise, ColumnType type) implements Plan {}
}
