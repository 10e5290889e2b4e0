package org.dandang.official;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.dandang.official.form.AppointmentForm;
import org.dandang.official.form.FormElement;
import org.dandang.official.register.Field;
import org.dandang.official.register.PartialDate;
import org.dandang.official.register.Register;
import org.dandang.official.register.RegisterRow;
import org.dandang.platform.sealing.Sealing;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The appointment-and-removal form of a person. What the last form said is said in its words as
 * long as the registers behind it hold what it said; what was changed since, and what no form ever
 * said, is written from the registers.
 */
@Component
class FormComposing {
  private final JdbcClient jdbc;
  private final Registers registers;
  private final Officials officials;
  private final Sealing sealing;
  private final JsonMapper json;

  FormComposing(
      JdbcClient jdbc, Registers registers, Officials officials, Sealing sealing, JsonMapper json) {
    this.jdbc = jdbc;
    this.registers = registers;
    this.officials = officials;
    this.sealing = sealing;
    this.json = json;
  }

  /** The words of a form that was taken in. */
  private record Said(
      Map<FormElement, String> texts,
      List<AppointmentForm.FamilyMember> family,
      List<AppointmentForm.Unknown> unknown,
      long importId,
      OffsetDateTime at) {}

  /**
   * The form of a person; empty for nobody.
   *
   * @param asOf the day for which ages are computed and the form is filled in
   * @param withNumber whether the identity number is written out; otherwise it is left out
   */
  Optional<AppointmentForm> form(long official, LocalDate asOf, boolean withNumber) {
    return officials
        .find(official, Registers.Known.NOW)
        .map(known -> compose(known, asOf, withNumber));
  }

  private AppointmentForm compose(Dossier dossier, LocalDate asOf, boolean withNumber) {
    Optional<Said> said = said(dossier.id());
    Set<Register> changed =
        said.map(form -> changedSince(dossier.id(), form)).orElse(EnumSet.allOf(Register.class));
    Map<FormElement, String> texts = new EnumMap<>(FormElement.class);
    Map<FormElement, String> words = said.map(Said::texts).orElse(Map.of());
    for (FormElement element : FormElement.values()) {
      Register behind = behind(element);
      String text =
          behind == null || !changed.contains(behind) && words.containsKey(element)
              ? words.getOrDefault(element, "")
              : written(element, dossier, asOf);
      if (!text.isEmpty()) {
        texts.put(element, text);
      }
    }
    if (element(texts, FormElement.POST).isEmpty()) {
      Dossier.Posting present = dossier.present(asOf);
      if (present != null) {
        texts.put(FormElement.POST, place(present));
      }
    }
    if (withNumber) {
      number(dossier.id()).ifPresent(number -> texts.put(FormElement.NUMBER, number));
    }
    texts.put(FormElement.AGE_AS_OF, asOf.toString().replace("-", ""));
    texts.put(FormElement.FILLED_IN_ON, asOf.toString().replace("-", ""));
    if (said.isPresent() && changed.contains(Register.POSTING)) {
      texts.merge(
          FormElement.RESUME,
          stillUnsettled(dossier.id()),
          (resume, open) -> open.isEmpty() ? resume : resume + "\n" + open);
    }
    return new AppointmentForm(
        texts,
        said.isPresent() && !changed.contains(Register.FAMILY)
            ? said.get().family()
            : family(dossier),
        photo(dossier.id()),
        said.map(Said::unknown).orElse(List.of()),
        0);
  }

  private static String element(Map<FormElement, String> texts, FormElement element) {
    return texts.getOrDefault(element, "");
  }

  private static @Nullable Register behind(FormElement element) {
    return switch (element) {
      case NAME,
          SEX,
          BORN,
          ETHNIC_GROUP,
          NATIVE_PLACE,
          BIRTHPLACE,
          BEGAN_WORK,
          HEALTH,
          TECHNICAL_POST,
          SPECIALITY ->
          Register.IDENTITY;
      case JOINED_PARTY -> Register.AFFILIATION;
      case FULL_TIME_EDUCATION,
          FULL_TIME_DEGREE,
          FULL_TIME_SCHOOL,
          FULL_TIME_DEGREE_SCHOOL,
          IN_SERVICE_EDUCATION,
          IN_SERVICE_DEGREE,
          IN_SERVICE_SCHOOL,
          IN_SERVICE_DEGREE_SCHOOL ->
          Register.EDUCATION;
      case POST, RESUME -> Register.POSTING;
      case REWARDS_AND_PENALTIES -> Register.AWARD;
      case ASSESSMENTS -> Register.ANNUAL_GRADE;
      case FAMILY -> Register.FAMILY;
      case PROPOSED_POST,
          POST_TO_LEAVE,
          REASON,
          REPORTING_UNIT,
          AGE_AS_OF,
          FILLED_IN_ON,
          FILLED_IN_BY,
          NUMBER,
          PHOTO,
          VERSION ->
          null;
    };
  }

  private Optional<Said> said(long official) {
    return jdbc.sql(
            "select texts, unknown, import_id, recorded_at from official.form where official_id = ? and superseded_at is null")
        .param(official)
        .query(
            (row, number) -> {
              Map<FormElement, String> texts = new EnumMap<>(FormElement.class);
              List<AppointmentForm.FamilyMember> family = new ArrayList<>();
              JsonNode said = json.readTree(row.getString("texts"));
              for (Map.Entry<String, JsonNode> entry : said.properties()) {
                FormElement element = FormElement.of(entry.getKey()).orElse(null);
                if (element == FormElement.FAMILY) {
                  for (JsonNode member : entry.getValue()) {
                    family.add(json.treeToValue(member, AppointmentForm.FamilyMember.class));
                  }
                } else if (element != null) {
                  texts.put(element, entry.getValue().asString());
                }
              }
              return new Said(
                  texts,
                  family,
                  Arrays.asList(
                      json.readValue(row.getString("unknown"), AppointmentForm.Unknown[].class)),
                  row.getLong("import_id"),
                  row.getObject("recorded_at", OffsetDateTime.class));
            })
        .optional();
  }

  /** Registers in which something about the person was recorded or superseded after the form. */
  private Set<Register> changedSince(long official, Said form) {
    String each =
        Register.ofPeople().stream()
            .map(
                register ->
                    """
                    select '%s' where exists (
                      select from %s r where r.official_id = :official
                         and (r.recorded_at > :at and r.import_id is distinct from :import
                              or r.superseded_at > :at))
                    """
                        .formatted(register.name(), register.table()))
            .collect(Collectors.joining(" union all "));
    Set<Register> changed = EnumSet.noneOf(Register.class);
    jdbc.sql(each)
        .param("official", official)
        .param("at", form.at())
        .param("import", form.importId())
        .query(String.class)
        .list()
        .forEach(name -> changed.add(Register.valueOf(name)));
    if (changed.contains(Register.PENALTY)) {
      changed.add(Register.AWARD);
    }
    if (changed.contains(Register.EDUCATION)) {
      changed.add(Register.POSTING);
    }
    return changed;
  }

  private Optional<String> number(long official) {
    return jdbc.sql(
            "select number_sealed from official.identity where official_id = ? and superseded_at is null and number_sealed is not null")
        .param(official)
        .query((row, at) -> sealing.seal().open(row.getBytes(1)))
        .optional()
        .or(
            () ->
                jdbc.sql(
                        "select number_sealed from official.form where official_id = ? and superseded_at is null and number_sealed is not null")
                    .param(official)
                    .query((row, at) -> sealing.seal().open(row.getBytes(1)))
                    .optional());
  }

  byte @Nullable [] photo(long official) {
    return jdbc.sql(
            "select image from official.photo where official_id = ? and superseded_at is null")
        .param(official)
        .query((row, number) -> row.getBytes(1))
        .optional()
        .orElse(null);
  }

  /** Lines nobody settled, or settled as no posting: they stay in the résumé's words. */
  private String stillUnsettled(long official) {
    return String.join(
        "\n",
        jdbc.sql(
                """
                select l.text from official.unsettled_line l join official.form f on f.id = l.form_id and f.superseded_at is null
                 where l.official_id = ? and l.element = 'JianLi' and l.reason <> 'unit-unknown'
                   and (l.settled_as is null or l.settled_as = 'nothing')
                 order by l.line
                """)
            .param(official)
            .query(String.class)
            .list());
  }

  private static String written(FormElement element, Dossier dossier, LocalDate asOf) {
    RegisterRow identity = dossier.identityRow();
    return switch (element) {
      case NAME -> identity.text(Field.IDENTITY_NAME);
      case SEX ->
          switch (identity.text(Field.IDENTITY_SEX)) {
            case "1" -> "男";
            case "2" -> "女";
            default -> "";
          };
      case BORN -> digits(dossier.identity().born());
      case ETHNIC_GROUP -> identity.text(Field.IDENTITY_ETHNIC_GROUP);
      case NATIVE_PLACE -> identity.text(Field.IDENTITY_NATIVE_PLACE);
      case BIRTHPLACE -> identity.text(Field.IDENTITY_BIRTHPLACE);
      case BEGAN_WORK -> digits(dossier.identity().beganWork());
      case HEALTH -> identity.text(Field.IDENTITY_HEALTH);
      case TECHNICAL_POST -> identity.text(Field.IDENTITY_TECHNICAL_POST);
      case SPECIALITY -> identity.text(Field.IDENTITY_SPECIALITY);
      case JOINED_PARTY -> party(dossier);
      case FULL_TIME_EDUCATION -> education(dossier, "full-time", Field.EDUCATION_TITLE);
      case FULL_TIME_DEGREE -> education(dossier, "full-time", Field.EDUCATION_DEGREE_TITLE);
      case FULL_TIME_SCHOOL -> education(dossier, "full-time", Field.EDUCATION_SCHOOL);
      case IN_SERVICE_EDUCATION -> education(dossier, "in-service", Field.EDUCATION_TITLE);
      case IN_SERVICE_DEGREE -> education(dossier, "in-service", Field.EDUCATION_DEGREE_TITLE);
      case IN_SERVICE_SCHOOL -> education(dossier, "in-service", Field.EDUCATION_SCHOOL);
      case POST -> {
        Dossier.Posting present = dossier.present(asOf);
        yield present == null ? "" : place(present);
      }
      case RESUME -> resume(dossier);
      case REWARDS_AND_PENALTIES -> rewards(dossier);
      case ASSESSMENTS -> assessments(dossier);
      default -> "";
    };
  }

  private static String digits(@Nullable PartialDate date) {
    return date == null ? "" : upTo(date.digits(), 6);
  }

  /** Forms name months, not days. */
  private static String upTo(String date, int length) {
    return date.substring(0, Math.min(length, date.length()));
  }

  private static String place(Dossier.Posting posting) {
    return posting.unit() + (posting.post() == null ? "" : posting.post());
  }

  private static String party(Dossier dossier) {
    return dossier.rowsOf(Register.AFFILIATION).stream()
        .map(
            row -> {
              String since =
                  PartialDate.read(row.text(Field.AFFILIATION_SINCE))
                      .map(FormComposing::digits)
                      .orElse("");
              String code = row.text(Field.AFFILIATION_AFFILIATION);
              return List.of("01", "02").contains(code) && !since.isEmpty()
                  ? since
                  : shortName(code);
            })
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("；"));
  }

  /** The shortest word a form uses for an affiliation. */
  private static String shortName(String code) {
    return Field.AFFILIATION_AFFILIATION.words().entrySet().stream()
        .filter(word -> word.getValue().equals(code) && !word.getKey().equals(code))
        .map(Map.Entry::getKey)
        .min(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
        .orElse("");
  }

  private static String education(Dossier dossier, String kind, Field field) {
    return dossier.rowsOf(Register.EDUCATION).stream()
        .filter(row -> row.text(Field.EDUCATION_KIND).equals(kind))
        .filter(
            row ->
                !row.text(Field.EDUCATION_TITLE).isEmpty()
                    || !row.text(Field.EDUCATION_DEGREE_TITLE).isEmpty())
        .min(
            Comparator.comparing(
                row ->
                    row.text(Field.EDUCATION_LEVEL).isEmpty()
                        ? "99"
                        : row.text(Field.EDUCATION_LEVEL)))
        .map(row -> row.text(field))
        .orElse("");
  }

  /** A line of the résumé and when it begins. */
  private record Line(String from, String text) {}

  private static String resume(Dossier dossier) {
    List<Line> lines = new ArrayList<>();
    for (Dossier.Posting posting : dossier.postings()) {
      String kind =
          switch (posting.kind()) {
            case "attachment" -> "挂职任";
            case "concurrent" -> "兼任";
            case "study-attachment" -> "跟班学习，";
            default -> "";
          };
      lines.add(
          new Line(
              String.valueOf(posting.fromSaid()),
              period(posting.fromSaid(), posting.toSaid()) + kind + place(posting)));
    }
    for (RegisterRow study : dossier.rowsOf(Register.EDUCATION)) {
      PartialDate from = PartialDate.read(study.text(Field.EDUCATION_STARTS_ON)).orElse(null);
      if (from != null) {
        PartialDate to = PartialDate.read(study.text(Field.EDUCATION_ENDS_ON)).orElse(null);
        String major = study.text(Field.EDUCATION_MAJOR);
        lines.add(
            new Line(
                from.toString(),
                period(from, to)
                    + study.text(Field.EDUCATION_SCHOOL)
                    + (major.isEmpty() || study.text(Field.EDUCATION_SCHOOL).contains(major)
                        ? ""
                        : major + "专业")
                    + "学习"));
      }
    }
    return lines.stream()
        .sorted(Comparator.comparing(Line::from))
        .map(Line::text)
        .collect(Collectors.joining("\n"));
  }

  /** "2021.09--2024.02 "; an open end is padded so that the posts stand below each other. */
  private static String period(@Nullable PartialDate from, @Nullable PartialDate to) {
    String begin = from == null ? "" : upTo(from.dotted(), 7);
    return begin + "--" + (to == null ? " ".repeat(7) : upTo(to.dotted(), 7)) + "  ";
  }

  private static String rewards(Dossier dossier) {
    List<Line> lines = new ArrayList<>();
    for (RegisterRow award : dossier.rowsOf(Register.AWARD)) {
      if (award.text(Field.AWARD_OUTCOME).equals("granted")) {
        lines.add(
            sentence(
                award.text(Field.AWARD_GRANTED_ON),
                award.text(Field.AWARD_AUTHORITY),
                "授予",
                award.text(Field.AWARD_KIND)));
      }
    }
    for (RegisterRow penalty : dossier.rowsOf(Register.PENALTY)) {
      lines.add(
          sentence(
              penalty.text(Field.PENALTY_DECIDED_ON),
              penalty.text(Field.PENALTY_AUTHORITY),
              "给予",
              penalty.text(Field.PENALTY_KIND)));
    }
    return lines.isEmpty()
        ? "无"
        : lines.stream()
            .sorted(Comparator.comparing(Line::from))
            .map(Line::text)
            .collect(Collectors.joining("；", "", "。"));
  }

  private static Line sentence(String on, String authority, String verb, String what) {
    String[] parts = on.split("-", -1);
    String date =
        on.isEmpty()
            ? ""
            : parts[0] + "年" + (parts.length > 1 ? Integer.parseInt(parts[1]) + "月" : "");
    return new Line(
        on, date + "，" + (authority.isEmpty() ? "" : "经" + authority + "批准，") + verb + what);
  }

  private static String assessments(Dossier dossier) {
    String text =
        dossier.rowsOf(Register.ANNUAL_GRADE).stream()
            .sorted(Comparator.comparing(row -> row.text(Field.ANNUAL_GRADE_YEAR)))
            .map(
                row ->
                    row.text(Field.ANNUAL_GRADE_YEAR)
                        + "年年度考核"
                        + switch (row.text(Field.ANNUAL_GRADE_GRADE)) {
                          case "outstanding" -> "优秀";
                          case "competent" -> "称职";
                          case "basically-competent" -> "基本称职";
                          case "incompetent" -> "不称职";
                          default -> "不定等次";
                        })
            .collect(Collectors.joining("；"));
    return text.isEmpty() ? "" : text + "。";
  }

  private static List<AppointmentForm.FamilyMember> family(Dossier dossier) {
    return dossier.rowsOf(Register.FAMILY).stream()
        .map(
            row ->
                new AppointmentForm.FamilyMember(
                    row.text(Field.FAMILY_RELATION),
                    row.text(Field.FAMILY_NAME),
                    PartialDate.read(row.text(Field.FAMILY_BORN))
                        .map(FormComposing::digits)
                        .orElse(""),
                    row.text(Field.FAMILY_AFFILIATION),
                    row.text(Field.FAMILY_EMPLOYMENT)))
        .toList();
  }

  /** Full years from a birth to a day; empty where the birth is not known to the month. */
  static Optional<Integer> age(String born, LocalDate asOf) {
    return PartialDate.read(born)
        .filter(date -> date.precision() != 'Y')
        .map(date -> Period.between(date.first(), asOf).getYears());
  }
}
