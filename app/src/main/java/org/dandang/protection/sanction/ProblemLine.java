package org.dandang.protection.sanction;

/**
 * Something wrong in a file.
 *
 * @param line from 1, the head the first
 * @param column of the template; empty for the line as a whole
 * @param key under {@code sanction.import.} in the words of pages
 */
public record ProblemLine(int line, String column, String value, String key) {}
