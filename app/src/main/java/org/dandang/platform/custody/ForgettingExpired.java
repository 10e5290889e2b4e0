package org.dandang.platform.custody;

import java.time.Duration;
import org.dandang.platform.jobs.Recurring;
import org.springframework.stereotype.Component;

/** Keys of requests whose time is over are forgotten within a minute, whoever looks or not. */
@Component
class ForgettingExpired implements Recurring {
  private final Unsealings unsealings;

  ForgettingExpired(Unsealings unsealings) {
    this.unsealings = unsealings;
  }

  @Override
  public String name() {
    return "expired unsealings";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(1);
  }

  @Override
  public void run() {
    unsealings.forgetExpired();
  }
}
