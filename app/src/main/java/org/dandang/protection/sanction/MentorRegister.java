package org.dandang.protection.sanction;

import java.util.Objects;
import org.dandang.platform.procedure.DecisionRegister;
import org.dandang.platform.procedure.Entered;
import org.dandang.platform.procedure.Figure;
import org.dandang.platform.storage.Sights;
import org.springframework.stereotype.Component;

/** Enters mentors that were approved. */
@Component
class MentorRegister implements DecisionRegister {
  private final Mentors mentors;

  MentorRegister(Mentors mentors) {
    this.mentors = mentors;
  }

  @Override
  public String kind() {
    return "mentor";
  }

  @Override
  public void enter(Entered entered) {
    Sights.everywhere(() -> entered(entered));
  }

  private void entered(Entered entered) {
    Figure interval = Objects.requireNonNull(entered.matter().figures().get("contact-days"));
    for (long official : entered.matter().officials()) {
      mentors.name(
          new Mentors.Named(
              official,
              entered.neededOnRecord("mentor"),
              entered.neededDay("from"),
              entered.needed("why"),
              entered.answer("hand-over").orElse(null),
              interval.value().intValueExact(),
              interval.clause(),
              entered.matter().id(),
              entered.matter().unit()),
          entered.actor());
    }
  }
}
