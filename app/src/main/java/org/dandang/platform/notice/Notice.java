package org.dandang.platform.notice;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.dandang.platform.web.Wording;
import org.jspecify.annotations.Nullable;

/**
 * A notice to one recipient.
 *
 * @param account number of the account; null when it goes on paper
 * @param official number of the official it is to; null when it is to an account as such
 * @param readAt null while it is unread
 * @param handedOn day it was handed over in person; null when it was not
 */
public record Notice(
    long id,
    String cause,
    @Nullable Long account,
    @Nullable Long official,
    Wording subject,
    @Nullable Wording body,
    @Nullable String path,
    OffsetDateTime sentAt,
    String sentBy,
    @Nullable OffsetDateTime readAt,
    @Nullable LocalDate handedOn,
    @Nullable String handedBy,
    @Nullable String handedNote) {
  public boolean isUnread() {
    return readAt == null && handedOn == null;
  }
}
