package org.dandang.official.register;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/**
 * A citizen identity number of eighteen characters whose check digit holds (GB 11643-1999).
 *
 * @param digits seventeen digits and a digit or X
 */
public record IdentityNumber(String digits) {
  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  private static final String CHECK = "10X98765432";

  public IdentityNumber {
    if (!holds(digits)) {
      throw new IllegalArgumentException("not an identity number");
    }
  }

  /**
   * Reads a number, one of the old fifteen digits too; blanks and a small x do not matter.
   *
   * @return empty where its form, its date of birth or its check digit is wrong
   */
  public static Optional<IdentityNumber> of(String text) {
    String digits = text.replaceAll("[\\s\\u3000'-]", "").toUpperCase(Locale.ROOT);
    if (digits.matches("\\d{15}")) {
      String longer = digits.substring(0, 6) + "19" + digits.substring(6);
      digits = longer + checkDigit(longer);
    }
    return holds(digits) ? Optional.of(new IdentityNumber(digits)) : Optional.empty();
  }

  private static boolean holds(String digits) {
    if (!digits.matches("[1-9]\\d{16}[0-9X]")
        || checkDigit(digits.substring(0, 17)) != digits.charAt(17)) {
      return false;
    }
    try {
      birth(digits);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** The check digit of the first seventeen. */
  public static char checkDigit(String seventeen) {
    int sum = 0;
    for (int i = 0; i < WEIGHTS.length; i++) {
      sum += WEIGHTS[i] * (seventeen.charAt(i) - '0');
    }
    return CHECK.charAt(sum % 11);
  }

  private static LocalDate birth(String digits) {
    return LocalDate.of(
        Integer.parseInt(digits.substring(6, 10)),
        Integer.parseInt(digits.substring(10, 12)),
        Integer.parseInt(digits.substring(12, 14)));
  }

  /** The date of birth it says. */
  public LocalDate born() {
    return birth(digits);
  }

  /** The sex it says: 1 male, 2 female (GB/T 2261.1). */
  public int sex() {
    return (digits.charAt(16) - '0') % 2 == 1 ? 1 : 2;
  }

  /** As pages show it: the division and the last character, nothing of the birth. */
  public String masked() {
    return digits.substring(0, 6) + "***********" + digits.charAt(17);
  }

  /** Whether it contradicts what is known; what is not known contradicts nothing. */
  public boolean disagrees(Optional<LocalDate> known, char precision, int sex) {
    LocalDate born = born();
    boolean other =
        known.isPresent()
            && (born.getYear() != known.get().getYear()
                || precision != 'Y' && born.getMonth() != known.get().getMonth()
                || precision == 'D' && !born.equals(known.get()));
    return other || (sex == 1 || sex == 2) && sex != sex();
  }

  @Override
  public String toString() {
    return masked();
  }
}
