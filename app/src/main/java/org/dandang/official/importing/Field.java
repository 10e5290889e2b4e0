package org.dandang.official.importing;

import static org.dandang.official.importing.Field.Part.KEY;
import static org.dandang.official.importing.Field.Part.VALUE;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a column can feed. The part it plays decides what a correction is: another value under the
 * same key supersedes, another key is another entry.
 */
enum Field {
  UNIT_CODE(Register.UNIT, "code", Type.TEXT, KEY, true),
  UNIT_NAME(Register.UNIT, "name", Type.TEXT, VALUE, true),
  UNIT_KIND(Register.UNIT, "kind", Type.CHOICE, VALUE, true),
  UNIT_LEVEL(Register.UNIT, "level", Type.CHOICE, VALUE, true),
  UNIT_PARENT(Register.UNIT, "parent", Type.TEXT, VALUE, false),
  UNIT_HARDSHIP_CLASS(Register.UNIT, "hardship-class", Type.CODE, VALUE, false),
  UNIT_ALTITUDE_ZONE(Register.UNIT, "altitude-zone", Type.CODE, VALUE, false),

  IDENTITY_NAME(Register.IDENTITY, "name", Type.NAME, VALUE, false),
  IDENTITY_SEX(Register.IDENTITY, "sex", Type.CODE, VALUE, false),
  IDENTITY_ETHNIC_GROUP(Register.IDENTITY, "ethnic-group", Type.TEXT, VALUE, false),
  IDENTITY_BORN(Register.IDENTITY, "born", Type.DATE, VALUE, false),
  IDENTITY_BEGAN_WORK(Register.IDENTITY, "began-work", Type.DATE, VALUE, false),
  IDENTITY_STATUS(Register.IDENTITY, "status", Type.CHOICE, VALUE, false),
  IDENTITY_LEFT_ON(Register.IDENTITY, "left-on", Type.DATE, VALUE, false),

  POSTING_UNIT(Register.POSTING, "unit", Type.TEXT, KEY, true),
  POSTING_UNIT_NAME(Register.POSTING, "unit-name", Type.TEXT, KEY, true),
  POSTING_POST(Register.POSTING, "post", Type.TEXT, KEY, false),
  POSTING_KIND(Register.POSTING, "kind", Type.CHOICE, KEY, false),
  POSTING_STARTS_ON(Register.POSTING, "starts-on", Type.DATE, KEY, false),
  POSTING_POST_LEVEL(Register.POSTING, "post-level", Type.CHOICE, VALUE, false),
  POSTING_ENDS_ON(Register.POSTING, "ends-on", Type.DATE, VALUE, false),

  RANK_RANK(Register.RANK, "rank", Type.TEXT, KEY, true),
  RANK_SINCE(Register.RANK, "since", Type.DATE, KEY, false),

  PAY_YEAR(Register.PAY, "year", Type.YEAR, KEY, true),
  PAY_GRADE(Register.PAY, "grade", Type.TEXT, KEY, false),
  PAY_RANK(Register.PAY, "rank", Type.TEXT, KEY, false),
  PAY_STEP_SINCE(Register.PAY, "step-since", Type.DATE, KEY, false),
  PAY_AMOUNT(Register.PAY, "amount", Type.AMOUNT, VALUE, true),
  PAY_APPOINTMENT(Register.PAY, "appointment", Type.TEXT, VALUE, false),

  AWARD_KIND(Register.AWARD, "kind", Type.TEXT, KEY, true),
  AWARD_REFERENCE(Register.AWARD, "reference", Type.TEXT, KEY, false),
  AWARD_GRANTED_ON(Register.AWARD, "granted-on", Type.DATE, KEY, false),
  AWARD_OUTCOME(Register.AWARD, "outcome", Type.CHOICE, VALUE, true),

  ANNUAL_GRADE_YEAR(Register.ANNUAL_GRADE, "year", Type.YEAR, KEY, true),
  ANNUAL_GRADE_GRADE(Register.ANNUAL_GRADE, "grade", Type.CHOICE, VALUE, true);

  /** How a value is written in the file, checked and stored. */
  enum Type {
    TEXT("text"),
    /** A person's name; its pinyin is computed beside it. */
    NAME("text"),
    DATE("date"),
    YEAR("smallint"),
    /** Two decimals, staged as hundredths. */
    AMOUNT("bigint"),
    /** One of a closed list of words. */
    CHOICE("text"),
    /** One of a closed list of numbers. */
    CODE("smallint");

    private final String sql;

    Type(String sql) {
      this.sql = sql;
    }

    String sql() {
      return sql;
    }
  }

  enum Part {
    KEY,
    VALUE
  }

  private final Register register;
  private final String word;
  private final Type type;
  private final Part part;
  private final boolean essential;

  Field(Register register, String word, Type type, Part part, boolean essential) {
    this.register = register;
    this.word = word;
    this.type = type;
    this.part = part;
    this.essential = essential;
  }

  Register register() {
    return register;
  }

  /** As mappings write it. */
  String word() {
    return word;
  }

  Type type() {
    return type;
  }

  Part part() {
    return part;
  }

  /** Without it there is nothing to store. */
  boolean essential() {
    return essential;
  }

  /** As messages name it: {@code posting.starts-on}. */
  String path() {
    return register.word() + "." + word;
  }

  /** Its column in the staging table. */
  String staged() {
    return register.prefix() + "_" + word.replace('-', '_');
  }

  /** Its column in the register. */
  String column() {
    return word.replace('-', '_');
  }

  /** Whether only the listed words can be stored. */
  boolean closed() {
    return type == Type.CHOICE || type == Type.CODE;
  }

  static Optional<Field> of(Register register, String word) {
    return Arrays.stream(values())
        .filter(field -> field.register == register && field.word.equals(word))
        .findFirst();
  }

  /** What every mapping understands for a closed field: the stored word itself and office usage. */
  Map<String, String> words() {
    return WORDS.getOrDefault(this, Map.of());
  }

  /** What a closed field can store. */
  Set<String> allowed() {
    return new TreeSet<>(words().values());
  }

  /** What stands where the mapping feeds nothing; null for nothing. */
  @Nullable String unfed() {
    return switch (this) {
      case IDENTITY_SEX -> "0";
      case IDENTITY_STATUS -> "'serving'";
      case POSTING_KIND -> "'regular'";
      default -> null;
    };
  }

  private static final Map<Field, Map<String, String>> WORDS =
      Map.ofEntries(
          words(
              UNIT_KIND,
              "province=省,自治区,直辖市,特别行政区",
              "prefecture=市,州,地级市,自治州,地区,盟",
              "county=县,区,县级市,自治县,县区,旗",
              "township=乡,镇,乡镇,街道,民族乡",
              "department=部门,机关,单位",
              "enterprise=企业,国有企业",
              "school=学校,院校",
              "police=公安,公安局",
              "other=其他,其它"),
          words(
              UNIT_LEVEL,
              "province=省级",
              "city=市级,市",
              "county=县级,县",
              "township=乡级,乡镇级,乡镇",
              "city-department=市直部门,市直",
              "county-department=县直部门,县直",
              "none=无,不分级"),
          words(
              UNIT_HARDSHIP_CLASS,
              "0=无,否",
              "1=一类,一",
              "2=二类,二",
              "3=三类,三",
              "4=四类,四",
              "5=五类,五",
              "6=六类,六"),
          words(
              UNIT_ALTITUDE_ZONE,
              "0=无,否",
              "1=一类,一",
              "2=二类,二",
              "3=三类,三",
              "4=四类,四",
              "5=五类,五",
              "6=六类,六"),
          words(
              IDENTITY_SEX,
              "0=未知,未知的性别,unknown",
              "1=男,男性,male,m",
              "2=女,女性,female,f",
              "9=未说明,未说明的性别,not stated"),
          words(IDENTITY_STATUS, "serving=在职,在岗,在编", "left=离职,离任,退休,调出,辞职,辞退,开除,去世,已离开"),
          words(
              POSTING_KIND,
              "regular=正式,任职,常规,现任",
              "concurrent=兼任,兼职",
              "attachment=挂职,挂职锻炼",
              "first-secretary=第一书记,驻村第一书记",
              "study-attachment=跟班学习,跟班",
              "task-force=专班,工作专班,专项工作组"),
          words(
              POSTING_POST_LEVEL,
              "101=国家级正职,正国级",
              "102=国家级副职,副国级",
              "111=省部级正职,正省级,正部级",
              "112=省部级副职,副省级,副部级",
              "121=厅局级正职,正厅级,正厅局级",
              "122=厅局级副职,副厅级,副厅局级",
              "131=县处级正职,正处级,正县级,正县处级",
              "132=县处级副职,副处级,副县级,副县处级",
              "141=乡科级正职,正科级,正乡科级",
              "142=乡科级副职,副科级,副乡科级",
              "150=科员,科员级",
              "160=办事员,办事员级",
              "199=未定职,未定职公务员,无"),
          words(AWARD_OUTCOME, "granted=授予,已授予,批准,同意,通过", "denied=未授予,未批准,不予批准,不同意,未通过"),
          words(
              ANNUAL_GRADE_GRADE,
              "outstanding=优秀",
              "competent=称职,合格",
              "basically-competent=基本称职,基本合格",
              "incompetent=不称职,不合格",
              "not-graded=不定等次,未定等次,不确定等次,只写评语不确定等次,参加考核不确定等次"));

  private static Map.Entry<Field, Map<String, String>> words(Field field, String... lines) {
    Map<String, String> all = new LinkedHashMap<>();
    for (String line : lines) {
      int is = line.indexOf('=');
      String stored = line.substring(0, is);
      all.put(stored, stored);
      for (String word : line.substring(is + 1).split(",", -1)) {
        all.put(word, stored);
      }
    }
    return Map.entry(field, Map.copyOf(all));
  }
}
