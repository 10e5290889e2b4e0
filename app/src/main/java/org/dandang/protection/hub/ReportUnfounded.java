package org.dandang.protection.hub;

import java.time.LocalDate;

/**
 * A report about an official came to "unfounded"; heard in the transaction of the act that decided
 * it. What is unproven, a mistake or a breach never comes here.
 *
 * @param person its number in the lead
 * @param number of the lead and the place in it
 */
public record ReportUnfounded(
    long person, String number, long official, long unit, LocalDate on, String actor) {}
