package org.dandang.organisation;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The document a change rests on.
 *
 * @param title never blank
 * @param number its file number, as the office writes it; null when it has none
 * @param dated null when not known
 */
public record Document(String title, @Nullable String number, @Nullable LocalDate dated) {
  private static final int LONGEST = 2_000;

  /**
   * @throws OrganisationProblem {@code no-document} without a title, {@code too-long}
   */
  public Document {
    title = title.strip();
    number = number == null || number.isBlank() ? null : number.strip();
    if (title.isEmpty()) {
      throw new OrganisationProblem("no-document");
    }
    if (title.length() > LONGEST || number != null && number.length() > LONGEST) {
      throw new OrganisationProblem("too-long", LONGEST);
    }
  }

  public static Document titled(String title) {
    return new Document(title, null, null);
  }
}
