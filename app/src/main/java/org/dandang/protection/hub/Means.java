package org.dandang.protection.hub;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How an official is asked about a lead, the least intrusive first. */
public enum Means {
  NONE,
  /** A plain statement in writing. */
  EXPLANATION,
  TALK,
  INQUIRY_LETTER,
  /** Formal verification. */
  CHECK;

  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Pack whose procedure it follows; empty where it follows none. */
  Optional<String> pack() {
    return switch (this) {
      case EXPLANATION -> Optional.of("beijing/statement-review");
      case INQUIRY_LETTER -> Optional.of("national/inquiry-letter");
      case NONE, TALK, CHECK -> Optional.empty();
    };
  }

  static Optional<Means> find(String word) {
    return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
  }
}
