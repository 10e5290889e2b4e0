package org.dandang.platform.calendar;

import java.time.LocalDate;

/** A day as it is drawn. */
public record CalendarDay(LocalDate date, DayKind kind) {}
