package org.dandang.official;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/** Empty workbooks with the columns a mapping reads. */
public interface ImportTemplates {
  /**
   * Writes one: a header in the office's own words, below it what each column takes, and lists to
   * choose from where a column takes certain words only.
   *
   * @throws ImportProblem for a mapping nobody has
   */
  void write(String mapping, Locale language, OutputStream out) throws IOException;
}
