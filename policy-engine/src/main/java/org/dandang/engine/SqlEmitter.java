package org.dandang.engine;

/**
 * Writes plans in one database's SQL. The plan already says everything FEEL means; an emitter only
 * has to be true to it, three-valued truth included.
 */
interface SqlEmitter {

  /** An expression with exactly the plan's value, null included. */
  String value(Plan plan);

  /** An expression that is true exactly where the plan is true; elsewhere it is false or null. */
  String condition(Plan plan);

  /** A name, quoted. */
  String name(String name);

  /** A string literal. */
  String text(String value);

  /** The column type that holds a plan's value. */
  String type(PlanType type);
}
