package org.dandang.protection.sanction;

import java.time.LocalDate;

/**
 * A measure was revoked and the name is to be cleared; heard in the transaction of the revocation.
 *
 * @param scope where the name is to be cleared, a word of the pack's list
 */
public record SanctionRevoked(
    long sanction, long official, long matter, LocalDate on, String scope) {}
