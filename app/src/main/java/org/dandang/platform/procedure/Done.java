package org.dandang.platform.procedure;

/**
 * A command was carried out.
 *
 * @param matter number of the matter
 * @param step number of the step now open; 0 for none
 * @param edition of the matter, to be named with the next command
 * @param repeated whether it had been carried out before and nothing was done now
 */
public record Done(long matter, long step, int edition, boolean repeated) {}
