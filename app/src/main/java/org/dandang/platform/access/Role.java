package org.dandang.platform.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an account may do; over which units, its {@link Assignment} says. */
public enum Role {
  /** Works on the records of officials. */
  PERSONNEL_OFFICER,
  /** Sees the own record only. */
  OFFICIAL,
  /** Sees the people of the own unit in plain form. */
  HEAD_OF_UNIT,
  /** Approves and decides what the rules give to the head of the personnel organisation. */
  HEAD_OF_PERSONNEL,
  DISCIPLINE_OFFICER,
  TRAINING_OFFICER,
  FINANCE_OFFICER,
  PETITION_OFFICER,
  /** Votes in panels. */
  PANEL_MEMBER,
  /** Holds a share of the keys that unseal. */
  CUSTODIAN,
  /** Settings only; no personal data. */
  SYSTEM_ADMINISTRATOR,
  /** Accounts and what they may do. */
  SECURITY_ADMINISTRATOR,
  /** Reads the ledger. */
  AUDIT_ADMINISTRATOR;

  /** As stored: {@code personnel-officer}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** One of the three who cannot act for each other nor hold any other role. */
  public boolean isAdministrator() {
    return switch (this) {
      case SYSTEM_ADMINISTRATOR, SECURITY_ADMINISTRATOR, AUDIT_ADMINISTRATOR -> true;
      default -> false;
    };
  }

  /** Whether two roles may be held by one account at the same time. */
  boolean goesWith(Role other) {
    return this == other || !(isAdministrator() || other.isAdministrator());
  }

  /** The role of a word; empty for any other word. */
  public static Optional<Role> find(String word) {
    return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
  }

  static Role of(String word) {
    return find(word).orElseThrow(() -> new IllegalArgumentException("no role " + word));
  }
}
