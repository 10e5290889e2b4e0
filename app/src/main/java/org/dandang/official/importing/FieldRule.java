package org.dandang.official.importing;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dandang.official.register.DatePattern;
import org.jspecify.annotations.Nullable;

/**
 * How one field is read.
 *
 * @param headers names of its column, any of them
 * @param orJoined where the file has no such column: columns whose values joined stand for it
 * @param formats how dates are written; empty for the usual ways
 * @param wholeNumber "16.0" and "16" are both "16"
 * @param patterns what a cell of some form stands for; the first that fits all of it
 * @param values what words of the file mean
 * @param keepOthers whether a word that is not listed is taken as it stands or refuses the row
 * @param constant for every row, without a column
 * @param blank what stands for a blank cell
 * @param required the file must have the column and every row a value
 * @param lastDay the date is the last day of a period, so the period ends on the next
 */
record FieldRule(
    List<String> headers,
    List<List<String>> orJoined,
    List<DatePattern> formats,
    boolean wholeNumber,
    List<Form> patterns,
    Map<String, String> values,
    boolean keepOthers,
    @Nullable String constant,
    @Nullable String blank,
    boolean required,
    boolean lastDay) {

  /**
   * @param result may take over groups of the pattern as {@code $1}; blank for nothing
   */
  record Form(Pattern pattern, String result) {}

  /** The cell, or what stands for it. */
  String formed(String cell) {
    for (Form form : patterns) {
      Matcher fits = form.pattern().matcher(cell);
      if (fits.matches()) {
        return fits.replaceFirst(form.result());
      }
    }
    return cell;
  }
}
