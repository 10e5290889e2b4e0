package org.dandang.platform.deadline;

/**
 * Of a deadline: it is still not met so long after its last day. Who listens does so in the
 * transaction in which it is recorded ({@code @EventListener}, not after the commit): what a
 * listener writes is there exactly when this is recorded, and a listener that fails is told again
 * later.
 */
public record DeadlineEscalated(Deadline deadline) {}
