package org.dandang.platform.jobs;

/** How long work tells where it stands and learns that it should stop. */
public interface Progress {
  /**
   * @param step the message key of what is being done
   * @param done units done so far
   * @param total units in all; negative when not known
   */
  void at(String step, long done, long total);

  /** Whether somebody asked to stop; work ends at its next safe point and keeps nothing by half. */
  boolean cancelled();

  /** For work nobody watches. */
  static Progress unwatched() {
    return new Progress() {
      @Override
      public void at(String step, long done, long total) {}

      @Override
      public boolean cancelled() {
        return false;
      }
    };
  }
}
