package org.dandang.survey.count;

/**
 * How many could vote and how many did.
 *
 * @param due the electorate without those recused
 * @param electronic ballots received in the browser
 * @param paper ballots found in the box, spoilt ones included
 * @param spoilt of the paper ones
 */
public record Turnout(long due, long electronic, long paper, long spoilt) {
  /** Those whose ballot was received. */
  public long present() {
    return electronic + paper;
  }

  /** Ballots that can be counted. */
  public long valid() {
    return present() - spoilt;
  }

  public long absent() {
    return Math.max(0, due - present());
  }
}
