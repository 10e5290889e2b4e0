package org.dandang.platform.procedure;

import java.util.Map;
import java.util.Optional;

/** What rules propose at a step of a matter; whoever keeps the rules implements it. */
public interface Proposals {
  /**
   * What the rules the matter goes by propose; empty where they propose nothing at that step. It is
   * never more than a proposal: a person decides.
   *
   * @param step at which it is proposed
   * @param answers the newest signed answer to each field
   */
  Optional<Proposal> at(Matter matter, String step, Map<String, String> answers);
}
