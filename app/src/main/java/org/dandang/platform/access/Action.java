package org.dandang.platform.access;

/** What somebody wants to do with a record. */
public enum Action {
  /**
   * Say in a matter or a form who is meant: name and number are seen, nothing else of the record.
   */
  NAME,
  READ,
  /** Enter, correct, withdraw. */
  CHANGE,
  /** Take out of the program as a file or on paper. */
  EXPORT,
  /** Decide on, approve, refuse. */
  DECIDE
}
