package org.dandang.engine;

/** Hears how far a run is and may end it. Called from one thread at a time. */
@FunctionalInterface
public interface Progress {
  /**
   * @param done rows done so far
   * @param total all rows
   * @return false to cancel the run
   */
  boolean at(long done, long total);

  /** Never cancels and tells nobody. */
  Progress NONE = (done, total) -> true;
}
