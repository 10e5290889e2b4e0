package org.dandang.policy.draft;

import java.util.List;
import org.dandang.engine.Difference;
import org.dandang.policy.pack.Finding;
import org.dandang.policy.pack.PackTest;

/**
 * What checking a draft found: its form, the pack's cases, and whether both ways of running it
 * agree.
 *
 * @param compared rows on which both ways were compared; 0 where the table runs one way only
 * @param sampled how many of them are people or units of the population
 */
public record Review(
    List<Finding> findings,
    List<PackTest.CaseResult> cases,
    int compared,
    int sampled,
    List<Difference> differences) {
  public Review {
    findings = List.copyOf(findings);
    cases = List.copyOf(cases);
    differences = List.copyOf(differences);
  }

  /** Whether it may be proposed and put in force. */
  public boolean passes() {
    return findings.stream().noneMatch(Finding::isError)
        && cases.stream().allMatch(PackTest.CaseResult::holds)
        && differences.isEmpty();
  }
}
