package org.dandang.survey.instrument;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A share as a rule writes it, two thirds or 0.6, compared exactly.
 *
 * @param denominator positive
 */
public record Share(BigInteger numerator, BigInteger denominator) {
  private static final Pattern FRACTION = Pattern.compile("(\\d{1,9})/([1-9]\\d{0,8})");

  /** Reads {@code "2/3"} or a decimal between 0 and 1; empty for anything else. */
  public static Optional<Share> of(Object figure) {
    Matcher fraction = FRACTION.matcher(String.valueOf(figure));
    Share share;
    if (fraction.matches()) {
      share = new Share(new BigInteger(fraction.group(1)), new BigInteger(fraction.group(2)));
    } else {
      try {
        BigDecimal number = new BigDecimal(String.valueOf(figure));
        if (number.signum() < 0 || number.scale() > 9 || number.scale() < -9) {
          return Optional.empty();
        }
        BigDecimal whole = number.setScale(Math.max(0, number.scale()));
        share = new Share(whole.unscaledValue(), BigInteger.TEN.pow(whole.scale()));
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }
    return share.numerator.compareTo(share.denominator) <= 0
        ? Optional.of(share)
        : Optional.empty();
  }

  /**
   * Whether a part of a whole is as large as this share asks; of nothing, never.
   *
   * @param more whether it must be exceeded
   */
  public boolean isReachedBy(long part, long whole, boolean more) {
    int compared =
        BigInteger.valueOf(part)
            .multiply(denominator)
            .compareTo(BigInteger.valueOf(whole).multiply(numerator));
    return whole > 0 && (more ? compared > 0 : compared >= 0);
  }
}
