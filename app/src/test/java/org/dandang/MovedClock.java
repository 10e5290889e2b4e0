package org.dandang;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * A clock that tests move: it stands where it was put, or runs on with a distance from the time.
 */
public final class MovedClock extends Clock {
  private static final ZoneId OFFICE = ZoneId.of("Asia/Shanghai");

  private final AtomicReference<Supplier<Instant>> now;
  private final ZoneId zone;

  private MovedClock(AtomicReference<Supplier<Instant>> now, ZoneId zone) {
    this.now = now;
    this.zone = zone;
  }

  /** One that shows the time until it is moved. */
  public static MovedClock running() {
    return new MovedClock(new AtomicReference<>(Instant::now), ZoneOffset.UTC);
  }

  /** One that stands at ten in the morning of a day at the office. */
  public static MovedClock standing(LocalDate day) {
    MovedClock clock = running();
    clock.moveTo(day);
    return clock;
  }

  /** Lets it stand at ten in the morning of a day at the office. */
  public void moveTo(LocalDate day) {
    moveTo(day.atTime(LocalTime.of(10, 0)).atZone(OFFICE).toInstant());
  }

  /** Lets it stand at a moment. */
  public void moveTo(Instant moment) {
    now.set(() -> moment);
  }

  /** Moves it on; it stands or runs as before. */
  public void move(Duration more) {
    now.updateAndGet(before -> () -> before.get().plus(more));
  }

  /** Shows the time again. */
  public void run() {
    now.set(Instant::now);
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId other) {
    return new MovedClock(now, other);
  }

  @Override
  public Instant instant() {
    return now.get().get();
  }
}
