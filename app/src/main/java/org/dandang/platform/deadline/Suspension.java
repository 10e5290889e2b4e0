package org.dandang.platform.deadline;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Days that do not count: {@code [from, to)}.
 *
 * @param to null while it lasts
 */
public record Suspension(LocalDate from, @Nullable LocalDate to, String reason, String by) {
  boolean covers(LocalDate day) {
    return !day.isBefore(from) && (to == null || day.isBefore(to));
  }
}
