package org.dandang.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.dandang.platform.access.Role;
import org.dandang.platform.access.SignedIn;
import org.jspecify.annotations.Nullable;

/**
 * A line of {@code access-matrix.txt}.
 *
 * @param about the variable that holds the number of an official; empty for none
 * @param record kind of record the page is about, where it is no official; empty for none
 * @param variable the variable that holds that record's number
 */
record MatrixLine(
    String verb, String pattern, Passing door, String about, String record, String variable) {
  private static final Path LINES = Path.of("src", "test", "resources", "access-matrix.txt");

  /** Who may pass a route's door. */
  enum Passing {
    OPEN,
    EVERYBODY,
    OFFICERS,
    OFFICERS_OF_ALL,
    HEADS,
    SECURITY,
    PROTECTION_AND_SECURITY,
    OFFICERS_AND_SYSTEM,
    CUSTODY,
    CUSTODIANS,
    PROTECTION,
    PROTECTION_AND_HEADS,
    DISCIPLINE,
    AUDIT,
    SYSTEM;

    boolean passes(@Nullable SignedIn account) {
      if (this == OPEN) {
        return true;
      }
      if (account == null) {
        return false;
      }
      return switch (this) {
        case OPEN, EVERYBODY -> true;
        case OFFICERS -> account.has(Role.PERSONNEL_OFFICER);
        case OFFICERS_OF_ALL -> account.hasEverywhere(Role.PERSONNEL_OFFICER);
        case HEADS -> account.has(Role.HEAD_OF_UNIT);
        case SECURITY -> account.has(Role.SECURITY_ADMINISTRATOR);
        case PROTECTION_AND_SECURITY -> PROTECTION.passes(account) || SECURITY.passes(account);
        case OFFICERS_AND_SYSTEM ->
            account.has(Role.PERSONNEL_OFFICER) || account.has(Role.SYSTEM_ADMINISTRATOR);
        case CUSTODY ->
            account.has(Role.PERSONNEL_OFFICER)
                || account.has(Role.CUSTODIAN)
                || account.has(Role.DISCIPLINE_OFFICER)
                || account.has(Role.PETITION_OFFICER);
        case CUSTODIANS -> account.has(Role.CUSTODIAN);
        case PROTECTION ->
            account.has(Role.PERSONNEL_OFFICER)
                || account.has(Role.DISCIPLINE_OFFICER)
                || account.has(Role.PETITION_OFFICER);
        case PROTECTION_AND_HEADS ->
            PROTECTION.passes(account)
                || HEADS.passes(account)
                || account.has(Role.HEAD_OF_PERSONNEL);
        case DISCIPLINE ->
            account.has(Role.PERSONNEL_OFFICER) || account.has(Role.DISCIPLINE_OFFICER);
        case AUDIT -> account.has(Role.AUDIT_ADMINISTRATOR);
        case SYSTEM -> account.has(Role.SYSTEM_ADMINISTRATOR);
      };
    }
  }

  String route() {
    return verb + " " + pattern;
  }

  static MatrixLine of(String text) {
    String[] parts = text.strip().split("\\s+");
    String about = parts.length > 3 ? parts[3] : "";
    int equals = about.indexOf('=');
    return new MatrixLine(
        parts[0],
        parts[1],
        Passing.valueOf(parts[2].toUpperCase(Locale.ROOT).replace('-', '_')),
        equals < 0 ? about : "",
        equals < 0 ? "" : about.substring(0, equals),
        equals < 0 ? "" : about.substring(equals + 1));
  }

  static List<MatrixLine> all() throws IOException {
    return Files.readAllLines(LINES).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(MatrixLine::of)
        .toList();
  }
}
