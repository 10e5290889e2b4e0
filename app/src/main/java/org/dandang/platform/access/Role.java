package org.dandang.platform.access;

import java.util.Locale;

/** What an account may do. */
public enum Role {
  /** Sees and works on every official. */
  PERSONNEL_OFFICER,
  /** Sees the own record only. */
  OFFICIAL;

  /** As stored: {@code personnel-officer}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Role of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
