package org.dandang.platform.calendar;

import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A month as it is drawn.
 *
 * @param weeks from Monday to Sunday; null for days of other months
 */
public record CalendarMonth(
    YearMonth month, int workingDays, List<List<@Nullable CalendarDay>> weeks) {}
