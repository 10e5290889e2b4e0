package org.dandang.platform.procedure;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A step as it is told on the page of its matter.
 *
 * @param by shown name of who did it, or has taken it on
 * @param reasons left out where the reader is not to see them
 */
public record ToldStep(
    long id,
    String step,
    String state,
    OffsetDateTime openedAt,
    @Nullable LocalDate dueOn,
    @Nullable String by,
    @Nullable OffsetDateTime doneAt,
    @Nullable String outcome,
    @Nullable String reasons) {
  public boolean isOpen() {
    return state.equals("open");
  }
}
