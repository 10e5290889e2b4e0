package org.dandang.official.register;

import static org.dandang.official.register.Field.Part.KEY;
import static org.dandang.official.register.Field.Part.VALUE;

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
public enum Field {
  UNIT_CODE(Register.UNIT, "code", Type.TEXT, KEY, true),
  UNIT_NAME(Register.UNIT, "name", Type.TEXT, VALUE, true),
  UNIT_KIND(Register.UNIT, "kind", Type.CHOICE, VALUE, true),
  UNIT_LEVEL(Register.UNIT, "level", Type.CHOICE, VALUE, true),
  UNIT_PARENT(Register.UNIT, "parent", Type.TEXT, VALUE, false),
  UNIT_HARDSHIP_CLASS(Register.UNIT, "hardship-class", Type.CODE, VALUE, false),
  UNIT_ALTITUDE_ZONE(Register.UNIT, "altitude-zone", Type.CODE, VALUE, false),

  IDENTITY_NAME(Register.IDENTITY, "name", Type.NAME, VALUE, false),
  IDENTITY_NUMBER(Register.IDENTITY, "number", Type.NUMBER, VALUE, false),
  IDENTITY_SEX(Register.IDENTITY, "sex", Type.CODE, VALUE, false),
  IDENTITY_ETHNIC_GROUP(Register.IDENTITY, "ethnic-group", Type.TEXT, VALUE, false),
  IDENTITY_NATIVE_PLACE(Register.IDENTITY, "native-place", Type.TEXT, VALUE, false),
  IDENTITY_BIRTHPLACE(Register.IDENTITY, "birthplace", Type.TEXT, VALUE, false),
  IDENTITY_BORN(Register.IDENTITY, "born", Type.DATE, VALUE, false),
  IDENTITY_BEGAN_WORK(Register.IDENTITY, "began-work", Type.DATE, VALUE, false),
  IDENTITY_HEALTH(Register.IDENTITY, "health", Type.TEXT, VALUE, false),
  IDENTITY_TECHNICAL_POST(Register.IDENTITY, "technical-post", Type.TEXT, VALUE, false),
  IDENTITY_SPECIALITY(Register.IDENTITY, "speciality", Type.TEXT, VALUE, false),
  IDENTITY_STATUS(Register.IDENTITY, "status", Type.CHOICE, VALUE, false),
  IDENTITY_LEFT_ON(Register.IDENTITY, "left-on", Type.DATE, VALUE, false),

  POSTING_UNIT(Register.POSTING, "unit", Type.TEXT, KEY, true),
  POSTING_UNIT_NAME(Register.POSTING, "unit-name", Type.TEXT, KEY, true),
  /** The unit's number in the register; no file has it. */
  POSTING_UNIT_ID(Register.POSTING, "unit-id", Type.ID, KEY, false),
  /** The unit as it is written, where the register has none of that name. */
  POSTING_UNIT_TEXT(Register.POSTING, "unit-text", Type.TEXT, KEY, false),
  POSTING_POST(Register.POSTING, "post", Type.TEXT, KEY, false),
  POSTING_KIND(Register.POSTING, "kind", Type.CHOICE, KEY, false),
  POSTING_STARTS_ON(Register.POSTING, "starts-on", Type.DATE, KEY, false),
  POSTING_POST_LEVEL(Register.POSTING, "post-level", Type.CHOICE, VALUE, false),
  POSTING_ENDS_ON(Register.POSTING, "ends-on", Type.DATE, VALUE, false),

  RANK_RANK(Register.RANK, "rank", Type.TEXT, KEY, true),
  RANK_SINCE(Register.RANK, "since", Type.DATE, KEY, false),

  EDUCATION_KIND(Register.EDUCATION, "kind", Type.CHOICE, KEY, true),
  EDUCATION_TITLE(Register.EDUCATION, "title", Type.TEXT, KEY, false),
  EDUCATION_SCHOOL(Register.EDUCATION, "school", Type.TEXT, KEY, false),
  EDUCATION_MAJOR(Register.EDUCATION, "major", Type.TEXT, VALUE, false),
  EDUCATION_LEVEL(Register.EDUCATION, "level", Type.CHOICE, VALUE, false),
  EDUCATION_DEGREE(Register.EDUCATION, "degree", Type.CHOICE, VALUE, false),
  EDUCATION_DEGREE_TITLE(Register.EDUCATION, "degree-title", Type.TEXT, VALUE, false),
  EDUCATION_STARTS_ON(Register.EDUCATION, "starts-on", Type.DATE, VALUE, false),
  EDUCATION_ENDS_ON(Register.EDUCATION, "ends-on", Type.DATE, VALUE, false),

  AFFILIATION_AFFILIATION(Register.AFFILIATION, "affiliation", Type.CHOICE, KEY, true),
  AFFILIATION_SINCE(Register.AFFILIATION, "since", Type.DATE, VALUE, false),

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
  AWARD_AUTHORITY(Register.AWARD, "authority", Type.TEXT, VALUE, false),

  PENALTY_KIND(Register.PENALTY, "kind", Type.TEXT, KEY, true),
  PENALTY_DECIDED_ON(Register.PENALTY, "decided-on", Type.DATE, KEY, false),
  PENALTY_AUTHORITY(Register.PENALTY, "authority", Type.TEXT, VALUE, false),
  PENALTY_REASON(Register.PENALTY, "reason", Type.TEXT, VALUE, false),

  ANNUAL_GRADE_YEAR(Register.ANNUAL_GRADE, "year", Type.YEAR, KEY, true),
  ANNUAL_GRADE_GRADE(Register.ANNUAL_GRADE, "grade", Type.CHOICE, VALUE, true),

  FAMILY_RELATION(Register.FAMILY, "relation", Type.TEXT, KEY, true),
  FAMILY_NAME(Register.FAMILY, "name", Type.TEXT, KEY, true),
  FAMILY_BORN(Register.FAMILY, "born", Type.DATE, VALUE, false),
  FAMILY_AFFILIATION(Register.FAMILY, "affiliation", Type.TEXT, VALUE, false),
  FAMILY_EMPLOYMENT(Register.FAMILY, "employment", Type.TEXT, VALUE, false);

  /** How a value is written in the file, checked and stored. */
  public enum Type {
    TEXT("text"),
    /** A person's name; its pinyin is computed beside it. */
    NAME("text"),
    DATE("date"),
    YEAR("smallint"),
    /** Two decimals, staged as hundredths. */
    AMOUNT("bigint"),
    /** A citizen identity number (GB 11643): sealed, with an index by which it is found. */
    NUMBER("bytea"),
    /** The number of a row of another register. */
    ID("bigint"),
    /** One of a closed list of words. */
    CHOICE("text"),
    /** One of a closed list of numbers. */
    CODE("smallint");

    private final String sql;

    Type(String sql) {
      this.sql = sql;
    }

    public String sql() {
      return sql;
    }
  }

  public enum Part {
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

  public Register register() {
    return register;
  }

  /** As mappings write it. */
  public String word() {
    return word;
  }

  public Type type() {
    return type;
  }

  public Part part() {
    return part;
  }

  /** Without it there is nothing to store. */
  public boolean essential() {
    return essential;
  }

  /** As messages name it: {@code posting.starts-on}. */
  public String path() {
    return register.word() + "." + word;
  }

  /** Its column in the staging table. */
  public String staged() {
    return register.prefix() + "_" + word.replace('-', '_');
  }

  /** Beside a date in the register: how much of it is known. */
  public String precisionColumn() {
    return column() + "_precision";
  }

  /** Its column in the register. */
  public String column() {
    return word.replace('-', '_');
  }

  /** Whether only the listed words can be stored. */
  public boolean closed() {
    return type == Type.CHOICE || type == Type.CODE;
  }

  public static Optional<Field> of(Register register, String word) {
    return Arrays.stream(values())
        .filter(field -> field.register == register && field.word.equals(word))
        .findFirst();
  }

  /** What every mapping understands for a closed field: the stored word itself and office usage. */
  public Map<String, String> words() {
    return WORDS.getOrDefault(this, Map.of());
  }

  /** What a closed field can store. */
  public Set<String> allowed() {
    return new TreeSet<>(words().values());
  }

  /** What stands where the mapping feeds nothing; null for nothing. */
  public @Nullable String unfed() {
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
              "province=省,自治区,直辖市,特别行政区,省级",
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
          words(EDUCATION_KIND, "full-time=全日制,全日制教育", "in-service=在职,在职教育,非全日制"),
          words(
              EDUCATION_LEVEL,
              "10=研究生教育",
              "11=博士研究生毕业,博士研究生,博士",
              "12=博士研究生结业",
              "13=博士研究生肄业",
              "14=硕士研究生毕业,硕士研究生,硕士,研究生,中央党校研究生,省委党校研究生,在职研究生",
              "15=硕士研究生结业",
              "16=硕士研究生肄业",
              "20=本科教育",
              "21=大学本科毕业,大学本科,大学,本科,中央党校大学,省委党校大学",
              "22=大学本科结业",
              "23=大学本科肄业",
              "28=大学普通班毕业,大学普通班,大普",
              "30=专科教育",
              "31=大学专科毕业,大学专科,大专,专科,省委党校大专",
              "32=大学专科结业",
              "33=大学专科肄业",
              "40=中等职业教育",
              "41=中等专科毕业,中等专科,中专",
              "44=职业高中毕业,职业高中,职高",
              "47=技工学校毕业,技工学校,技校",
              "60=普通高级中学教育,高中",
              "61=普通高中毕业",
              "70=初级中学教育,初中",
              "71=初中毕业",
              "80=小学教育,小学",
              "90=其他"),
          words(EDUCATION_DEGREE, "1=名誉博士,名誉博士学位", "2=博士,博士学位", "3=硕士,硕士学位", "4=学士,学士学位"),
          words(
              AFFILIATION_AFFILIATION,
              "01=中国共产党党员,中共党员,党员",
              "02=中国共产党预备党员,中共预备党员,预备党员",
              "03=中国共产主义青年团团员,共青团员,团员",
              "04=中国国民党革命委员会会员,民革会员,民革党员,民革",
              "05=中国民主同盟盟员,民盟盟员,民盟",
              "06=中国民主建国会会员,民建会员,民建",
              "07=中国民主促进会会员,民进会员,民进",
              "08=中国农工民主党党员,农工党党员,农工党",
              "09=中国致公党党员,致公党党员,致公党",
              "10=九三学社社员,九三学社",
              "11=台湾民主自治同盟盟员,台盟盟员,台盟",
              "12=无党派民主人士,无党派人士,无党派",
              "13=群众,普通公民"),
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
