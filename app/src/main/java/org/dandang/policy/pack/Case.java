package org.dandang.policy.pack;

import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A dated sentence that must hold: given these facts, this outcome by this rule.
 *
 * @param given fact values; a fact left out is missing
 * @param rule null when the outcome alone matters
 * @param conditions what single conditions of a step must come to; empty where they do not matter
 */
public record Case(
    String name,
    LocalDate asOf,
    Map<String, @Nullable Object> given,
    String outcome,
    @Nullable String rule,
    Map<String, String> conditions,
    int line) {
  public Case {
    given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
    conditions = Collections.unmodifiableMap(new LinkedHashMap<>(conditions));
  }

  Case notBefore(LocalDate day) {
    return asOf.isBefore(day) ? new Case(name, day, given, outcome, rule, conditions, line) : this;
  }
}
