package org.dandang.protection.clarification;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A clarification as the register has it.
 *
 * @param scope word of the procedure's form
 * @param manner word of the procedure's form: {@code letter}, {@code notice}, {@code media} …
 * @param said what the person agreed to have said
 * @param withdrawn day the consent was withdrawn; null while it stands
 * @param notice public notice in which it stands; null for none
 * @param done null until it is carried out
 */
public record Clarification(
    long id,
    long matter,
    String pack,
    long official,
    String person,
    long unit,
    String unitName,
    String scope,
    String manner,
    String said,
    LocalDate consented,
    @Nullable LocalDate withdrawn,
    @Nullable Long notice,
    @Nullable String letter,
    @Nullable String mediaText,
    @Nullable LocalDate done,
    @Nullable String place,
    boolean blockedSelection,
    boolean blockedAward,
    boolean reopenedSelection,
    boolean reopenedAward,
    @Nullable LocalDate visited,
    @Nullable String effect) {

  /** Whether it is told to everybody. */
  public boolean isPublic() {
    return isPublic(manner);
  }

  static boolean isPublic(String manner) {
    return manner.equals("notice") || manner.equals("media");
  }

  /** {@code withdrawn}, {@code agreed}, {@code posted}, {@code done}, {@code visited}. */
  public String state() {
    if (visited != null) {
      return "visited";
    }
    if (done != null) {
      return "done";
    }
    if (withdrawn != null) {
      return "withdrawn";
    }
    return notice == null ? "agreed" : "posted";
  }
}
