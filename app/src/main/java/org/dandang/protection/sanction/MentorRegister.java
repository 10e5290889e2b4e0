package org.dandang.protection.sanction;

import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.dandang.platform.procedure.DecisionRegister;
import org.dandang.platform.procedure.Entered;
import org.dandang.platform.procedure.Figure;
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
  public boolean adverse() {
    return false;
  }

  @Override
  public Map<String, Set<String>> fields() {
    return Map.of(
        "mentor", Set.of("official"), "from", Set.of("date"), "why", Set.of("text", "long-text"));
  }

  @Override
  public void enter(Entered entered) {
    Figure interval = Objects.requireNonNull(entered.matter().figures().get("contact-days"));
    for (long official : entered.matter().officials()) {
      mentors.name(
          new Mentors.Named(
              official,
              entered.onRecord("mentor").orElseThrow(),
              LocalDate.parse(entered.answer("from").orElseThrow()),
              entered.answer("why").orElseThrow(),
              entered.answer("hand-over").orElse(null),
              interval.value().intValueExact(),
              interval.clause(),
              entered.matter().id(),
              entered.matter().unit()),
          entered.actor());
    }
  }
}
