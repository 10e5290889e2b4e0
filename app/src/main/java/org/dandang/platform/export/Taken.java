package org.dandang.platform.export;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who took a file that was found.
 *
 * @param shownName null when the register no longer has the export; the mark alone tells then
 * @param action as in the ledger: "officials-exported"
 * @param count people or rows in it; -1 when only the mark tells
 * @param asSent whether the file is, byte for byte, as it was sent
 */
public record Taken(
    UUID id,
    String signInName,
    @Nullable String shownName,
    OffsetDateTime at,
    @Nullable String action,
    @Nullable String form,
    long count,
    boolean asSent) {}
