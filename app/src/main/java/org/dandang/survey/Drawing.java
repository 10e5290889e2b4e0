package org.dandang.survey;

/**
 * A chart of a result; the tables beside it hold the same numbers.
 *
 * @param words for those who do not see it
 * @param options as JSON that may stand within a page
 * @param bars how many lines it has, for its height
 */
public record Drawing(String id, String title, String words, String options, int bars) {}
