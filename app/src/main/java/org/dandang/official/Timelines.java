package org.dandang.official;

/** Looks again at what does not fit together on somebody's timeline. */
public interface Timelines {
  /** Within the transaction that changed something. */
  void recheck(long official);
}
