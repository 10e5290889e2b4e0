package org.dandang.platform.signin;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * A session as its owner sees it.
 *
 * @param program browser and system as they call themselves; may be empty
 * @param here whether it is the one the page is read in
 */
public record ShownSession(
    String id,
    String program,
    String address,
    OffsetDateTime began,
    OffsetDateTime lastSeen,
    boolean here) {

  static ShownSession of(OpenSession session, String here) {
    return new ShownSession(
        session.id(),
        session.program(),
        session.address(),
        session.began().atOffset(ZoneOffset.UTC),
        session.lastSeen().atOffset(ZoneOffset.UTC),
        session.id().equals(here));
  }
}
