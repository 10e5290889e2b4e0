package org.dandang.protection;

import java.util.List;
import java.util.Locale;
import org.dandang.official.ImportFile;
import org.dandang.platform.jobs.Progress;
import org.jspecify.annotations.Nullable;

/**
 * Takes in matters that were handled and closed elsewhere, with those accused in them. Which column
 * says what, what findings and penalties mean, and what measures bring is said by a pack.
 */
public interface MatterImport {
  /** What a file holds: a matter a row, or one thing one person was accused of a row. */
  enum Part {
    MATTERS,
    ACCUSED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A pack by which files can be read.
   *
   * @param title in the language asked for
   */
  record Choice(String pack, String title) {}

  /** Those in force. */
  List<Choice> packs(Locale language);

  /**
   * Takes files in, all in one transaction; what is wrong by itself is refused by the row, with the
   * reason.
   *
   * @param matters null: the accused belong to matters taken in before
   * @param accused null: only matters
   * @param actor who asked for it, for the ledger
   * @param dryRun does all of it and stores nothing
   * @return one for each file, matters first
   * @throws org.dandang.official.ImportProblem when a file or the pack cannot be read; then nothing
   *     is stored
   * @throws org.dandang.official.ImportCancelled when somebody stopped it; then nothing is stored
   */
  List<MatterOutcome> take(
      String pack,
      @Nullable ImportFile matters,
      @Nullable ImportFile accused,
      String actor,
      boolean dryRun,
      Progress progress);
}
