package org.dandang.protection.library;

import org.dandang.platform.procedure.DecisionRegister;
import org.dandang.platform.procedure.Entered;
import org.springframework.stereotype.Component;

/** Publishes a case that somebody who did not prepare it has reviewed. */
@Component
class CaseRegister implements DecisionRegister {
  private final CaseLibrary library;

  CaseRegister(CaseLibrary library) {
    this.library = library;
  }

  @Override
  public String kind() {
    return "case-library";
  }

  @Override
  public void enter(Entered entered) {
    library.publish(
        entered, entered.onRecord("case").orElseThrow(() -> CaseLibrary.refused("no-case")));
  }
}
