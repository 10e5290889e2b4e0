package org.dandang.protection.inaction;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A situation whose evidence a person entered and that nobody has decided on yet. */
public record OpenSituation(
    long matter, String label, @Nullable String type, String step, @Nullable LocalDate due) {}
