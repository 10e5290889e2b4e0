package org.dandang.organisation;

import java.util.Locale;

/** What can happen to units. */
public enum ReorganisationKind {
  FOUNDED,
  RENAMED,
  MERGED,
  SPLIT,
  MOVED,
  CLOSED;

  /** As it is stored, and the last part of its message key. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ReorganisationKind of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
