package org.dandang.official;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** An official as a list shows one. */
public record OfficialLine(
    long id,
    String label,
    String key,
    int sex,
    @Nullable LocalDate born,
    @Nullable LocalDate beganWork,
    String status,
    @Nullable String unit,
    @Nullable String post,
    @Nullable String rank,
    int flags) {}
