package org.dandang.official.search;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is kept about one official for searching.
 *
 * @param name null where the register has only a key
 * @param flags kinds of flags on the timeline
 * @param levels levels of the regular posts held today
 * @param seenFrom units that have the official in their jurisdiction
 * @param within units of the postings of today and all above them
 * @param facts by the fact's id; a missing one is absent or null
 */
record SearchRow(
    OfficialLine line,
    @Nullable String name,
    @Nullable String pinyin,
    @Nullable String initials,
    List<String> flags,
    List<String> levels,
    Set<Long> within,
    Set<Long> seenFrom,
    boolean onFrontLine,
    Map<String, @Nullable Object> facts) {}
