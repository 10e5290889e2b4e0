package org.dandang.protection;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a file of closed matters.
 *
 * @param stored rows that put something on record
 * @param unchanged rows all of which was on record
 * @param refusedByReason refused rows by their first reason, most frequent first; the keys are
 *     those of {@code closed.reason.*}; the sum is {@code refused}
 * @param made what is on record now that was not before, and what became of penalties; the keys are
 *     those of {@code closed.made.*}
 * @param importId row of protection.matter_import; null after a dry run
 * @param errors the workbook of refused rows; null where none were refused or none was asked for
 */
public record MatterOutcome(
    MatterImport.Part part,
    String file,
    long read,
    long stored,
    long unchanged,
    long refused,
    Map<String, Long> refusedByReason,
    Map<String, Long> made,
    @Nullable Long importId,
    @Nullable Path errors) {
  public MatterOutcome {
    if (read != stored + unchanged + refused) {
      throw new IllegalStateException(
          "%d rows read, but %d + %d + %d accounted for"
              .formatted(read, stored, unchanged, refused));
    }
    refusedByReason = Collections.unmodifiableMap(new LinkedHashMap<>(refusedByReason));
    made = Collections.unmodifiableMap(new LinkedHashMap<>(made));
  }
}
