package org.dandang.official.register;

import java.util.List;
import java.util.Optional;

/**
 * A way of writing a date: yyyy, M or MM, d or dd and other characters as they stand. What the
 * pattern does not name is not known: a date without a day is precise to the month.
 */
public final class DatePattern {
  /** The result of a text the pattern does not describe. */
  public static final long NO_MATCH = Long.MIN_VALUE;

  /** The text is written that way but there is no such day, or none between 1900 and 2100. */
  public static final long NO_SUCH_DAY = Long.MIN_VALUE + 1;

  private static final int[] LENGTHS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  /** Tried in this order where a mapping names no formats. */
  public static final List<DatePattern> USUAL =
      List.of(
          new DatePattern("yyyy-MM-dd"),
          new DatePattern("yyyy-M-d"),
          new DatePattern("yyyy/M/d"),
          new DatePattern("yyyy.M.d"),
          new DatePattern("yyyyMMdd"),
          new DatePattern("yyyy年M月d日"),
          new DatePattern("yyyy.MM"),
          new DatePattern("yyyy-MM"),
          new DatePattern("yyyy/MM"),
          new DatePattern("yyyyMM"),
          new DatePattern("yyyy年M月"));

  private final String pattern;

  private DatePattern(String pattern) {
    this.pattern = pattern;
  }

  /** {@code year} reads "1971" and "1971.0"; otherwise a pattern that has a year. */
  public static Optional<DatePattern> of(String pattern) {
    if (pattern.equals("year")) {
      return Optional.of(new DatePattern("yyyy"));
    }
    boolean month = pattern.contains("M");
    boolean day = pattern.contains("d");
    boolean wellFormed =
        pattern.indexOf("yyyy") == pattern.lastIndexOf("y") - 3
            && pattern.contains("yyyy")
            && runs(pattern, 'M') <= 2
            && runs(pattern, 'd') <= 2
            && (month || !day)
            && pattern
                .chars()
                .noneMatch(c -> Character.isLetter(c) && c < 128 && "yMd".indexOf(c) < 0);
    return wellFormed ? Optional.of(new DatePattern(pattern)) : Optional.empty();
  }

  private static int runs(String pattern, char letter) {
    int first = pattern.indexOf(letter);
    return first < 0 ? 0 : pattern.lastIndexOf(letter) - first + 1;
  }

  /**
   * Days since 1970 times 4, plus 0 for a date precise to the day, 1 to the month, 2 to the year.
   */
  public static long packed(long days, int precision) {
    return days * 4 + precision;
  }

  public static long days(long packed) {
    return Math.floorDiv(packed, 4L);
  }

  public static int precision(long packed) {
    return (int) Math.floorMod(packed, 4L);
  }

  /** The day after the last day of what a packed date covers. */
  public static long dayAfter(long packed) {
    long days = days(packed);
    return switch (precision(packed)) {
      case 0 -> days + 1;
      case 1 -> java.time.LocalDate.ofEpochDay(days).plusMonths(1).toEpochDay();
      default -> java.time.LocalDate.ofEpochDay(days).plusYears(1).toEpochDay();
    };
  }

  /** A packed date, {@link #NO_MATCH} or {@link #NO_SUCH_DAY}. */
  public long read(String text) {
    int at = 0;
    int end = text.length();
    int year = 0;
    int month = 0;
    int day = 0;
    for (int i = 0; i < pattern.length(); ) {
      char c = pattern.charAt(i);
      if (c == 'y' || c == 'M' || c == 'd') {
        int width = 1;
        while (i + width < pattern.length() && pattern.charAt(i + width) == c) {
          width++;
        }
        i += width;
        int most = width == 1 ? 2 : width;
        int value = 0;
        int digits = 0;
        while (digits < most && at < end) {
          char digit = text.charAt(at);
          if (digit < '0' || digit > '9') {
            break;
          }
          value = value * 10 + digit - '0';
          digits++;
          at++;
        }
        if (digits < width) {
          return NO_MATCH;
        }
        switch (c) {
          case 'y' -> year = value;
          case 'M' -> month = value;
          default -> day = value;
        }
        if (c == 'M' && value == 0 || c == 'd' && value == 0) {
          return NO_SUCH_DAY;
        }
      } else {
        if (at >= end || text.charAt(at) != c) {
          return NO_MATCH;
        }
        at++;
        i++;
      }
    }
    if (at != end && !(pattern.length() == 4 && text.startsWith(".0", at) && at + 2 == end)) {
      return NO_MATCH;
    }
    int precision = day > 0 ? 0 : month > 0 ? 1 : 2;
    return packed(year, Math.max(month, 1), Math.max(day, 1), precision);
  }

  private static long packed(int year, int month, int day, int precision) {
    if (year < 1900 || year > 2100 || month > 12) {
      return NO_SUCH_DAY;
    }
    boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    if (day > LENGTHS[month - 1] + (month == 2 && leap ? 1 : 0)) {
      return NO_SUCH_DAY;
    }
    int y = month <= 2 ? year - 1 : year;
    int era = y / 400;
    int ofEra = y - era * 400;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int dayOfEra = ofEra * 365 + ofEra / 4 - ofEra / 100 + dayOfYear;
    return packed((long) era * 146097 + dayOfEra - 719468, precision);
  }

  @Override
  public String toString() {
    return pattern;
  }
}
