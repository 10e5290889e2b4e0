package org.dandang.platform.signin;

/** Its owner has not proven who they are for a while; the answer asks for it. */
public final class StepUpNeeded extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StepUpNeeded() {
    super("to be confirmed first", null, false, false);
  }
}
