package org.dandang.platform.deadline;

/**
 * Of a deadline: its last day became another because the calendar did. Who listens does so in the
 * transaction in which it is recorded ({@code @EventListener}, not after the commit): what a
 * listener writes is there exactly when this is recorded, and a listener that fails is told again
 * later.
 */
public record DeadlineMoved(Deadline deadline, java.time.LocalDate before) {}
