package org.dandang.protection.accusation;

import java.time.Duration;
import org.dandang.platform.calendar.OfficeCalendar;
import org.dandang.platform.jobs.Recurring;
import org.dandang.platform.storage.Sights;
import org.springframework.stereotype.Component;

/** Erases who an outsider was, when nothing about the person stands any more. */
@Component
class Erasing implements Recurring {
  private final Outsiders outsiders;
  private final OfficeCalendar office;

  Erasing(Outsiders outsiders, OfficeCalendar office) {
    this.outsiders = outsiders;
    this.office = office;
  }

  @Override
  public String name() {
    return "erasing-outsiders";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  @Override
  public void run() {
    Sights.everywhere(() -> outsiders.erase(office.today(), "clock"));
  }
}
