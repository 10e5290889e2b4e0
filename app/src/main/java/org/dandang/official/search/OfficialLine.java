package org.dandang.official.search;

import org.dandang.official.register.PartialDate;
import org.jspecify.annotations.Nullable;

/** An official as a list shows one. */
public record OfficialLine(
    long id,
    String label,
    String key,
    int sex,
    @Nullable PartialDate born,
    @Nullable PartialDate beganWork,
    String status,
    @Nullable String unit,
    @Nullable String post,
    @Nullable String rank,
    int flags) {}
