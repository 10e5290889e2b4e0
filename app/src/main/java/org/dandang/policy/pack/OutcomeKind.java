package org.dandang.policy.pack;

import java.util.Locale;
import java.util.Optional;

/** What an outcome means to the one it concerns. */
public enum OutcomeKind {
  MET,
  NOT_MET,
  PERSON_DECIDES,
  NOT_APPLICABLE;

  /** As packs write it: {@code person-decides}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The kind a word stands for. */
  public static Optional<OutcomeKind> of(String word) {
    for (OutcomeKind kind : values()) {
      if (kind.word().equals(word)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
