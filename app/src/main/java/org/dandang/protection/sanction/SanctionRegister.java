package org.dandang.protection.sanction;

import java.time.LocalDate;
import org.dandang.platform.procedure.DecisionRegister;
import org.dandang.platform.procedure.Entered;
import org.dandang.platform.storage.Sights;
import org.springframework.stereotype.Component;

/** Enters measures that a procedure decided. */
@Component
class SanctionRegister implements DecisionRegister {
  private final Sanctions sanctions;

  SanctionRegister(Sanctions sanctions) {
    this.sanctions = sanctions;
  }

  @Override
  public String kind() {
    return "sanction";
  }

  @Override
  public void foresee(Entered entered) {
    LocalDate on = entered.neededDay("decided-on");
    sanctions.notAhead(on);
    Sights.everywhere(
        () -> {
          for (long official : entered.matter().officials()) {
            sanctions.notTwice(
                official, entered.needed("measure"), on, entered.answer("number").orElse(""));
          }
        });
  }

  @Override
  public void enter(Entered entered) {
    Sights.everywhere(() -> entered(entered));
  }

  private void entered(Entered entered) {
    for (long official : entered.matter().officials()) {
      sanctions.enter(
          new Decided(
              official,
              entered.matter().procedure().pack(),
              entered.needed("measure"),
              entered.neededDay("decided-on"),
              entered.answer("number").orElse(null),
              entered.answer("authority").orElse(null),
              entered.answer("cause").orElse(null),
              entered.answer("nature").orElse(null),
              entered.answer("motive").orElse(null),
              entered.answer("gravity").orElse(null),
              entered.matter().id(),
              null),
          entered.matter().figures(),
          entered.actor());
    }
  }
}
