package org.dandang.platform.ledger;

import java.util.Locale;

/**
 * Something found that should not be.
 *
 * @param number position, entry or checkpoint it was first seen at, as the kind says
 * @param entry entry at that position; 0 where there is none
 * @param about what else there is to say: a key, a place; may be empty
 */
public record Finding(Kind kind, long number, long entry, String about) {
  /** What was found; each is broken, none is a matter of taste. */
  public enum Kind {
    /** An entry is not what was linked. */
    ENTRY_CHANGED("Position %d: entry %d was changed after it was recorded."),
    /** A linked entry is not there. */
    ENTRY_GONE("Position %d: entry %d is gone."),
    /** Positions are missing from the chain. */
    LINK_GONE("Position %d is missing from the chain."),
    /** A link does not follow from the one before it. */
    LINK_BROKEN(
        "Position %d (entry %d) does not follow from the one before it: links were changed,"
            + " inserted or put in another order."),
    /** The list of people an entry concerns is another one. */
    SUBJECTS_CHANGED("Position %d: the list of people of entry %d was changed."),
    /** A checkpoint is missing. */
    CHECKPOINT_GONE("Checkpoint %d is missing."),
    /** A checkpoint states another root, head or predecessor than the chain has. */
    CHECKPOINT_DIFFERS("Checkpoint %d does not state what the chain holds."),
    /** The chain ends before a position its own checkpoint reaches. */
    CHAIN_CUT("Checkpoint %d reaches further than the chain: its end was cut off."),
    /** A signature is not right. */
    NOT_SIGNED("Checkpoint %d does not carry a right signature."),
    /** A signature is by a key this installation never had. */
    UNKNOWN_KEY("Checkpoint %d is signed by a key this installation never had."),
    /** An anchor kept outside states something else. */
    ANCHOR_DIFFERS(
        "Checkpoint %d kept outside states another chain than the database has: it was rebuilt, or"
            + " restored from a backup, since."),
    /** An anchor kept outside reaches further than the database. */
    ANCHOR_BEYOND(
        "Checkpoint %d kept outside is not in the database: its end was cut off, or it was restored"
            + " from a backup, since."),
    /** An anchor kept outside is of another database. */
    ANCHOR_FOREIGN("Checkpoint %d kept outside belongs to another ledger.");

    private final String english;

    Kind(String english) {
      this.english = english;
    }

    /** As in a message key. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** One line for the command line. */
  public String text() {
    return kind.english.formatted(number, entry) + (about.isEmpty() ? "" : " (" + about + ")");
  }
}
