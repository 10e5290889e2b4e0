package org.dandang.platform.jobs;

import java.time.Duration;

/**
 * Work done again and again while the application serves, by one process of a database at a time.
 * What one run leaves undone, the next does; a run that fails is written down and tried again.
 */
public interface Recurring {
  /** Unique among all. */
  String name();

  /** Time between the end of a run and the next. */
  Duration every();

  /** Does what is due now. */
  void run() throws InterruptedException;
}
