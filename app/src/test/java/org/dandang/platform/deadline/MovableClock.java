package org.dandang.platform.deadline;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands where a test puts it. */
public final class MovableClock extends Clock {
  private static final ZoneId OFFICE = ZoneId.of("Asia/Shanghai");

  private volatile Instant now = Instant.parse("2026-06-01T02:00:00Z");

  /** Ten in the morning of a day at the office. */
  public void moveTo(LocalDate day) {
    now = day.atTime(LocalTime.of(10, 0)).atZone(OFFICE).toInstant();
  }

  public void moveTo(Instant moment) {
    now = moment;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.fixed(now, zone);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
