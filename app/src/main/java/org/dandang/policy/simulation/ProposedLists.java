package org.dandang.policy.simulation;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The lists of proposed postings there are; kept by the module that keeps them. */
public interface ProposedLists {
  /** One list, by its number. */
  record ProposedList(long id, String title, LocalDate takesEffect, int postings) {}

  /** The newest lists, newest first. */
  List<ProposedList> newest(int atMost);

  Optional<ProposedList> list(long id);
}
