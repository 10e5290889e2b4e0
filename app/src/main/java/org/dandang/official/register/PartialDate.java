package org.dandang.official.register;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A date as far as its source says it: a day, a month or a year.
 *
 * @param first the first day of what is said
 * @param precision D a day, M a month, Y a year
 */
public record PartialDate(LocalDate first, char precision) {
  private static final List<DatePattern> PATTERNS =
      java.util.stream.Stream.concat(DatePattern.USUAL.stream(), DatePattern.of("year").stream())
          .toList();

  public PartialDate {
    if ("DMY".indexOf(precision) < 0) {
      throw new IllegalArgumentException("precision " + precision);
    }
  }

  /** Null where there is no date. */
  public static @Nullable PartialDate of(@Nullable LocalDate first, @Nullable String precision) {
    return first == null
        ? null
        : new PartialDate(
            first, precision == null || precision.isEmpty() ? 'D' : precision.charAt(0));
  }

  /** Reads "2021", "2021-09", "2021.09.03" and the other usual ways; empty for what is no date. */
  public static Optional<PartialDate> read(String text) {
    for (DatePattern pattern : PATTERNS) {
      long packed = pattern.read(text);
      if (packed > DatePattern.NO_SUCH_DAY) {
        return Optional.of(
            new PartialDate(
                LocalDate.ofEpochDay(DatePattern.days(packed)),
                "DMY".charAt(DatePattern.precision(packed))));
      }
    }
    return Optional.empty();
  }

  /** "2021", "2021-09" or "2021-09-03". */
  @Override
  public String toString() {
    return first.toString().substring(0, length());
  }

  /** As forms write it: "2021.09". */
  public String dotted() {
    return toString().replace('-', '.');
  }

  /** As files of forms write it: "202109". */
  public String digits() {
    return toString().replace("-", "");
  }

  private int length() {
    return precision == 'Y' ? 4 : precision == 'M' ? 7 : 10;
  }
}
