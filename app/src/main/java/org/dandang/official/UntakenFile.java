package org.dandang.official;

import java.util.Locale;
import org.dandang.platform.jobs.Told;
import org.springframework.context.MessageSource;

/** A file that cannot be taken, as its job ends: told in the reader's words. */
public final class UntakenFile extends RuntimeException implements Told {
  private static final long serialVersionUID = 1L;
  private final transient ImportProblem problem;
  private final transient MessageSource messages;

  public UntakenFile(ImportProblem problem, MessageSource messages) {
    super(problem);
    this.problem = problem;
    this.messages = messages;
  }

  @Override
  public String text(Locale language) {
    return problem.in(language, messages);
  }
}
