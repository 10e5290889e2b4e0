package org.dandang.policy.decision;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A kept decision made again from the registers, the pack and the definitions as they are now.
 *
 * @param then the decision as it was kept
 * @param now the same question asked today; null where it can no longer be asked
 * @param changes each input that is no longer what it was; empty means the same decision
 */
public record Replay(Decision then, @Nullable Decision now, List<Change> changes) {
  public Replay {
    changes = List.copyOf(changes);
  }

  /** Whether everything it came from, and what it came to, is as it was. */
  public boolean isSame() {
    return changes.isEmpty() && isSameOutcome();
  }

  /** Whether outcome and rule are as they were, whatever changed among the inputs. */
  public boolean isSameOutcome() {
    return now != null
        && java.util.Objects.equals(then.outcome(), now.outcome())
        && java.util.Objects.equals(then.rule(), now.rule());
  }

  /** What kind of input changed. */
  public enum Input {
    /** The pack is gone, or no longer in force on that day. */
    PACK,
    /** The subject is no longer on record. */
    SUBJECT,
    /** The table's file. */
    TABLE,
    /** A parameter's figure. */
    FIGURE,
    /** A fact's value. */
    VALUE,
    /** The rows a fact rests on, its value being the same. */
    SOURCES,
    /** The way a fact is computed, its value being the same. */
    DEFINITION;

    /** As messages and the interface spell it. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * @param what the fact, the parameter or the file
   * @param then as it was; null where it was missing
   * @param now as it is; null where it is missing
   */
  public record Change(Input input, String what, @Nullable String then, @Nullable String now) {}
}
