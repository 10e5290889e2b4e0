package org.dandang.platform.web;

import org.dandang.platform.jobs.Job;
import org.dandang.platform.jobs.Told;

/** Why a job failed, in the reader's words. */
public final class JobWords {
  private JobWords() {}

  /** What the work itself says, or that it failed and is written down. */
  public static String problem(Page page, Job job) {
    return job.problem() instanceof Told told
        ? told.text(page.language())
        : page.word("job.failed");
  }
}
