package org.dandang.platform.procedure;

/**
 * A register in which procedures enter what was decided; the module that keeps it implements this.
 *
 * <p>What the register asks of a procedure is described beside it, in {@code
 * registers/<module>/<kind>.properties}, so that a pack is checked without the program running; see
 * {@link RegisterKind}.
 */
public interface DecisionRegister {
  /** Its word in {@code dandang:enters}. */
  String kind();

  /**
   * Looks at a matter when somebody begins it: what could never be entered, whatever is decided, is
   * refused before anybody is asked anything.
   *
   * @param begun with the answers it is begun with
   * @throws org.dandang.platform.web.Refused when it is not begun
   */
  default void begins(Entered begun) {}

  /**
   * Looks at a decision when it is made, where an entry can follow later on the way: what could not
   * be entered then is refused now, before anybody is told.
   *
   * @param entered as {@link #enter} will have it, as far as it is known
   * @throws org.dandang.platform.web.Refused when the entry could not be made; the decision is
   *     refused with it
   */
  default void foresee(Entered entered) {}

  /**
   * Makes the entry, in the transaction of the act that led to it.
   *
   * @throws org.dandang.platform.web.Refused when the entry cannot be made; the act is refused with
   *     it and nothing of either is recorded
   */
  void enter(Entered entered);
}
