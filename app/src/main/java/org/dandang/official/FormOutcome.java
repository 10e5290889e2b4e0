package org.dandang.official;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of forms: every one read was stored, unchanged or refused.
 *
 * @param created people nobody knew before
 * @param unsettled lines that wait for a person
 * @param controlCharacters invisible characters that were taken out
 * @param problems forms that could not be taken, and values that could not be stored, at most a
 *     thousand
 * @param importId row of official.import; null after a dry run
 */
public record FormOutcome(
    long read,
    long stored,
    long unchanged,
    long refused,
    long created,
    long unsettled,
    long controlCharacters,
    List<Problem> problems,
    @Nullable Long importId) {

  /**
   * @param file within the folder or zip
   * @param form whether the form as a whole was refused, or only what {@code text} names
   */
  public record Problem(String file, boolean form, String text) {}

  public FormOutcome {
    if (read != stored + unchanged + refused) {
      throw new IllegalStateException(
          "%d forms read, but %d + %d + %d accounted for"
              .formatted(read, stored, unchanged, refused));
    }
    problems = List.copyOf(problems);
  }
}
