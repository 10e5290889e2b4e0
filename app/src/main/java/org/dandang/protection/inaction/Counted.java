package org.dandang.protection.inaction;

/** How many led to which measure, by kind. */
public record Counted(String type, String measure, long count) {}
