package org.dandang.platform.custody;

/** Sealed bytes did not open: another key or passphrase, or they were changed. */
final class NotOpened extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotOpened(String why) {
    super(why);
  }

  NotOpened(String why, Throwable cause) {
    super(why, cause);
  }
}
