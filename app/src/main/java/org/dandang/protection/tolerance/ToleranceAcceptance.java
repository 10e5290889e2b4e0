package org.dandang.protection.tolerance;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.procedure.DecisionRegister;
import org.dandang.platform.procedure.Entered;
import org.dandang.platform.procedure.Figure;
import org.dandang.platform.web.Refused;
import org.springframework.stereotype.Component;

/**
 * Holds applications to their window: after accountability began and before it was decided, within
 * the working days of the parameter {@code apply-days} (left out: without an end). It keeps
 * nothing.
 */
@Component
class ToleranceAcceptance implements DecisionRegister {
  private static final String DAYS = "apply-days";

  private final OfficeCalendar office;

  ToleranceAcceptance(OfficeCalendar office) {
    this.office = office;
  }

  @Override
  public String kind() {
    return "tolerance-acceptance";
  }

  @Override
  public void enter(Entered entered) {
    LocalDate began = day(entered, "accountability-started-on").orElseThrow();
    LocalDate applied = entered.matter().begunOn();
    if (began.isAfter(applied)) {
      throw refused("before", began);
    }
    Optional<LocalDate> decided = day(entered, "accountability-decided-on");
    if (decided.isPresent() && !decided.get().isAfter(applied)) {
      throw refused("decided", decided.get());
    }
    Optional<Figure> days = entered.figure(DAYS);
    if (days.isPresent()) {
      LocalDate last = office.current().plusWorkingDays(began, days.get().value().intValueExact());
      if (applied.isAfter(last)) {
        throw refused("late", last, days.get().value().toPlainString(), days.get().clause());
      }
    }
  }

  private static Optional<LocalDate> day(Entered entered, String field) {
    try {
      return entered.answer(field).map(LocalDate::parse);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Refused refused(String why, Object... values) {
    return new Refused("tolerance", "tolerance.refused." + why, values);
  }
}
