package org.dandang.platform.procedure;

/** Somebody a step can be passed on to. */
public record Colleague(String signInName, String shownName) {}
