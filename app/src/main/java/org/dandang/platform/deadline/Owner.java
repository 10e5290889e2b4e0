package org.dandang.platform.deadline;

/**
 * Whose deadline it is: a record of any module.
 *
 * @param kind kebab-case: {@code case-task}
 * @param id as that module writes it
 */
public record Owner(String kind, String id) {}
