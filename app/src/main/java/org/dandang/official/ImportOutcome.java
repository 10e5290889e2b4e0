package org.dandang.official;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a file: every row read was stored, unchanged or refused.
 *
 * @param read rows with at least one value, the header not counted
 * @param stored rows that changed at least one register
 * @param unchanged rows whose values were there already, from before or from an earlier row
 * @param refused rows that were not taken, each with its reason
 * @param refusedByReason refused rows by their first reason, most frequent first; the keys are
 *     those of {@code importing.reason.*}; the sum is {@code refused}
 * @param importId row of official.import; null after a dry run
 * @param errors the workbook of refused rows; null when none were refused or none was asked for
 * @param remarks what the reader noticed about the file, in the language of the file's report
 */
public record ImportOutcome(
    long read,
    long stored,
    long unchanged,
    long refused,
    Map<String, Long> refusedByReason,
    @Nullable Long importId,
    @Nullable Path errors,
    List<String> remarks) {
  public ImportOutcome {
    if (read != stored + unchanged + refused) {
      throw new IllegalStateException(
          "%d rows read, but %d + %d + %d accounted for"
              .formatted(read, stored, unchanged, refused));
    }
    remarks = List.copyOf(remarks);
  }
}
