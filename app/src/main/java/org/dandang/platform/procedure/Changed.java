package org.dandang.platform.procedure;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Somebody else did something with the matter meanwhile; nothing of the command was done. */
public final class Changed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long matter;
  private final transient Act last;

  /**
   * What was done last.
   *
   * @param by shown name; null for the clock
   */
  public record Act(String act, @Nullable String by, OffsetDateTime at, int edition) {}

  Changed(long matter, Act last) {
    super("matter " + matter + " is at edition " + last.edition(), null, false, false);
    this.matter = matter;
    this.last = last;
  }

  public long matter() {
    return matter;
  }

  public Act last() {
    return last;
  }
}
