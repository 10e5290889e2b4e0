package org.dandang.policy.run;

import java.util.List;
import org.dandang.policy.fact.Facts;
import org.dandang.policy.pack.PolicyVersion;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Everybody's facts, laid out to be decided on. */
@Component
public class Snapshots {
  private final Facts facts;

  Snapshots(Facts facts) {
    this.facts = facts;
  }

  /**
   * Everybody of whom a version speaks: the table {@code facts} and the view {@code people}.
   *
   * @param slate proposed postings laid over the registers; null for what is
   * @param besides facts that the decision does not see
   */
  public Snapshot open(PolicyVersion version, @Nullable Long slate, List<String> besides) {
    return Snapshot.take(facts, version, slate, besides);
  }
}
