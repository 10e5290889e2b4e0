package org.dandang.commandline;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells long work to stop when somebody ends the program, and gives it time to end by itself, so
 * that nothing is left by half.
 */
final class Interruption implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 30;

  private final AtomicBoolean asked = new AtomicBoolean();
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop);

  Interruption() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** True once somebody asked. */
  AtomicBoolean asked() {
    return asked;
  }

  private void stop() {
    asked.set(true);
    try {
      over.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The work is over. */
  @Override
  public void close() {
    over.countDown();
    if (!asked.get()) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }
}
