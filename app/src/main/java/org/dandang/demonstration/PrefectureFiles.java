package org.dandang.demonstration;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The prefecture as the files an office would hand over, in the form of the standard mappings.
 * People write them, so here and there something does not fit together.
 */
final class PrefectureFiles {
  /** In the order in which they have to be taken in. */
  static final List<String> NAMES =
      List.of(
          "units",
          "officials",
          "postings",
          "ranks",
          "grades",
          "awards",
          "education",
          "affiliations",
          "family",
          "penalties",
          "pay");

  private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("yyyy.MM");
  private static final int PER_THOUSAND_UNTIDY = 12;
  private static final int PER_THOUSAND_SANCTIONED = 9;
  private static final List<String> SANCTIONED_FOR =
      List.of("项目资金监管不力", "履行安全监管职责不到位", "违规发放补贴", "公车使用违反规定", "工作失职造成材料遗失");

  /** Invented: the places of the classes above lie high as well. */
  private static final int HIGH_FROM = 3;

  private final Prefecture prefecture;
  private final Names names = new Names();

  PrefectureFiles(Prefecture prefecture) {
    this.prefecture = prefecture;
  }

  /** The bytes of one file; the same whenever it is asked for. */
  byte[] content(String name) {
    String header =
        switch (name) {
          case "units" -> "编码,名称,类别,层级,上级编码,艰苦边远类别,高海拔类别";
          case "officials" -> "编号,姓名,身份证号,性别,民族,籍贯,出生年月,参加工作时间,健康状况,状态,离开日期";
          case "postings" -> "编号,单位编码,职务,职务层次,任职类型,开始日期,结束日期";
          case "ranks" -> "编号,职级,起始日期";
          case "grades" -> "编号,年度,等次";
          case "education" -> "编号,教育类型,学历,学历代码,学位,毕业院校,专业,入学时间,毕业时间";
          case "affiliations" -> "编号,政治面貌,加入时间";
          case "family" -> "编号,称谓,家庭成员姓名,出生年月,政治面貌,工作单位及职务";
          case "penalties" -> "编号,处分种类,处分日期,处分批准机关,处分原因";
          case "pay" -> "编号,年度,级别,职级,年工资,级别起算日期";
          case "awards" -> "编号,奖励种类,文号,批准日期,结果";
          default -> throw new IllegalArgumentException(name);
        };
    Stream<String> rows =
        switch (name) {
          case "units" -> prefecture.units().stream().map(PrefectureFiles::unit);
          case "officials" -> prefecture.officials().stream().map(this::official);
          case "postings" -> prefecture.officials().stream().flatMap(this::postings);
          case "ranks" ->
              prefecture.officials().stream()
                  .flatMap(c -> c.ranks.stream().map(r -> row(c.key, r.rank(), r.since())));
          case "grades" ->
              prefecture.officials().stream()
                  .flatMap(c -> c.grades.stream().map(g -> row(c.key, g.year(), g.grade())));
          case "awards" ->
              prefecture.officials().stream()
                  .flatMap(
                      c ->
                          c.awards.stream()
                              .map(
                                  a ->
                                      row(
                                          c.key,
                                          a.kind(),
                                          a.reference(),
                                          a.on(),
                                          a.granted() ? "授予" : "不予批准")));
          case "education" ->
              serving()
                  .flatMap(
                      c ->
                          new Background(c, names)
                              .studies().stream()
                                  .map(
                                      study ->
                                          row(
                                              c.key,
                                              study.kind(),
                                              study.title(),
                                              study.level(),
                                              study.degree(),
                                              study.school(),
                                              study.major(),
                                              MONTH.format(study.from()),
                                              MONTH.format(study.to()))));
          case "affiliations" -> serving().map(c -> affiliation(c, new Background(c, names)));
          case "family" ->
              serving()
                  .filter(c -> c.level <= 142)
                  .flatMap(
                      c ->
                          new Background(c, names)
                              .family().stream()
                                  .map(
                                      relative ->
                                          row(
                                              c.key,
                                              relative.relation(),
                                              relative.name(),
                                              MONTH.format(relative.born()),
                                              relative.affiliation(),
                                              relative.employment())));
          case "penalties" -> serving().flatMap(this::sanction);
          case "pay" ->
              serving()
                  .flatMap(
                      c ->
                          Pay.of(c, prefecture.asOf()).stream()
                              .map(
                                  pay ->
                                      row(
                                          c.key,
                                          pay.year(),
                                          pay.level() + "级" + pay.step() + "档",
                                          pay.rank(),
                                          pay.amount(),
                                          pay.since())));
          default -> Stream.of();
        };
    return Stream.concat(Stream.of(header), rows)
        .collect(Collectors.joining("\n", "", "\n"))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Of those who left long ago the files hold less. */
  private Stream<Career> serving() {
    return prefecture.officials().stream().filter(Career::serving);
  }

  /** A few have been sanctioned once, all but the newest. */
  private Stream<String> sanction(Career career) {
    RandomGenerator random = new SplittableRandom(Long.parseLong(career.key) * 53);
    LocalDate first = career.beganWork.plusYears(3);
    long days = prefecture.asOf().toEpochDay() - first.toEpochDay();
    if (days < 200 || random.nextInt(1000) >= PER_THOUSAND_SANCTIONED) {
      return Stream.of();
    }
    LocalDate on = first.plusDays(random.nextLong(Math.min(days, 4_000)));
    boolean ofParty = random.nextBoolean();
    return Stream.of(
        row(
            career.key,
            ofParty ? "党内警告" : random.nextBoolean() ? "政务警告" : "政务记过",
            on,
            ofParty ? "澜源市纪律检查委员会" : "澜源市监察委员会",
            SANCTIONED_FOR.get(random.nextInt(SANCTIONED_FOR.size()))));
  }

  private static String affiliation(Career career, Background background) {
    Background.Joined joined = background.affiliation();
    return row(
        career.key,
        joined.affiliation(),
        joined.since() == null ? null : MONTH.format(joined.since()));
  }

  private static String unit(Unit unit) {
    return row(
        unit.code(),
        unit.name(),
        unit.kind(),
        unit.level(),
        unit.parent() == null ? null : unit.parent().code(),
        unit.hardshipClass(),
        unit.hardshipClass() == null ? null : Math.max(0, unit.hardshipClass() - HIGH_FROM));
  }

  private String official(Career career) {
    Background background = new Background(career, names);
    return row(
        career.key,
        career.name,
        background.identityNumber(),
        career.woman ? "女" : "男",
        career.ethnicGroup,
        background.nativePlace(),
        MONTH.format(career.born),
        MONTH.format(career.beganWork),
        "健康",
        career.serving() ? "在职" : "离职",
        career.left);
  }

  /**
   * A posting that is still going on has no end, even where it is known how long it is meant to be.
   */
  private Stream<String> postings(Career career) {
    return untidy(career).stream()
        .map(
            p ->
                row(
                    career.key,
                    p.unit().code(),
                    p.post(),
                    word(p.level()),
                    p.kind(),
                    p.from(),
                    p.to() == null || p.to().isAfter(prefecture.asOf())
                        ? null
                        : p.to().minusDays(1)));
  }

  /** The postings as somebody wrote them down: most in order, a few not. */
  private static List<Career.Posting> untidy(Career career) {
    List<Career.Posting> postings = new ArrayList<>(career.postings);
    RandomGenerator random = new SplittableRandom(Long.parseLong(career.key) * 31);
    if (random.nextInt(1000) >= PER_THOUSAND_UNTIDY) {
      return postings;
    }
    int at = random.nextInt(postings.size());
    Career.Posting posting = postings.get(at);
    LocalDate from = posting.from();
    LocalDate to = posting.to();
    if (from == null) {
      return postings;
    }
    switch (random.nextInt(5)) {
      case 0 -> postings.set(at, posting.from(null));
      case 1 -> {
        if (to != null) {
          postings.set(at, posting.to(from.minusDays(20 + random.nextInt(300))));
        }
      }
      case 2, 3 -> {
        if (to != null && career.left != null && to.isBefore(career.left)) {
          postings.set(at, posting.to(to.plusDays(40 + random.nextInt(200))));
        } else if (at > 0) {
          postings.set(at, posting.from(from.minusDays(30 + random.nextInt(150))));
        }
      }
      default -> {
        LocalDate later = from.plusDays(60 + random.nextInt(240));
        if (at > 0 && (to == null || later.isBefore(to))) {
          postings.set(at, posting.from(later));
        }
      }
    }
    return postings;
  }

  private static String word(int level) {
    return switch (level) {
      case 121 -> "厅局级正职";
      case 122 -> "厅局级副职";
      case 131 -> "县处级正职";
      case 132 -> "县处级副职";
      case 141 -> "乡科级正职";
      case 142 -> "乡科级副职";
      case 150 -> "科员";
      default -> "办事员";
    };
  }

  private static String row(@Nullable Object... values) {
    StringBuilder row = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        row.append(',');
      }
      if (values[i] != null) {
        row.append(values[i]);
      }
    }
    return row.toString();
  }
}
