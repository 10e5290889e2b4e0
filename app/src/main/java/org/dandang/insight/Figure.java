package org.dandang.insight;

/**
 * A number of the dashboard.
 *
 * @param id of its words
 * @param path opens what was counted
 */
public record Figure(String id, long number, String path) {}
