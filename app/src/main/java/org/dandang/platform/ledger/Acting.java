package org.dandang.platform.ledger;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** For whom the running thread acts, where it acts on another's role; the ledger writes it down. */
public final class Acting {
  private static final ThreadLocal<@Nullable String> FOR = new ThreadLocal<>();

  private Acting() {}

  /** Sign-in name of the account whose role is used; null where it is the own. */
  public static @Nullable String forWhom() {
    return FOR.get();
  }

  /**
   * Sets for whom the thread acts from now on.
   *
   * @param account sign-in name; null: for oneself
   */
  public static void forAnother(@Nullable String account) {
    if (account == null) {
      FOR.remove();
    } else {
      FOR.set(account);
    }
  }

  /** Does something for another, or for oneself where it is null. */
  public static <T> T doing(@Nullable String account, Supplier<T> work) {
    String before = FOR.get();
    forAnother(account);
    try {
      return work.get();
    } finally {
      forAnother(before);
    }
  }

  /** What is written down, with for whom it was done. */
  static Map<String, ?> told(Map<String, ?> detail) {
    String account = FOR.get();
    if (account == null) {
      return detail;
    }
    Map<String, Object> told = new LinkedHashMap<>(detail);
    told.put("for", account);
    return told;
  }
}
