package org.dandang.policy.run;

import org.jspecify.annotations.Nullable;

/** What a run gave for one subject. */
public record Result(
    long subject, String label, String key, @Nullable String outcome, @Nullable String rule) {}
