package org.dandang.policy.run;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.dandang.policy.pack.PolicyVersion;
import org.jspecify.annotations.Nullable;

/**
 * One run of a policy over everybody.
 *
 * @param version as {@link PolicyVersion#name()}
 * @param how compiled to SQL, or interpreted one by one
 * @param partial whether it counted only those within the jurisdiction of whoever ran it
 * @param slate what was laid over the registers; null for what is
 */
public record RunSummary(
    long id,
    String pack,
    String version,
    LocalDate asOf,
    @Nullable Long slate,
    boolean partial,
    How how,
    long subjects,
    OffsetDateTime startedAt,
    OffsetDateTime finishedAt,
    String startedBy,
    List<Hits> hits) {
  /** The way a policy was run over everybody. */
  public enum How {
    COMPILED,
    INTERPRETED
  }

  /**
   * How many subjects one rule decided.
   *
   * @param rule null: no rule matched
   * @param outcome null: no outcome
   */
  public record Hits(@Nullable String rule, @Nullable String outcome, long subjects) {}

  public RunSummary {
    hits = List.copyOf(hits);
  }
}
