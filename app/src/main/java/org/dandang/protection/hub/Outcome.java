package org.dandang.protection.hub;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a lead came to for one official. */
public enum Outcome {
  /** Seriously untrue, untrue or made up. */
  UNFOUNDED,
  /** It happened as reported, and was right and lawful. */
  EXONERATED,
  /** Neither shown nor excluded: this is not unfounded. */
  UNPROVEN,
  /** A fault in the work that breaks no rule. */
  MISTAKE,
  /** A rule was broken. */
  BREACH;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Outcome> find(String word) {
    return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
  }
}
