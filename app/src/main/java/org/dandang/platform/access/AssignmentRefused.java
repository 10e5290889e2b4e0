package org.dandang.platform.access;

import java.util.Locale;

/** A role that cannot be given; nothing is changed. */
public final class AssignmentRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Why a role cannot be given. */
  public enum Reason {
    ADMINISTRATORS_APART,
    ADMINISTRATOR_IS_AN_OFFICIAL,
    OFFICIAL_WITHOUT_RECORD,
    ENDS_BEFORE_START,
    NEEDS_END_AND_REASON,
    NOT_TO_BE_PASSED_ON,
    MORE_THAN_THE_GIVER_HAS,
    STARTS_IN_THE_PAST,
    ALREADY_HELD,
    NO_SUCH_ACCOUNT,
    NO_SUCH_UNIT
  }

  public AssignmentRefused(Reason reason) {
    super(reason.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    this.reason = reason;
  }

  /** Key of the words that tell the reason. */
  public String word() {
    return "roles.refused." + reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
