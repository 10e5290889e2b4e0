package org.dandang.official.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SharedQuestionTests {
  @Test
  void nobodyGetsAnAnswerThatWasUnderWayBeforeTheyCame() throws Exception {
    AtomicLong changes = new AtomicLong();
    SharedQuestion<Long> question = new SharedQuestion<>(changes::get);
    try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> seen = new ArrayList<>();
      for (int each = 0; each < 2_000; each++) {
        seen.add(
            people.submit(
                () -> {
                  long own = changes.incrementAndGet();
                  return question.ask() >= own;
                }));
      }
      for (Future<Boolean> one : seen) {
        assertThat(one.get()).isTrue();
      }
    }
  }

  @Test
  void whoWaitsMeanwhileSharesTheNextAnswer() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    CountDownLatch underWay = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    SharedQuestion<Integer> question =
        new SharedQuestion<>(
            () -> {
              int number = asked.incrementAndGet();
              if (number == 1) {
                underWay.countDown();
                awaitUninterrupted(goOn);
              }
              return number;
            });
    try (ExecutorService people = Executors.newFixedThreadPool(9)) {
      Future<Integer> first = people.submit(question::ask);
      underWay.await();
      List<Thread> waiting = new ArrayList<>();
      List<Integer> answers = Collections.synchronizedList(new ArrayList<>());
      for (int each = 0; each < 8; each++) {
        waiting.add(Thread.ofPlatform().start(() -> answers.add(question.ask())));
      }
      for (Thread one : waiting) {
        while (one.getState() != Thread.State.WAITING) {
          Thread.onSpinWait();
        }
      }
      goOn.countDown();
      for (Thread one : waiting) {
        one.join();
      }
      assertThat(first.get()).isEqualTo(1);
      assertThat(answers).hasSize(8).containsOnly(2);
    }
  }

  @Test
  void whatTheQuestionThrowsIsThrownAndTheNextIsAskedAgain() {
    AtomicInteger asked = new AtomicInteger();
    SharedQuestion<Integer> question =
        new SharedQuestion<>(
            () -> {
              if (asked.incrementAndGet() == 1) {
                throw new IllegalStateException("gone");
              }
              return asked.get();
            });
    assertThatThrownBy(question::ask).isInstanceOf(IllegalStateException.class).hasMessage("gone");
    assertThat(question.ask()).isEqualTo(2);
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
