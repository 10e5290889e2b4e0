package org.dandang.platform.deadline;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.dandang.platform.calendar.WorkingCalendar;
import org.jspecify.annotations.Nullable;

/** What is to be done about a deadline, and on which days. */
final class Effects {
  private Effects() {}

  /** An effect and the day from which it is due. */
  record Effect(Kind kind, int amount, LocalDate on) {}

  enum Kind {
    REMINDED,
    PASSED,
    ESCALATED;

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** All there will be if it is not met, the earliest first. */
  static List<Effect> of(
      LocalDate start,
      LocalDate due,
      List<Integer> remindBefore,
      @Nullable Integer escalateAfter,
      WorkingCalendar calendar) {
    List<Effect> effects = new ArrayList<>();
    for (int before : remindBefore) {
      LocalDate on = calendar.minusWorkingDays(due, before);
      if (on.isAfter(start)) {
        effects.add(new Effect(Kind.REMINDED, before, on));
      }
    }
    LocalDate after = due.plusDays(1);
    effects.add(new Effect(Kind.PASSED, 0, after));
    if (escalateAfter != null) {
      LocalDate on = calendar.plusWorkingDays(due, escalateAfter);
      effects.add(new Effect(Kind.ESCALATED, escalateAfter, on.isBefore(after) ? after : on));
    }
    effects.sort(Comparator.comparing(Effect::on).thenComparing(Effect::kind));
    return effects;
  }
}
