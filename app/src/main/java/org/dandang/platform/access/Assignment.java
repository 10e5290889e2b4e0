package org.dandang.platform.access;

import java.io.Serializable;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A role of an account over a unit and all within it, from a day until another.
 *
 * @param unit null: everything
 * @param from first day, in the office's zone
 * @param until first day on which it does not hold any more; null: open
 * @param forName sign-in name of the account whose role it is; null: the own
 */
public record Assignment(
    long id,
    Role role,
    @Nullable Long unit,
    LocalDate from,
    @Nullable LocalDate until,
    @Nullable String forName)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public boolean holdsOn(LocalDate day) {
    return !day.isBefore(from) && (until == null || day.isBefore(until));
  }

  /** Whether it is another's role, held for a time. */
  public boolean isForAnother() {
    return forName != null;
  }
}
