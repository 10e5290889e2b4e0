package org.dandang.official.form;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dandang.official.register.Field;
import org.dandang.official.register.IdentityNumber;
import org.dandang.official.register.Register;
import org.dandang.official.register.Values;
import org.jspecify.annotations.Nullable;

/**
 * What a form says, as rows of registers, and what of it a person has to settle.
 *
 * @param rows by register; each a text by field, as a roster would have it
 */
public record FormFacts(Map<Register, List<Map<Field, String>>> rows, List<Unsettled> unsettled) {
  private static final Pattern DATE =
      Pattern.compile(
          "^((?:19|20)\\d{2})(?:\\s*[.．年/-]\\s*(\\d{1,2})(?:\\s*[.．月/-]\\s*(\\d{1,2})日?)?月?|年|(\\d{2})(\\d{2})?)?$");
  private static final Pattern REWARD =
      Pattern.compile(
          "^((?:19|20)\\d{2})(?:年|[.．])(?:(\\d{1,2})月?)?(?:(\\d{1,2})日)?[，,、\\s]*(?:被|经|由|受|因)?(.*?)(?:批准|决定|研究决定)?[，,\\s]*(?:被)?(?:授予|荣获|获得|获评|获|评为|荣记|记|给予|受到|受)(.+)$");
  private static final Pattern PENALTY =
      Pattern.compile("警告|记过|记大过|降级|降职|撤职|开除|留党察看|撤销党内职务|诫勉|处分|通报批评|免职");
  private static final Pattern YEARS =
      Pattern.compile("((?:(?:19|20)\\d{2}(?:年度?|、|，|,|至|-|—|\\s)*)+)");
  private static final Pattern YEAR = Pattern.compile("(?:19|20)\\d{2}");
  private static final Pattern GRADE =
      Pattern.compile("基本称职|不称职|不定等次|未定等次|不确定等次|优秀|称职|基本合格|不合格|合格");

  /** Reads what a form means. */
  public static FormFacts of(AppointmentForm form, UnitNames units) {
    Reading reading = new Reading(form);
    reading.identity();
    reading.affiliation();
    reading.rewards();
    reading.assessments();
    reading.family();
    Resume resume = Resume.read(form.text(FormElement.RESUME), units);
    reading.unsettled.addAll(resume.unsettled());
    if (form.unknown().stream().anyMatch(each -> each.name().equals(FormElement.PHOTO.xml()))) {
      reading.unsettled.add(new Unsettled(FormElement.PHOTO, 1, "", "no-photo"));
    }
    reading.education(resume);
    reading.postings(resume);
    return new FormFacts(reading.rows, List.copyOf(reading.unsettled));
  }

  /** Rows of a register. */
  public List<Map<Field, String>> of(Register register) {
    return rows.getOrDefault(register, List.of());
  }

  /** The identity number where its check digit holds. */
  public static java.util.Optional<IdentityNumber> number(AppointmentForm form) {
    return IdentityNumber.of(form.text(FormElement.NUMBER));
  }

  /** {@code yyyy}, {@code yyyy-MM} or {@code yyyy-MM-dd}; null where the text is no date. */
  static @Nullable String date(String text) {
    Matcher date = DATE.matcher(text.strip());
    if (!date.matches()) {
      return null;
    }
    String month = date.group(2) != null ? date.group(2) : date.group(4);
    String day = date.group(3) != null ? date.group(3) : date.group(5);
    StringBuilder written = new StringBuilder(date.group(1));
    if (month != null && !month.equals("00")) {
      int m = Integer.parseInt(month);
      if (m < 1 || m > 12) {
        return null;
      }
      written.append("-%02d".formatted(m));
      if (day != null && !day.equals("00")) {
        int d = Integer.parseInt(day);
        if (d < 1
            || d > java.time.YearMonth.of(Integer.parseInt(date.group(1)), m).lengthOfMonth()) {
          return null;
        }
        written.append("-%02d".formatted(d));
      }
    }
    return written.toString();
  }

  private static final class Reading {
    private final AppointmentForm form;
    private final Map<Register, List<Map<Field, String>>> rows = new EnumMap<>(Register.class);
    private final List<Unsettled> unsettled = new ArrayList<>();

    Reading(AppointmentForm form) {
      this.form = form;
    }

    private void add(Register register, Map<Field, String> row) {
      rows.computeIfAbsent(register, each -> new ArrayList<>()).add(row);
    }

    private void put(Map<Field, String> row, Field field, @Nullable String text) {
      if (text != null && !text.isBlank()) {
        row.put(field, text.strip());
      }
    }

    /** A date of the form; where it cannot be read a person settles it. */
    private @Nullable String dated(FormElement element) {
      String text = form.text(element);
      if (text.isEmpty()) {
        return null;
      }
      String date = date(text);
      if (date == null) {
        unsettled.add(new Unsettled(element, 1, text, "not-a-date"));
      }
      return date;
    }

    /** The word a closed field stores, or null and a line to settle. */
    private @Nullable String word(Field field, FormElement element, String text) {
      String stored = meant(field, text);
      if (stored == null && !text.isBlank()) {
        unsettled.add(new Unsettled(element, 1, text, "not-listed"));
      }
      return stored;
    }

    private void identity() {
      Map<Field, String> row = new HashMap<>();
      put(row, Field.IDENTITY_NAME, Values.personName(form.text(FormElement.NAME)));
      put(
          row,
          Field.IDENTITY_SEX,
          word(Field.IDENTITY_SEX, FormElement.SEX, form.text(FormElement.SEX)));
      put(row, Field.IDENTITY_BORN, dated(FormElement.BORN));
      put(row, Field.IDENTITY_ETHNIC_GROUP, form.text(FormElement.ETHNIC_GROUP));
      put(row, Field.IDENTITY_NATIVE_PLACE, form.text(FormElement.NATIVE_PLACE));
      put(row, Field.IDENTITY_BIRTHPLACE, form.text(FormElement.BIRTHPLACE));
      put(row, Field.IDENTITY_BEGAN_WORK, dated(FormElement.BEGAN_WORK));
      put(row, Field.IDENTITY_HEALTH, form.text(FormElement.HEALTH));
      put(row, Field.IDENTITY_TECHNICAL_POST, form.text(FormElement.TECHNICAL_POST));
      put(row, Field.IDENTITY_SPECIALITY, form.text(FormElement.SPECIALITY));
      String number = form.text(FormElement.NUMBER);
      if (!number.isEmpty()) {
        if (IdentityNumber.of(number).isPresent()) {
          put(row, Field.IDENTITY_NUMBER, number);
        } else {
          // The text itself stays sealed.
          unsettled.add(new Unsettled(FormElement.NUMBER, 1, "", "not-an-identity-number"));
        }
      }
      add(Register.IDENTITY, row);
    }

    private void affiliation() {
      for (String part : form.text(FormElement.JOINED_PARTY).split("[；;\n]", -1)) {
        String text = part.strip();
        if (text.isEmpty()) {
          continue;
        }
        Map<Field, String> row = new HashMap<>();
        String date = date(text);
        if (date != null) {
          row.put(Field.AFFILIATION_AFFILIATION, "01");
          row.put(Field.AFFILIATION_SINCE, date);
        } else {
          Matcher dated =
              Pattern.compile("^(.*?)[（(]?((?:19|20)\\d{2}[.．年/-]?\\d{0,2}月?)[)）]?$").matcher(text);
          String party = text;
          if (dated.matches() && date(dated.group(2)) instanceof String since) {
            party = dated.group(1);
            row.put(Field.AFFILIATION_SINCE, since);
          }
          String stored =
              word(Field.AFFILIATION_AFFILIATION, FormElement.JOINED_PARTY, party.strip());
          if (stored == null) {
            continue;
          }
          row.put(Field.AFFILIATION_AFFILIATION, stored);
        }
        add(Register.AFFILIATION, row);
      }
    }

    private void education(Resume resume) {
      List<Map<Field, String>> stated = new ArrayList<>();
      stated(
          stated,
          "full-time",
          FormElement.FULL_TIME_EDUCATION,
          FormElement.FULL_TIME_DEGREE,
          FormElement.FULL_TIME_SCHOOL,
          FormElement.FULL_TIME_DEGREE_SCHOOL);
      stated(
          stated,
          "in-service",
          FormElement.IN_SERVICE_EDUCATION,
          FormElement.IN_SERVICE_DEGREE,
          FormElement.IN_SERVICE_SCHOOL,
          FormElement.IN_SERVICE_DEGREE_SCHOOL);
      for (Resume.Entry entry : resume.entries()) {
        if (!(entry instanceof Resume.Study study)) {
          continue;
        }
        String kind = study.inService() ? "in-service" : "full-time";
        Map<Field, String> row =
            stated.stream()
                .filter(
                    known ->
                        kind.equals(known.get(Field.EDUCATION_KIND))
                            && !known.containsKey(Field.EDUCATION_STARTS_ON)
                            && known
                                .getOrDefault(Field.EDUCATION_SCHOOL, "")
                                .contains(study.school()))
                .findFirst()
                .orElse(null);
        if (row == null) {
          row = new HashMap<>();
          row.put(Field.EDUCATION_KIND, kind);
          row.put(Field.EDUCATION_SCHOOL, study.school());
          stated.add(row);
        }
        put(row, Field.EDUCATION_MAJOR, study.major());
        put(row, Field.EDUCATION_STARTS_ON, study.from());
        put(row, Field.EDUCATION_ENDS_ON, study.to());
      }
      stated.forEach(row -> add(Register.EDUCATION, row));
    }

    private void stated(
        List<Map<Field, String>> rows,
        String kind,
        FormElement education,
        FormElement degree,
        FormElement school,
        FormElement degreeSchool) {
      String title = oneLine(form.text(education));
      String degreeTitle = oneLine(form.text(degree));
      if (title.isEmpty() && degreeTitle.isEmpty()) {
        return;
      }
      Map<Field, String> row = new HashMap<>();
      row.put(Field.EDUCATION_KIND, kind);
      put(row, Field.EDUCATION_TITLE, title);
      put(row, Field.EDUCATION_LEVEL, meant(Field.EDUCATION_LEVEL, title));
      put(row, Field.EDUCATION_DEGREE_TITLE, degreeTitle);
      put(row, Field.EDUCATION_DEGREE, degree(degreeTitle));
      String place = oneLine(form.text(school));
      put(row, Field.EDUCATION_SCHOOL, place.isEmpty() ? oneLine(form.text(degreeSchool)) : place);
      rows.add(row);
    }

    private static @Nullable String degree(String title) {
      return title.contains("名誉博士")
          ? "1"
          : title.contains("博士")
              ? "2"
              : title.contains("硕士") ? "3" : title.contains("学士") ? "4" : null;
    }

    private void postings(Resume resume) {
      Map<String, Map<Field, String>> once = new LinkedHashMap<>();
      for (Resume.Entry entry : resume.entries()) {
        if (entry instanceof Resume.Post post) {
          Map<Field, String> row = new HashMap<>();
          put(row, Field.POSTING_UNIT_ID, post.unit() == null ? null : post.unit().toString());
          put(row, Field.POSTING_UNIT_TEXT, post.unitText());
          put(row, Field.POSTING_POST, post.post());
          put(row, Field.POSTING_KIND, post.kind());
          put(row, Field.POSTING_STARTS_ON, post.from());
          put(row, Field.POSTING_ENDS_ON, post.to());
          once.putIfAbsent(row.toString(), row);
          if (post.unit() == null) {
            unsettled.add(
                new Unsettled(
                    FormElement.RESUME,
                    post.line(),
                    String.join(" ", present(post.unitText()), present(post.post())).strip(),
                    "unit-unknown"));
          }
        }
      }
      once.values().forEach(row -> add(Register.POSTING, row));
    }

    private void rewards() {
      String all = form.text(FormElement.REWARDS_AND_PENALTIES);
      int number = 0;
      for (String sentence : all.split("[。；;\n]", -1)) {
        number++;
        String text = sentence.strip();
        if (text.isEmpty() || text.equals("无")) {
          continue;
        }
        Matcher reward = REWARD.matcher(text);
        String date = null;
        if (reward.matches()) {
          date =
              date(
                  reward.group(1)
                      + (reward.group(2) == null ? "" : "." + reward.group(2))
                      + (reward.group(2) == null || reward.group(3) == null
                          ? ""
                          : "." + reward.group(3)));
        }
        if (date == null) {
          unsettled.add(
              new Unsettled(FormElement.REWARDS_AND_PENALTIES, number, text, "no-reward"));
          continue;
        }
        String kind = reward.group(5).strip();
        String authority = reward.group(4).replaceFirst("[，,]+$", "").strip();
        boolean penalty =
            PENALTY.matcher(kind).find() || kind.matches("(?:大)?过.*") && text.contains("记");
        Map<Field, String> row = new HashMap<>();
        if (penalty) {
          put(row, Field.PENALTY_KIND, kind.matches("(?:大)?过.*") ? "记" + kind : kind);
          put(row, Field.PENALTY_DECIDED_ON, date);
          put(row, Field.PENALTY_AUTHORITY, authority);
          add(Register.PENALTY, row);
        } else {
          put(row, Field.AWARD_KIND, kind.replaceAll("^[“\"「]|[”\"」]$", ""));
          put(row, Field.AWARD_GRANTED_ON, date);
          put(row, Field.AWARD_OUTCOME, "granted");
          put(row, Field.AWARD_AUTHORITY, authority);
          add(Register.AWARD, row);
        }
      }
    }

    private void assessments() {
      int number = 0;
      Map<String, String> grades = new LinkedHashMap<>();
      for (String sentence : form.text(FormElement.ASSESSMENTS).split("[。；;\n]", -1)) {
        number++;
        String text = sentence.strip();
        if (text.isEmpty() || text.equals("无")) {
          continue;
        }
        boolean understood = false;
        Matcher years = YEARS.matcher(text);
        while (years.find()) {
          Matcher grade = GRADE.matcher(text).region(years.end(), text.length());
          if (!grade.find()) {
            understood = false;
            break;
          }
          String stored = meant(Field.ANNUAL_GRADE_GRADE, grade.group());
          for (String year : years(years.group(1))) {
            if (stored != null) {
              understood = true;
              String other = grades.putIfAbsent(year, stored);
              if (other != null && !other.equals(stored)) {
                unsettled.add(new Unsettled(FormElement.ASSESSMENTS, number, text, "two-grades"));
              }
            }
          }
        }
        if (!understood) {
          unsettled.add(new Unsettled(FormElement.ASSESSMENTS, number, text, "no-grade"));
        }
      }
      grades.forEach(
          (year, grade) ->
              add(
                  Register.ANNUAL_GRADE,
                  new HashMap<>(
                      Map.of(Field.ANNUAL_GRADE_YEAR, year, Field.ANNUAL_GRADE_GRADE, grade))));
    }

    /** "2018、2019" and "2018至2020" are each of their years. */
    private static List<String> years(String text) {
      List<String> found = new ArrayList<>();
      Matcher year = YEAR.matcher(text);
      int end = 0;
      while (year.find()) {
        String between = text.substring(end, year.start());
        if (!found.isEmpty() && between.matches(".*(?:至|-|—).*")) {
          int from = Integer.parseInt(found.getLast()) + 1;
          for (int each = from; each < Integer.parseInt(year.group()) && each < from + 30; each++) {
            found.add(Integer.toString(each));
          }
        }
        found.add(year.group());
        end = year.end();
      }
      return found;
    }

    private void family() {
      int number = 0;
      for (AppointmentForm.FamilyMember member : form.family()) {
        number++;
        if (member.relation().isBlank() || member.name().isBlank()) {
          unsettled.add(
              new Unsettled(
                  FormElement.FAMILY,
                  number,
                  String.join(
                      " ",
                      member.relation(),
                      member.name(),
                      member.born(),
                      member.affiliation(),
                      member.employment()),
                  "no-name"));
          continue;
        }
        Map<Field, String> row = new HashMap<>();
        put(row, Field.FAMILY_RELATION, member.relation());
        put(row, Field.FAMILY_NAME, Values.personName(member.name()));
        if (!member.born().isBlank()) {
          String born = date(member.born());
          if (born == null) {
            unsettled.add(new Unsettled(FormElement.FAMILY, number, member.born(), "not-a-date"));
          }
          put(row, Field.FAMILY_BORN, born);
        }
        put(row, Field.FAMILY_AFFILIATION, member.affiliation());
        put(row, Field.FAMILY_EMPLOYMENT, oneLine(member.employment()));
        add(Register.FAMILY, row);
      }
    }

    private static String present(@Nullable String text) {
      return text == null ? "" : text;
    }

    private static String oneLine(String text) {
      return text.replaceAll("\\s*\n\\s*", "").strip();
    }

    private static @Nullable String meant(Field field, String text) {
      String folded = Values.folded(text);
      return field.words().entrySet().stream()
          .filter(word -> Values.folded(word.getKey()).equals(folded))
          .map(Map.Entry::getValue)
          .findFirst()
          .orElse(null);
    }
  }
}
