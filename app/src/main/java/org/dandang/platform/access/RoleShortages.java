package org.dandang.platform.access;

import java.util.List;

/** What waits because nobody holds a role; whatever has work done by roles implements this. */
public interface RoleShortages {
  /**
   * A role nobody holds who could do what waits for it.
   *
   * @param roles any of which would do
   * @param unit over which it is to be held, by its name
   * @param steps that wait
   */
  record RoleShortage(List<Role> roles, String unit, long steps) {}

  /** What waits today, of every unit; those with most waiting steps first. */
  List<RoleShortage> today();
}
