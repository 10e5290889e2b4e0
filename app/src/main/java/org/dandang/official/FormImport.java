package org.dandang.official;

import java.nio.file.Path;
import org.dandang.platform.jobs.Progress;
import org.jspecify.annotations.Nullable;

/** Takes appointment-and-removal forms into the registers. */
public interface FormImport {
  /**
   * Takes a file, a folder with all below it, or a zip of {@code .lrmx} and {@code .lrm} forms in.
   *
   * <p>A form is taken whole or not at all; one that cannot be read does not stop the others. Whom
   * it speaks of is told by the identity number, else by name and month of birth among people known
   * from forms. What an earlier form of the same person said and this one no longer says is
   * superseded; what other sources said stays. Lines that could not be understood wait for a
   * person.
   *
   * @param name shown in messages and kept with the import
   * @param dryRun tells what would happen and stores nothing
   * @throws ImportProblem when there is nothing to read at all; nothing was stored
   * @throws ImportCancelled when {@code progress} asked to stop; forms stored before then stay
   */
  default FormOutcome take(
      Path path, String name, String actor, boolean dryRun, Progress progress) {
    return take(path, name, null, actor, dryRun, progress);
  }

  /**
   * The same for an officer of some units.
   *
   * @param within whose forms are taken; others are refused, each with a word. Null: everybody's
   */
  FormOutcome take(
      Path path,
      String name,
      @Nullable Jurisdiction within,
      String actor,
      boolean dryRun,
      Progress progress);
}
