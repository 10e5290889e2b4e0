package org.dandang.engine;

/**
 * A translated expression.
 *
 * @param value what it comes to
 * @param failure true exactly where evaluating it is an error that makes the decision fail; never
 *     null
 */
record Term(Plan value, Plan failure) {
  static Term sure(Plan value) {
    return new Term(value, Plan.FALSE);
  }
}
