package org.dandang.platform.calendar;

import java.util.Locale;

/** What a day is for those who count working days. */
public enum DayKind {
  WORKING,
  /** A Saturday or Sunday on which offices work because another day is off. */
  WORKING_WEEKEND,
  WEEKEND,
  /** Off by a notice, weekends within it included. */
  HOLIDAY;

  public boolean isWorking() {
    return this == WORKING || this == WORKING_WEEKEND;
  }

  /** As in messages: {@code working-weekend}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
