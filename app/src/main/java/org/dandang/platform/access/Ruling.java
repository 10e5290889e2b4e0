package org.dandang.platform.access;

import java.util.Locale;

/** Whether somebody may do something, and why not. */
public sealed interface Ruling {
  /**
   * @param forName sign-in name of the account for which it is done; empty when for oneself
   */
  record Allowed(String forName) implements Ruling {}

  /** Refused, and why. */
  record Refused(Reason reason) implements Ruling {
    /** Key of the words that tell the reason. */
    public String word() {
      return "access.refused." + reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Why something is refused. */
  enum Reason {
    /** No role of the account allows it anywhere. */
    NO_ROLE,
    /** A role allows it, but the record lies outside the jurisdiction. */
    OUTSIDE,
    /** Kin of somebody the record is about. */
    KIN,
    /** The record is about the account's own superior. */
    SUPERIOR,
    /** The record is about the account's own person. */
    PARTY,
    /** Declared, or found by another. */
    RECUSED
  }

  default boolean allowed() {
    return this instanceof Allowed;
  }

  static Ruling yes() {
    return new Allowed("");
  }

  static Ruling no(Reason reason) {
    return new Refused(reason);
  }
}
