package org.dandang.protection;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a register of this module says of an official, for the one page that shows all of it. */
public interface AboutOfficial {
  /** Small ones stand first. */
  int order();

  /** Message key of the heading. */
  String heading();

  /** Newest first; the reader was asked for already. */
  List<Line> of(long official, Locale language);

  /**
   * A line.
   *
   * @param text in the reader's language
   * @param state in the reader's language
   * @param path of its page; null for none
   */
  record Line(LocalDate on, String text, String state, @Nullable String path) {}
}
