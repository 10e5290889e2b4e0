package org.dandang.engine;

import java.util.List;

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

  /** A table's name, quoted part by part, or a call that reads a Parquet file. */
  String relationOf(String source);

  /** The type of a column that holds the index of one of so many rows. */
  String rowType(int rows);

  /** A list of these parts. */
  String list(List<String> parts);

  /** A list without its nulls. */
  String present(String list);

  /** The least of a list, nulls left out. */
  String least(String list);

  /** The greatest of a list, nulls left out. */
  String greatest(String list);
}
