package org.dandang.platform.notice;

import java.time.OffsetDateTime;

/**
 * A mail that could not be sent.
 *
 * @param signInName of the account it goes to
 * @param problem what the mail server said
 * @param written when its notice was
 */
public record DeadMail(
    long id, String signInName, int attempts, String problem, OffsetDateTime written) {}
