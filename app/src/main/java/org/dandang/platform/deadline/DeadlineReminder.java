package org.dandang.platform.deadline;

/**
 * Of a deadline: somebody is to be reminded of it. Who listens does so in the transaction in which
 * it is recorded ({@code @EventListener}, not after the commit): what a listener writes is there
 * exactly when this is recorded, and a listener that fails is told again later.
 */
public record DeadlineReminder(Deadline deadline, int workingDaysBefore) {}
