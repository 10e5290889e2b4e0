package org.dandang.platform.procedure;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The step at which a matter stands.
 *
 * @param notBy accounts that may not do it
 * @param claimedBy account that took it on; null when nobody has
 */
public record OpenStep(
    long id,
    long matter,
    int place,
    Node.Step node,
    @Nullable LocalDate dueOn,
    List<Long> notBy,
    @Nullable Long claimedBy,
    String engineId) {
  public OpenStep {
    notBy = List.copyOf(notBy);
  }

  /** What a reading right for it is given for. */
  String reason() {
    return "step " + id;
  }
}
