package org.dandang.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How a job ends, whatever its work throws. */
class JobTests {
  private final Jobs jobs = new Jobs(Clock.systemUTC());

  private Job ended(Jobs.Work work) throws InterruptedException {
    Job job = jobs.start("title", "somebody", work);
    // Two workers take them in turn: when two more have run, this one is over.
    CountDownLatch after = new CountDownLatch(2);
    for (int i = 0; i < 2; i++) {
      jobs.start(
          "after",
          "somebody",
          progress -> {
            after.countDown();
            after.await();
            return "/";
          });
    }
    assertThat(after.await(60, TimeUnit.SECONDS)).isTrue();
    return job;
  }

  @Test
  void anErrorEndsAJobAsAnExceptionDoes() throws Exception {
    for (Throwable thrown :
        new Throwable[] {
          new IllegalStateException("exception"),
          new OutOfMemoryError("error"),
          new StackOverflowError(),
          new NoClassDefFoundError("missing")
        }) {
      Job job =
          ended(
              progress -> {
                if (thrown instanceof Error error) {
                  throw error;
                }
                throw (Exception) thrown;
              });
      assertThat(job.state()).as(thrown.toString()).isEqualTo(Job.State.FAILED);
      assertThat(job.problem()).isSameAs(thrown);
      assertThat(job.result()).isNull();
    }
  }

  @Test
  void workThatEndsLeadsToItsResult() throws Exception {
    Job job = ended(progress -> "/there");
    assertThat(job.state()).isEqualTo(Job.State.DONE);
    assertThat(job.result()).isEqualTo("/there");
  }
}
