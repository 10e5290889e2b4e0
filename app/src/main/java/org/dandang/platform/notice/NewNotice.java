package org.dandang.platform.notice;

import java.util.List;
import org.dandang.platform.web.Wording;
import org.jspecify.annotations.Nullable;

/**
 * What people are to be told.
 *
 * @param cause of it, stable under retries: {@code deadline:12:passed:2026-06-15}; a recipient whom
 *     the same cause has told is not told again
 * @param subject one line
 * @param body more about it; null for none
 * @param path of the page of the matter; null where there is none
 * @param by sign-in name of who tells, or "clock"
 */
public record NewNotice(
    String cause,
    Wording subject,
    @Nullable Wording body,
    @Nullable String path,
    List<Recipient> to,
    String by) {
  public NewNotice {
    to = List.copyOf(to);
    if (cause.isBlank() || (path != null && !path.startsWith("/"))) {
      throw new IllegalArgumentException("not a notice: " + cause);
    }
  }
}
