package org.dandang.platform.publicnotice;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.dandang.platform.web.Wording;

/** How long what kind of notice has to be posted; packs say so. */
public interface PublicNoticeRules {
  /**
   * @param minimumDays working days it is posted at least
   * @param namedOnly whether an objection has to bear a name
   * @param clause the text this rests on, with its place
   */
  record Rule(int minimumDays, boolean namedOnly, Wording clause) {}

  /** A kind of notice. */
  record Kind(String code, Wording title) {}

  /** Kinds for which there is a rule on a day. */
  List<Kind> kinds(LocalDate on);

  /** The rule in force on a day; empty when there is none. */
  Optional<Rule> rule(String kind, LocalDate on);
}
