package org.dandang.protection.accusation;

import java.time.LocalDate;
import java.util.Objects;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.procedure.DecisionRegister;
import org.dandang.platform.procedure.Entered;
import org.dandang.platform.procedure.Party;
import org.dandang.platform.storage.Sights;
import org.springframework.stereotype.Component;

/** Enters appeals that succeeded: the entry leaves every list, a wrong finding with it. */
@Component
class CreditRemovals implements DecisionRegister {
  private static final String FINDING_WRONG = "finding-wrong";

  private final CreditEntries entries;
  private final FalseAccusations findings;
  private final OfficeCalendar office;

  CreditRemovals(CreditEntries entries, FalseAccusations findings, OfficeCalendar office) {
    this.entries = entries;
    this.findings = findings;
    this.office = office;
  }

  @Override
  public String kind() {
    return "credit-removal";
  }

  @Override
  public void enter(Entered entered) {
    Sights.everywhere(() -> entered(entered));
  }

  private void entered(Entered entered) {
    LocalDate on = entered.neededDay("removed-on");
    if (on.isAfter(office.today())) {
      throw FalseAccusations.refused("later-day", on);
    }
    Party party = FalseAccusations.party(entered.matter());
    Entry entry =
        entries
            .find(entered.neededOnRecord("entry"), on)
            .filter(
                one ->
                    Objects.equals(
                        party.subject(), party.isOfficial() ? one.official() : one.outsider()))
            .orElseThrow(() -> FalseAccusations.refused("no-entry"));
    String ground = entered.needed("ground");
    entries.remove(entry.id(), on, ground, entered.matter().id(), entered.actor());
    if (ground.equals(FINDING_WRONG)) {
      findings.setAside(entry.finding(), on, entered.matter().id(), entered.actor());
    }
  }
}
