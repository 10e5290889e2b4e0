package org.dandang.platform.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A piece of long work: where it stands, and a way to stop it. */
public final class Job implements Progress {
  /** Where a job stands. */
  public enum State {
    RUNNING,
    DONE,
    CANCELLED,
    FAILED
  }

  private final String id;
  private final String title;
  private final String owner;
  private final Clock clock;
  private final Instant startedAt;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private volatile State state = State.RUNNING;
  private volatile Step step = new Step("", 0, -1);
  private volatile @Nullable String result;
  private volatile @Nullable Throwable problem;
  private volatile @Nullable Instant endedAt;

  private record Step(String key, long done, long total) {}

  Job(String id, String title, String owner, Clock clock) {
    this.id = id;
    this.title = title;
    this.owner = owner;
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  public String id() {
    return id;
  }

  /** What is being done, in words. */
  public String title() {
    return title;
  }

  /** Sign-in name of the account that started it. */
  public String owner() {
    return owner;
  }

  public State state() {
    return state;
  }

  /** Message key of the present step; empty before the first. */
  public String step() {
    return step.key;
  }

  public long done() {
    return step.done;
  }

  /** Units in all; negative when not known. */
  public long total() {
    return step.total;
  }

  /** Path of the page with the result; null until done. */
  public @Nullable String result() {
    return result;
  }

  /** Why it failed; null unless it did. */
  public @Nullable Throwable problem() {
    return problem;
  }

  public Duration elapsed() {
    Instant end = endedAt;
    return Duration.between(startedAt, end == null ? clock.instant() : end);
  }

  /** Time left at the pace so far; null while it cannot be told. */
  public @Nullable Duration left() {
    Step now = step;
    if (state != State.RUNNING || now.total <= 0 || now.done <= 0) {
      return null;
    }
    return elapsed().multipliedBy(Math.max(0, now.total - now.done)).dividedBy(now.done);
  }

  /** Asks the work to stop at its next safe point. */
  public void cancel() {
    stopping.set(true);
  }

  @Override
  public void at(String step, long done, long total) {
    this.step = new Step(step, done, total);
  }

  @Override
  public boolean cancelled() {
    return stopping.get();
  }

  void done(String result) {
    this.result = result;
    end(State.DONE);
  }

  void failed(Throwable problem) {
    this.problem = problem;
    end(stopping.get() ? State.CANCELLED : State.FAILED);
  }

  private void end(State state) {
    this.endedAt = clock.instant();
    this.state = state;
  }
}
