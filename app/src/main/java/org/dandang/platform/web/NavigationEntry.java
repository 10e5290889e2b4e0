package org.dandang.platform.web;

/**
 * An entry of the navigation on the left, contributed by the module whose pages it opens.
 *
 * @param order small ones stand first
 * @param key message key of its word
 * @param path where it leads
 * @param icon name of an icon in {@code icons.svg}
 * @param forOfficials whether it stands in the officials' navigation or in the personnel officers'
 */
public record NavigationEntry(
    int order, String key, String path, String icon, boolean forOfficials) {}
