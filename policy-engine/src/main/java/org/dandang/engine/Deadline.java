package org.dandang.engine;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Interprets a model that may go on for long, and waits only so long. The interpreter cannot be
 * stopped: an evaluation that is given up goes on in the background, so a model that was given up
 * several times is not asked again.
 */
final class Deadline {
  private static final int MOST_GIVEN_UP = 2;

  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().daemon().name("interpreting ", 0).priority(2).factory());

  private final AtomicInteger givenUp = new AtomicInteger();
  private final long milliseconds;

  Deadline(long milliseconds) {
    this.milliseconds = milliseconds;
  }

  /**
   * @param failed makes what stands for an evaluation that was given up
   */
  <T> T within(Supplier<T> evaluation, Function<Outcome.Failure, T> failed) {
    if (givenUp.get() >= MOST_GIVEN_UP) {
      return failed.apply(failure("the model takes too long and is no longer asked"));
    }
    Future<T> result = THREADS.submit(evaluation::get);
    try {
      return result.get(milliseconds, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      givenUp.incrementAndGet();
      result.cancel(true);
      return failed.apply(
          failure("the decision takes longer than " + milliseconds / 1000 + " seconds"));
    } catch (InterruptedException e) {
      result.cancel(true);
      Thread.currentThread().interrupt();
      return failed.apply(failure("interrupted"));
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case OutOfMemoryError memory -> {
          givenUp.set(MOST_GIVEN_UP);
          return failed.apply(failure("the decision needs more memory than there is"));
        }
        case StackOverflowError stack -> {
          return failed.apply(failure("the decision is nested too deep"));
        }
        case RuntimeException problem -> throw problem;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  private static Outcome.Failure failure(String why) {
    return new Outcome.Failure(List.of(why));
  }
}
