package org.dandang.protection.closed;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How files of closed matters are read: which column says what, and what findings and penalties
 * mean.
 *
 * @param source the register whose keys the files use
 * @param passedOnBy word of the hub for who passes such matters on
 * @param content stands for what was reported where the files do not say it
 * @param nameless stands for the name of somebody the files do not name
 * @param because why somebody is who a key says
 * @param toldApart columns by which those without a key are told apart within a matter
 * @param findings by their folded spelling; empty text for a blank
 * @param ladder ranks from the lowest up: reaching a higher one than ever before is a promotion
 */
record Layout(
    String source,
    String passedOnBy,
    String clue,
    String gravity,
    String content,
    String nameless,
    String because,
    Map<String, Cell> matters,
    Map<String, Cell> accused,
    List<String> toldApart,
    Map<String, Finding> findings,
    List<Penalty> penalties,
    List<String> ladder) {

  /** What the files must say of a matter and of an accused, and what they may say besides. */
  static final List<String> MATTER_FIELDS =
      List.of("key", "title", "received", "closed", "unit", "agency", "happened");

  static final List<String> ACCUSED_FIELDS =
      List.of("key", "official", "finding", "penalty", "unit", "post", "about", "code");

  /** How many of each list a layout has to say. */
  static final int MATTER_NEEDED = 5;

  static final int ACCUSED_NEEDED = 4;

  Layout {
    toldApart = List.copyOf(toldApart);
    penalties = List.copyOf(penalties);
    ladder = List.copyOf(ladder);
  }

  /**
   * Where a value stands.
   *
   * @param constant for every row, without a column; null where there is one
   * @param date how a date is written; null where it is none
   * @param whole "16.0" and "16" are both "16"
   * @param values what words mean, by their folded spelling; others stay as they are
   */
  record Cell(
      List<String> headers,
      @Nullable String constant,
      @Nullable DateTimeFormatter date,
      boolean whole,
      Map<String, String> values) {
    private static final Pattern WHOLE = Pattern.compile("(-?[0-9]+)\\.0+");

    String read(String written) {
      if (constant != null) {
        return constant;
      }
      String text = whole ? WHOLE.matcher(written).replaceFirst("$1") : written;
      return values.getOrDefault(folded(text), text);
    }

    /** Null where it is no day the calendar has between 1900 and 2200. */
    @Nullable LocalDate day(String text) {
      try {
        LocalDate day =
            LocalDate.parse(text, date == null ? DateTimeFormatter.ISO_LOCAL_DATE : date);
        return day.getYear() >= 1900 && day.getYear() < 2200 ? day : null;
      } catch (DateTimeException e) {
        return null;
      }
    }
  }

  /**
   * @param word as the pack spells it
   * @param outcome of the hub; null: it says nothing about the person
   */
  record Finding(String word, @Nullable String outcome) {}

  /**
   * @param measure null: no measure
   */
  record Penalty(Pattern pattern, @Nullable String measure) {}

  Optional<Finding> finding(String written) {
    return Optional.ofNullable(findings.get(folded(written)));
  }

  /** What a penalty means; empty where the pack does not know it. */
  Optional<Penalty> penalty(String written) {
    return penalties.stream().filter(one -> one.pattern().matcher(written).matches()).findFirst();
  }

  /** Case and blanks around do not matter. */
  static String folded(String text) {
    return text.strip().toUpperCase(Locale.ROOT);
  }
}
