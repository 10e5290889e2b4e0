package org.dandang.platform.access;

/** Every session of an account that began before now is over. */
public record SessionsEnded(long account) {}
