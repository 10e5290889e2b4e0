package org.dandang.official;

import java.time.OffsetDateTime;
import java.util.Map;
import org.dandang.official.register.Field;
import org.dandang.official.register.Register;
import org.jspecify.annotations.Nullable;

/**
 * What an official asks to have corrected on the own record.
 *
 * @param label the official's name, or the key where there is none
 * @param row the row that was shown; null where something is missing
 * @param wanted texts by field, as they were written; a unit by its name. Empty where the row is
 *     said never to have held
 * @param document the document handed in with it; null: none
 * @param decidedBy who decided, or withdrew it; null while it is open
 * @param answer the office's reasons; null where none were given
 * @param recorded the row an acceptance recorded; null where none was
 */
public record CorrectionRequest(
    long id,
    long official,
    String label,
    Kind kind,
    Register register,
    @Nullable Long row,
    Map<Field, String> wanted,
    String reason,
    @Nullable Long document,
    @Nullable String documentTitle,
    OffsetDateTime askedAt,
    String askedBy,
    State state,
    @Nullable OffsetDateTime decidedAt,
    @Nullable String decidedBy,
    @Nullable String answer,
    @Nullable Long recorded) {

  /**
   * A field of the row asked about.
   *
   * @param present as the row says it; empty where it says nothing
   * @param wanted as the official wrote it
   * @param asked whether a change of it is asked for
   */
  public record Line(Field field, String present, String wanted, boolean asked) {}

  /** What is asked for. */
  public enum Kind {
    /** Other values in a row. */
    CORRECT,
    /** A row that is missing. */
    ADD,
    /** That a row never held. */
    WITHDRAW;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    static Kind of(String word) {
      return valueOf(word.toUpperCase(java.util.Locale.ROOT));
    }
  }

  /** Where it stands. */
  public enum State {
    OPEN,
    WITHDRAWN,
    ACCEPTED,
    ACCEPTED_IN_PART,
    DECLINED;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    static State of(String word) {
      return valueOf(word.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
    }
  }

  public boolean open() {
    return state == State.OPEN;
  }
}
