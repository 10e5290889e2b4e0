package org.dandang.protection;

import java.util.List;
import java.util.Locale;

/** What a register of this module says of a lead, shown on the lead's page. */
public interface AboutLead {
  /** Message key of the heading. */
  String heading();

  /** In the order of the register; the reader was asked for already. */
  List<AboutOfficial.Line> ofLead(long lead, Locale language);
}
