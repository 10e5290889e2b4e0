package org.dandang.protection.library;

import java.time.Duration;
import org.dandang.platform.jobs.Recurring;
import org.springframework.stereotype.Component;

/**
 * Keeps the index of cases up with what is published, so that nobody who decides waits for it to be
 * laid out after a start.
 */
@Component
class KeepingUp implements Recurring {
  private final CaseLibrary library;

  KeepingUp(CaseLibrary library) {
    this.library = library;
  }

  @Override
  public String name() {
    return "index of cases";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(1);
  }

  @Override
  public void run() {
    library.keepUp();
  }
}
