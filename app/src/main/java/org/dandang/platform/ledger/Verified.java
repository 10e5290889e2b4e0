package org.dandang.platform.ledger;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What checking a ledger came to.
 *
 * @param positions links that were followed
 * @param checkpoints checkpoints that were checked
 * @param waiting entries not linked yet; the next rounds of the sealer link them
 * @param open positions after the last checkpoint
 * @param anchors checkpoints from outside that were compared
 * @param anchored the highest position an anchor reaches; 0 without an anchor
 * @param beyond checkpoints from outside that are newer than the database; expected after a restore
 *     to an earlier time, else findings
 * @param late entries that were linked long after the time they state
 * @param firstLate the first of them; 0: none
 * @param keys names of the keys that signed, in the order in which they appear
 * @param newest the newest checkpoint in the database; null: none yet
 * @param findings what is broken, the first first; at most {@link Verification#MOST} are named
 * @param broken how many things are broken in all
 */
public record Verified(
    long positions,
    long checkpoints,
    long waiting,
    long open,
    long anchors,
    long anchored,
    long beyond,
    long late,
    long firstLate,
    List<String> keys,
    @Nullable Checkpoint newest,
    List<Finding> findings,
    long broken,
    Duration took) {
  public boolean whole() {
    return broken == 0;
  }
}
