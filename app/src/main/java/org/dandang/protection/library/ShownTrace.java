package org.dandang.protection.library;

/**
 * Something found in a draft, as its page shows it.
 *
 * @param kind {@code party}, {@code person}, {@code unit}, {@code place}, {@code day}, {@code
 *     number}
 * @param confirmed whether a person confirmed that it may stay
 */
public record ShownTrace(String kind, String text, String proposed, int times, boolean confirmed) {}
