package org.dandang.platform.procedure;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The procedures there are; whoever keeps them implements it. */
public interface Procedures {
  /** Those a matter could begin under on a day, by pack. */
  List<Procedure> on(LocalDate day);

  /**
   * The version in force on a day; empty when there is none.
   *
   * @param actor who asks, should this be the version's first use
   */
  Optional<Procedure> find(String pack, LocalDate day, String actor);
}
