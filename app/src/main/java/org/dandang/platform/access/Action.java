package org.dandang.platform.access;

/** What somebody wants to do with a record. */
public enum Action {
  READ,
  /** Enter, correct, withdraw. */
  CHANGE,
  /** Take out of the program as a file or on paper. */
  EXPORT,
  /** Decide on, approve, refuse. */
  DECIDE
}
