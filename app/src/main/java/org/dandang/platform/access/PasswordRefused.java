package org.dandang.platform.access;

import java.util.Locale;

/** A password that may not be used; the reason says what to do. */
public final class PasswordRefused extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Why; each has its words under {@code password.refused.*}. */
  public enum Reason {
    SHORT,
    LONG,
    /** It contains the account's name. */
    NAME,
    /** It stands in the bundled list of passwords that became known. */
    KNOWN,
    /** It is a pattern that is tried within the first million guesses. */
    EASY,
    /** It is the present one. */
    SAME;

    /** As in message keys: {@code short}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Reason reason;

  public PasswordRefused(Reason reason) {
    super("the password may not be used: " + reason.word());
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
