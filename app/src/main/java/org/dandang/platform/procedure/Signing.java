package org.dandang.platform.procedure;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How several people sign one step. */
public enum Signing {
  /** One of those who may. */
  ANY,
  /** One for each that may, in whatever order; the first that does not agree decides. */
  ALL,
  /** As {@link #ALL}, one after the other as they are named. */
  IN_ORDER;

  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Signing> of(String word) {
    return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
  }
}
