package org.dandang.engine;

/** An order relation. */
enum Relation {
  BELOW("<"),
  AT_MOST("<="),
  ABOVE(">"),
  AT_LEAST(">=");

  final String symbol;

  Relation(String symbol) {
    this.symbol = symbol;
  }

  /** The relation that holds exactly where this one does not. */
  Relation inverse() {
    return switch (this) {
      case BELOW -> AT_LEAST;
      case AT_MOST -> ABOVE;
      case ABOVE -> AT_MOST;
      case AT_LEAST -> BELOW;
    };
  }

  /** The relation with its sides exchanged. */
  Relation mirrored() {
    return switch (this) {
      case BELOW -> ABOVE;
      case AT_MOST -> AT_LEAST;
      case ABOVE -> BELOW;
      case AT_LEAST -> AT_MOST;
    };
  }

  boolean test(int comparison) {
    return switch (this) {
      case BELOW -> comparison < 0;
      case AT_MOST -> comparison <= 0;
      case ABOVE -> comparison > 0;
      case AT_LEAST -> comparison >= 0;
    };
  }
}
