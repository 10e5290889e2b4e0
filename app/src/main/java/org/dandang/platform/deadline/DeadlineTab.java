package org.dandang.platform.deadline;

/** A tab of the list and how many stand under it. */
public record DeadlineTab(String word, long count) {}
