package org.dandang.protection.library;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.dandang.platform.procedure.Beginning;
import org.dandang.platform.procedure.Cases;
import org.dandang.platform.procedure.Command;
import org.dandang.platform.procedure.Done;
import org.dandang.platform.procedure.Party;
import org.dandang.platform.web.NotHere;
import org.springframework.stereotype.Component;

/** The way of a draft to publication: another person reviews it. */
@Component
public class CasePublishing {
  private final CaseLibrary library;
  private final Cases cases;

  CasePublishing(CaseLibrary library, Cases cases) {
    this.library = library;
    this.cases = cases;
  }

  /**
   * Drafts the matter in which a case is reviewed.
   *
   * @param pack its procedure
   * @param stays what was found and stays, as whoever proposes it confirms
   * @throws org.dandang.platform.web.Refused when the name of a party remains, or something found
   *     that nobody confirmed
   * @throws NotHere when there is no such draft for the reader
   */
  public Done propose(Command command, long id, String pack, Collection<String> stays) {
    long unit = library.unit(id).orElseThrow(NotHere::new);
    library.confirm(id, stays, command.by().signInName());
    library.publishable(id);
    Done drafted =
        cases.draft(
            command,
            new Beginning(
                pack, unit, List.of(new Party("unit", unit)), Map.of("case", Long.toString(id))));
    library.proposed(id, drafted.matter());
    return drafted;
  }
}
