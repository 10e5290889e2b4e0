package org.dandang.platform.procedure;

import java.util.Map;
import java.util.TreeMap;

/**
 * A step to be done.
 *
 * @param edition of the matter that whoever does it has seen
 * @param outcome one of the step's
 * @param reasons may be empty where the step does not ask for them
 * @param answers to the step's form, by field; empty where it has none
 */
public record Acting(
    long step, int edition, String outcome, String reasons, Map<String, String> answers) {
  public Acting {
    answers = new TreeMap<>(answers);
    reasons = reasons.strip();
  }
}
