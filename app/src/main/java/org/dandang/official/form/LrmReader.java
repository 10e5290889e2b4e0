package org.dandang.official.form;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.dandang.official.ImportProblem;
import org.jspecify.annotations.Nullable;

/**
 * Reads the older {@code .lrm}: one record of quoted fields separated by commas, {@code #} and
 * {@code @} within them. Its photo stands beside it in a file of its own.
 */
public final class LrmReader {
  private static final Map<Integer, FormElement> FIELDS =
      Map.ofEntries(
          Map.entry(0, FormElement.NAME),
          Map.entry(1, FormElement.SEX),
          Map.entry(2, FormElement.BORN),
          Map.entry(3, FormElement.ETHNIC_GROUP),
          Map.entry(4, FormElement.NATIVE_PLACE),
          Map.entry(5, FormElement.JOINED_PARTY),
          Map.entry(6, FormElement.HEALTH),
          Map.entry(7, FormElement.BIRTHPLACE),
          Map.entry(8, FormElement.BEGAN_WORK),
          Map.entry(11, FormElement.TECHNICAL_POST),
          Map.entry(16, FormElement.SPECIALITY),
          Map.entry(17, FormElement.RESUME),
          Map.entry(18, FormElement.REWARDS_AND_PENALTIES),
          Map.entry(19, FormElement.ASSESSMENTS),
          Map.entry(25, FormElement.POST),
          Map.entry(26, FormElement.PROPOSED_POST),
          Map.entry(27, FormElement.POST_TO_LEAVE),
          Map.entry(28, FormElement.REASON),
          Map.entry(29, FormElement.REPORTING_UNIT),
          Map.entry(30, FormElement.AGE_AS_OF),
          Map.entry(31, FormElement.FILLED_IN_BY),
          Map.entry(32, FormElement.FILLED_IN_ON));
  private static final int FEWEST = 18;

  private LrmReader() {}

  /**
   * @param photo the sibling file's bytes; null where there is none
   * @throws ImportProblem naming the file when it is not such a record
   */
  public static AppointmentForm read(String file, byte[] bytes, byte @Nullable [] photo) {
    if (bytes.length > LrmxReader.LARGEST) {
      throw new ImportProblem("form-too-large", file, LrmxReader.LARGEST >> 20);
    }
    FormText.Clean clean = FormText.decoded(file, bytes);
    List<String> fields = fields(file, clean.text());
    if (fields.size() < FEWEST) {
      throw new ImportProblem("form-not-a-record", file, fields.size());
    }
    Map<FormElement, String> texts = new EnumMap<>(FormElement.class);
    List<AppointmentForm.Unknown> unknown = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      FormElement element = FIELDS.get(i);
      if (element != null) {
        String text = LrmxReader.tidy(fields.get(i), element.hasLines());
        if (Garbled.is(text)) {
          throw new ImportProblem("form-garbled", file, element.xml());
        }
        texts.put(element, text);
      } else if (i != 9 && i != 10 && (i < 20 || i > 24) && !fields.get(i).isBlank()) {
        unknown.add(
            new AppointmentForm.Unknown(
                "lrm-" + i, "", LrmxWriter.escaped(LrmxReader.tidy(fields.get(i), false))));
      }
    }
    education(
        texts,
        fields.get(9),
        List.of(FormElement.FULL_TIME_EDUCATION, FormElement.FULL_TIME_DEGREE),
        List.of(FormElement.IN_SERVICE_EDUCATION, FormElement.IN_SERVICE_DEGREE));
    education(
        texts,
        fields.get(10),
        List.of(FormElement.FULL_TIME_SCHOOL, FormElement.FULL_TIME_DEGREE_SCHOOL),
        List.of(FormElement.IN_SERVICE_SCHOOL, FormElement.IN_SERVICE_DEGREE_SCHOOL));
    return new AppointmentForm(texts, family(fields), photo, unknown, clean.controls());
  }

  private static void education(
      Map<FormElement, String> texts,
      String field,
      List<FormElement> fullTime,
      List<FormElement> inService) {
    String[] parts = field.split("@", 2);
    put(texts, parts[0], fullTime);
    if (parts.length > 1) {
      put(texts, parts[1], inService);
    }
  }

  private static void put(Map<FormElement, String> texts, String part, List<FormElement> elements) {
    String[] values = part.split("#", 2);
    for (int i = 0; i < values.length; i++) {
      texts.put(elements.get(i), LrmxReader.tidy(values[i], false));
    }
  }

  private static List<AppointmentForm.FamilyMember> family(List<String> fields) {
    if (fields.size() < 25) {
      return List.of();
    }
    List<String[]> columns = new ArrayList<>();
    int most = 0;
    for (int i = 20; i <= 24; i++) {
      String[] column = fields.get(i).split("@", -1);
      columns.add(column);
      most = Math.max(most, column.length);
    }
    List<AppointmentForm.FamilyMember> family = new ArrayList<>();
    for (int row = 0; row < most; row++) {
      String[] parts = new String[5];
      for (int i = 0; i < 5; i++) {
        String[] column = columns.get(i);
        parts[i] = row < column.length ? LrmxReader.tidy(column[row], false) : "";
      }
      family.add(
          new AppointmentForm.FamilyMember(parts[0], parts[1], parts[2], parts[3], parts[4]));
    }
    return family;
  }

  /** Values may hold line ends and quotation marks; only {@code ","} separates. */
  private static List<String> fields(String file, String text) {
    String record = text.strip();
    if (record.startsWith("\ufeff")) {
      record = record.substring(1);
    }
    if (record.length() < 2 || record.charAt(0) != '"') {
      throw new ImportProblem("form-not-a-record", file, 0);
    }
    int end = record.length();
    while (end > 1
        && (record.charAt(end - 1) == ',' || Character.isWhitespace(record.charAt(end - 1)))) {
      end--;
    }
    if (record.charAt(end - 1) != '"') {
      throw new ImportProblem("form-cut-off", file);
    }
    return List.of(record.substring(1, end - 1).split("\"\\s*,\\s*\"", -1));
  }
}
