package org.dandang.protection.clarification;

import java.time.LocalDate;

/**
 * A report about an official that was found unfounded, or that told of what was right and lawful.
 *
 * @param number of the lead and the place in it, as forms name it
 * @param on day of the outcome
 * @param outcome {@code unfounded} or {@code exonerated}
 * @param again whether the same matter had been concluded before
 */
public record UnfoundedReport(
    long id,
    String number,
    long official,
    String person,
    long unit,
    LocalDate on,
    String outcome,
    boolean again) {}
