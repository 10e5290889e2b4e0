package org.dandang.platform.access;

import java.util.Set;

/** Who stands close to whom among officials; the module that keeps officials tells. */
public interface Relations {
  /** Numbers of the officials who are kin of one, by the registers of family. */
  Set<Long> kin(long official);

  /** Numbers of the officials who lead the units in which one serves today. */
  Set<Long> superiors(long official);
}
