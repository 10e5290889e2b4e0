package org.dandang.official.search;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A question many ask at the same time and that is put once for all who wait: everybody gets an
 * answer that was asked for after they came, never one that was already on its way.
 */
final class SharedQuestion<T> {
  private final Supplier<T> question;
  private final ReentrantLock asking = new ReentrantLock();
  private final ReentrantLock coming = new ReentrantLock();
  private @Nullable CompletableFuture<T> next;

  SharedQuestion(Supplier<T> question) {
    this.question = question;
  }

  /**
   * The answer as of now or later.
   *
   * @throws RuntimeException what the question threw
   */
  T ask() {
    CompletableFuture<T> own = new CompletableFuture<>();
    CompletableFuture<T> waiting;
    coming.lock();
    try {
      waiting = next;
      if (waiting == null) {
        next = own;
      }
    } finally {
      coming.unlock();
    }
    if (waiting == null) {
      putFor(own);
    }
    try {
      return (waiting == null ? own : waiting).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private void putFor(CompletableFuture<T> answer) {
    asking.lock();
    try {
      coming.lock();
      try {
        next = null;
      } finally {
        coming.unlock();
      }
      answer.complete(question.get());
    } catch (RuntimeException | Error e) {
      answer.completeExceptionally(e);
    } finally {
      asking.unlock();
    }
  }
}
