package org.dandang.platform.notice;

import org.dandang.platform.access.Role;
import org.jspecify.annotations.Nullable;

/** To whom a notice goes. */
public sealed interface Recipient {
  /** One account, by its sign-in name. */
  record OfAccount(String signInName) implements Recipient {}

  /**
   * Every account that holds a role at the time.
   *
   * @param unit over which it is to be held; null: over anything
   */
  record OfRole(Role role, @Nullable Long unit) implements Recipient {}

  /** An official, through the account of the own record or, without one, on paper. */
  record OfOfficial(long official) implements Recipient {}

  /** Every account that holds a role over anything. */
  static Recipient everyone(Role role) {
    return new OfRole(role, null);
  }

  /**
   * As stored: {@code account:officer}, {@code role:personnel-officer}, {@code
   * role:personnel-officer@5}, {@code official:12}.
   */
  default String code() {
    return switch (this) {
      case OfAccount account -> "account:" + account.signInName();
      case OfRole holders ->
          "role:" + holders.role().word() + (holders.unit() == null ? "" : "@" + holders.unit());
      case OfOfficial official -> "official:" + official.official();
    };
  }

  static Recipient of(String code) {
    String name = code.substring(code.indexOf(':') + 1);
    return switch (code.substring(0, Math.max(0, code.indexOf(':')))) {
      case "account" -> new OfAccount(name);
      case "role" -> {
        String[] parts = name.split("@", 2);
        yield new OfRole(
            Role.find(parts[0])
                .orElseThrow(() -> new IllegalArgumentException("not a recipient: " + code)),
            parts.length < 2 ? null : Long.valueOf(parts[1]));
      }
      case "official" -> new OfOfficial(Long.parseLong(name));
      default -> throw new IllegalArgumentException("not a recipient: " + code);
    };
  }
}
