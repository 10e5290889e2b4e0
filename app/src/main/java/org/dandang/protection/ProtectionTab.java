package org.dandang.protection;

/**
 * A tab of the pages of this module, contributed as a bean by the part whose pages it opens.
 *
 * @param order small ones stand first
 * @param key message key of its word
 * @param path where it leads; pages below it belong to the tab
 */
public record ProtectionTab(int order, String key, String path) {}
