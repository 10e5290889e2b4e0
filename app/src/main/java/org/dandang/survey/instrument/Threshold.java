package org.dandang.survey.instrument;

/**
 * A share that must be reached.
 *
 * @param parameter of the pack, holding the share
 * @param more whether it must be exceeded; otherwise reaching it is enough
 * @param of the whole it is a share of
 */
public record Threshold(String parameter, boolean more, Basis of) {
  /** The wholes a rule can speak of. */
  public enum Basis {
    /** Everybody in the electorate, those recused left out. */
    DUE,
    /** Those whose ballot was received, on paper or not, spoilt ones too. */
    PRESENT,
    /** Valid answers to the question; abstentions are left out. */
    CAST
  }
}
