package org.dandang.organisation;

import java.util.List;
import java.util.Map;

/**
 * What became of a file's rows: read = stored + unchanged + refused.
 *
 * @param changes how many changes were recorded, by kind
 * @param notes how many notes became the document of a change
 * @param remarks refused rows and notes that belong to no change, each with file and line
 */
public record ReorganisationImportOutcome(
    int read,
    int stored,
    int unchanged,
    int refused,
    Map<ReorganisationKind, Integer> changes,
    int notes,
    List<Remark> remarks) {

  /**
   * @param reason last part of the message key {@code reorganisation.refused.*}
   */
  public record Remark(String file, int line, String reason, List<String> values) {}
}
