package org.dandang.demonstration;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What an invented official's file says beside the career: where from, which schools, which party,
 * whose family. It follows from the career and its key alone, so that the careers stay what they
 * were.
 */
final class Background {
  private static final List<String> SCHOOLS =
      List.of("澜江大学", "云屏师范大学", "南岭理工大学", "石门农业大学", "青川财经大学", "沧浪政法大学", "乌蒙医科大学");

  private static final List<String> COLLEGES =
      List.of("澜源师范专科学校", "澜源农业学校", "澜源财贸职业学院", "滨江工程职业学院");

  private static final List<String> MAJORS =
      List.of(
          "行政管理",
          "法学",
          "汉语言文学",
          "会计学",
          "农学",
          "土木工程",
          "水利水电工程",
          "计算机科学与技术",
          "经济学",
          "思想政治教育",
          "林学",
          "公共事业管理",
          "环境工程",
          "统计学");

  /** GB/T 4762: the democratic parties by the shortest name a form uses. */
  private static final List<String> DEMOCRATIC =
      List.of("民革", "民盟", "民建", "民进", "农工党", "致公党", "九三学社");

  private static final List<String> WORK =
      List.of("中学教师", "医院护士", "农村信用社职员", "个体经营", "务农", "退休", "供电所职工", "乡镇卫生院医生");

  private final Career career;
  private final RandomGenerator random;
  private final Names names;

  /** Age at which work began, which says what was studied before. */
  private final int beganAt;

  Background(Career career, Names names) {
    this.career = career;
    this.names = names;
    this.random = new SplittableRandom(Long.parseLong(career.key) * 7_919);
    this.beganAt = career.beganWork.getYear() - career.born.getYear();
  }

  /**
   * A study.
   *
   * @param level GB/T 4658
   * @param degree its name and kind; null for none
   */
  record Study(
      String kind,
      String title,
      String level,
      @Nullable String degree,
      String school,
      String major,
      LocalDate from,
      LocalDate to) {}

  /** A relation, as a form writes it. */
  record Relative(
      String relation, String name, LocalDate born, String affiliation, String employment) {}

  record Joined(String affiliation, @Nullable LocalDate since) {}

  String nativePlace() {
    return career.unit.county() < 0 ? "贵州澜源" : "澜源" + countyOf(career.unit);
  }

  private static String countyOf(Unit unit) {
    Unit at = unit;
    while (at.parent() != null && at.parent().parent() != null) {
      at = at.parent();
    }
    return at.name();
  }

  /**
   * A number whose check digit holds (GB 11643-1999) in a region code that was never given out: 99.
   */
  String identityNumber() {
    // The last digits of the key are the order among all invented people; the odd ones are men's.
    int order = Integer.parseInt(career.key.substring(4));
    String region = "99%04d".formatted(order / 499 % 10_000);
    int sequence = order % 499 * 2 + (career.woman ? 2 : 1);
    LocalDate born = career.born;
    String seventeen =
        region
            + "%04d%02d%02d".formatted(born.getYear(), born.getMonthValue(), born.getDayOfMonth())
            + "%03d".formatted(sequence);
    int sum = 0;
    for (int i = 0; i < 17; i++) {
      sum += (1 << (17 - i)) % 11 * (seventeen.charAt(i) - '0');
    }
    return seventeen + "10X98765432".charAt(sum % 11);
  }

  List<Study> studies() {
    List<Study> studies = new ArrayList<>();
    LocalDate graduated = LocalDate.of(career.beganWork.getYear(), 7, 1);
    String major = MAJORS.get(random.nextInt(MAJORS.size()));
    String school = SCHOOLS.get(random.nextInt(SCHOOLS.size()));
    String college = COLLEGES.get(random.nextInt(COLLEGES.size()));
    if (beganAt >= 24) {
      studies.add(full("硕士研究生", "14", "硕士", school, major, graduated, 3));
    } else if (beganAt >= 22) {
      studies.add(full("大学", "21", "学士", school, major, graduated, 4));
    } else if (beganAt >= 20) {
      studies.add(full("大专", "31", null, college, major, graduated, 3));
    } else {
      studies.add(full("中专", "41", null, college, major, graduated, 3));
    }
    boolean leads = career.level <= 142;
    if (beganAt < 22 && random.nextInt(100) < (leads ? 85 : 45)) {
      boolean graduate = leads && career.merit > 60;
      LocalDate from = LocalDate.of(career.beganWork.getYear() + 5 + random.nextInt(6), 9, 1);
      LocalDate to = LocalDate.of(from.getYear() + 3, 7, 1);
      if (career.left == null || to.isBefore(career.left)) {
        studies.add(
            new Study(
                "在职",
                graduate ? "省委党校研究生" : "中央党校大学",
                graduate ? "14" : "21",
                null,
                graduate ? "省委党校" : "中央党校函授学院",
                graduate ? "公共管理" : "经济管理",
                from,
                to));
      }
    }
    return studies;
  }

  private static Study full(
      String title,
      String level,
      @Nullable String degree,
      String school,
      String major,
      LocalDate graduated,
      int years) {
    return new Study(
        "全日制",
        title,
        level,
        degree,
        school,
        major,
        LocalDate.of(graduated.getYear() - years, 9, 1),
        graduated);
  }

  Joined affiliation() {
    int chance = random.nextInt(1000);
    boolean leads = career.level <= 142;
    if (chance < (leads ? 40 : 30)) {
      return new Joined(DEMOCRATIC.get(random.nextInt(DEMOCRATIC.size())), null);
    }
    if (chance < (leads ? 55 : 240)) {
      return new Joined("群众", null);
    }
    if (career.born.getYear() > 1999 && chance < 500) {
      return new Joined("共青团员", null);
    }
    return new Joined(
        "中共党员",
        LocalDate.of(career.born.getYear() + 20 + random.nextInt(12), 1 + random.nextInt(12), 1));
  }

  /** Nearest relatives; none of the names is anybody's. */
  List<Relative> family() {
    List<Relative> family = new ArrayList<>();
    int born = career.born.getYear();
    if (born < 1998) {
      family.add(
          relative(
              career.woman ? "丈夫" : "妻子", !career.woman, born - 2 + random.nextInt(5), null, null));
      boolean girl = random.nextBoolean();
      family.add(
          relative(girl ? "女儿" : "儿子", girl, born + 25 + random.nextInt(6), career.name, "学生"));
    }
    family.add(relative("父亲", false, born - 24 - random.nextInt(6), career.name, "退休"));
    family.add(relative("母亲", true, born - 22 - random.nextInt(6), null, "退休"));
    return family;
  }

  private Relative relative(
      String relation,
      boolean woman,
      int born,
      @Nullable String surnameOf,
      @Nullable String employment) {
    String name = names.of(woman, born, random);
    if (surnameOf != null) {
      name = surnameOf.charAt(0) + name.substring(name.length() - 1);
    }
    return new Relative(
        relation,
        name,
        LocalDate.of(born, 1 + random.nextInt(12), 1),
        random.nextInt(100) < 35 && born < 2002 ? "中共党员" : "群众",
        employment == null ? "澜源市" + WORK.get(random.nextInt(WORK.size())) : employment);
  }
}
