package org.dandang.protection.sanction;

import java.util.List;

/**
 * What a file came to.
 *
 * @param unchanged lines that were on record already
 * @param problems when there are any, nothing was taken in
 */
public record Taken(int entered, int unchanged, List<ProblemLine> problems) {}
