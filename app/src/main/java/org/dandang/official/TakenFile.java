package org.dandang.official;

import java.time.OffsetDateTime;
import java.util.Map;

/** A file that was taken in; {@code read = stored + unchanged + refused}. */
public record TakenFile(
    long id,
    String mapping,
    String name,
    String sha256,
    OffsetDateTime finishedAt,
    String by,
    long read,
    long stored,
    long unchanged,
    long refused,
    Map<String, Long> reasons) {}
