package org.dandang.policy.run;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a policy gives for one subject's facts, without their sources.
 *
 * @param outcome null when none
 * @param rule null when no rule matched
 */
public record Outcome(
    Map<String, @Nullable Object> facts,
    Map<String, @Nullable Object> figures,
    @Nullable String outcome,
    @Nullable String rule) {}
