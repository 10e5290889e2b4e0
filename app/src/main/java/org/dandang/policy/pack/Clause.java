package org.dandang.policy.pack;

import org.dandang.policy.Words;

/**
 * A clause of the text a pack rests on.
 *
 * @param number as the text numbers it, "2"
 */
public record Clause(String number, Words text, int line) {}
