package org.dandang.protection.sanction;

import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A decision in the table of reasons.
 *
 * @param weighed {@code for}, {@code neutral} or {@code against} by what is weighed
 * @param proposed what the policy proposed on that day; null where it had none
 */
public record Reuse(
    long id,
    long official,
    String label,
    long sanction,
    String measure,
    String measurePack,
    long matter,
    String decision,
    String use,
    LocalDate decidedOn,
    Map<String, String> weighed,
    String explanation,
    String opinion,
    String reasons,
    @Nullable String proposed,
    String pack) {}
