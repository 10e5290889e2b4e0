package org.dandang.official;

import org.dandang.platform.jobs.Progress;

/** Takes a roster file into the registers. */
public interface RosterImport {
  /**
   * Takes one file in, all of it or nothing, in a transaction of its own.
   *
   * <p>Rows that are wrong are refused and do not stop the rest. A row whose values the registers
   * already hold is unchanged; other values under the same natural key supersede what an earlier
   * import stored. Imports into one register wait for each other.
   *
   * @param actor sign-in name, or "command line" for the machine's operator
   * @param dryRun tells what would happen and stores nothing
   * @param progress told rows read, then the steps of storing; asked whether to stop
   * @throws ImportProblem when the file as a whole cannot be taken; nothing was stored
   * @throws ImportCancelled when {@code progress} asked to stop; nothing was stored
   */
  ImportOutcome take(
      ImportFile file, Mapping mapping, String actor, boolean dryRun, Progress progress);
}
