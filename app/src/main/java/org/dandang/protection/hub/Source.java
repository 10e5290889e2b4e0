package org.dandang.protection.hub;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Who passes leads on. */
public enum Source {
  /** Rounds of inspection. */
  INSPECTION,
  AUDIT,
  ENVIRONMENT,
  /** Programmes against poverty. */
  POVERTY,
  PETITION,
  OTHER;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Source> find(String word) {
    return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
  }

  static Source of(String word) {
    return find(word).orElseThrow();
  }
}
