package org.dandang.official;

import java.util.function.Function;
import org.dandang.official.search.Found;

/**
 * A column a roster can have.
 *
 * @param id in the address
 * @param usual chosen where nobody chose
 */
public record RosterColumn(
    String id, String heading, boolean usual, Function<Found.Official, String> cell) {}
