package org.dandang.demonstration;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An invented prefecture and the last twenty years of its officials, lived through year by year:
 * some leave, posts fall vacant and are filled from the level below, some are moved, sent to a
 * village or to a task force, young people come in, everybody is graded.
 *
 * <p>The same size, day and seed give the same prefecture, whatever the machine.
 */
final class Prefecture {
  private static final int YEARS = 20;
  private static final int NO_YEAR = 0;
  private static final List<String> VILLAGES =
      List.of("大坪", "石板", "青山", "河口", "新田", "龙井", "白岩", "松林", "梨园", "坝子", "高坎", "小寨", "云台", "水井");
  private static final List<String> TASK_FORCES =
      List.of("脱贫攻坚工作专班", "重点项目建设专班", "疫情防控工作专班", "防汛抗旱应急专班", "乡村振兴工作专班", "信访积案化解专班", "易地搬迁安置专班");
  private static final List<String> MINORITIES =
      List.of("彝族", "苗族", "回族", "布依族", "白族", "壮族", "水族", "土家族");

  private final Size size;
  private final LocalDate asOf;
  private final RandomGenerator random;
  private final Names names = new Names();
  private final List<Unit> units;
  private final List<Career> all = new ArrayList<>();

  /** Holder of each leading post. */
  private final Map<Unit, @Nullable Career[]> holders = new HashMap<>();

  /** Promotions of the year, and those of them with front-line service before, by pool. */
  private final Map<String, int[]> promotions = new HashMap<>();

  private final Map<String, Double> aims = new HashMap<>();
  private Map<String, Map<Integer, List<Career>>> pools = new HashMap<>();

  private Prefecture(Size size, LocalDate asOf, long seed) {
    this.size = size;
    this.asOf = asOf;
    this.random = new SplittableRandom(seed);
    this.units = Place.invented(size, random);
  }

  static Prefecture invented(Size size, LocalDate asOf, long seed) {
    Prefecture prefecture = new Prefecture(size, asOf, seed);
    prefecture.begin();
    for (int year = asOf.getYear() - YEARS; year <= asOf.getYear(); year++) {
      prefecture.live(year);
    }
    return prefecture;
  }

  LocalDate asOf() {
    return asOf;
  }

  List<Unit> units() {
    return units;
  }

  List<Career> officials() {
    return Collections.unmodifiableList(all);
  }

  // ---- how it began ---------------------------------------------------------------------------

  private void begin() {
    int year = asOf.getYear() - YEARS;
    for (Unit unit : units) {
      holders.put(unit, new Career[unit.leading().size()]);
      for (int slot = 0; slot < unit.leading().size(); slot++) {
        Unit.Post post = unit.leading().get(slot);
        Career career = someoneFrom(unit, year, ageOf(post.level()));
        LocalDate since = LocalDate.of(year, 1, 1).minusDays(200 + random.nextInt(2000));
        earlierYears(career, unit, below(post.level()), since);
        take(career, unit, slot, since);
      }
      int staff = staffIn(unit, year);
      for (int i = 0; i < staff; i++) {
        Career career = someoneFrom(unit, year, 22 + random.nextInt(36));
        LocalDate since = LocalDate.of(year, 1, 1).minusDays(100 + random.nextInt(4000));
        LocalDate from = since.isBefore(career.beganWork) ? career.beganWork : since;
        if (from.isAfter(career.beganWork)) {
          earlierYears(career, unit, 150, from);
        }
        career.post(unit, titleOf(career, unit), staffLevel(career, year), -1, from);
      }
    }
    for (Career career : all) {
      career.movedIn = NO_YEAR;
    }
  }

  private int ageOf(int level) {
    return switch (level) {
      case 121, 122 -> 48 + random.nextInt(9);
      case 131 -> 44 + random.nextInt(12);
      case 132 -> 40 + random.nextInt(15);
      case 141 -> 34 + random.nextInt(20);
      default -> 29 + random.nextInt(24);
    };
  }

  /** One posting before the present one, for most; many began in a township. */
  private void earlierYears(Career career, Unit unit, int level, LocalDate until) {
    if (!career.beganWork.isBefore(until.minusDays(700))) {
      if (level == 150 && career.beganWork.isBefore(until)) {
        return;
      }
      career.beganWork = until.minusYears(4).withDayOfMonth(1);
    }
    Unit first = random.nextInt(100) < 48 ? anyTownship(unit.county()) : unit;
    career.post(first, titleAt(first, level), level, -1, career.beganWork);
  }

  private Unit anyTownship(int county) {
    List<Unit> townships =
        units.stream().filter(u -> u.isTownship() && (county < 0 || u.county() == county)).toList();
    return townships.get(random.nextInt(townships.size()));
  }

  private Career someoneFrom(Unit unit, int year, int age) {
    boolean woman = random.nextInt(100) < (unit.kind().equals("学校") ? 55 : age > 40 ? 25 : 40);
    LocalDate born = LocalDate.of(year - age, 1 + random.nextInt(12), 1 + random.nextInt(28));
    int startAge = 18 + random.nextInt(7);
    LocalDate began =
        LocalDate.of(Math.min(born.getYear() + startAge, year - 1), 7 + random.nextInt(3), 1);
    return someone(unit, woman, born, began);
  }

  private Career someone(Unit unit, boolean woman, LocalDate born, LocalDate began) {
    boolean minorityCounty = unit.county() == 10;
    String group =
        random.nextInt(1000) < (minorityCounty ? 520 : 90)
            ? minorityCounty && random.nextInt(10) < 8
                ? "苗族"
                : MINORITIES.get(Math.min(random.nextInt(8), random.nextInt(8)))
            : "汉族";
    Career career =
        new Career(
            "9901%06d".formatted(all.size() + 1),
            names.of(woman, born.getYear(), random),
            woman,
            group,
            born,
            began,
            random.nextInt(101),
            unit);
    all.add(career);
    return career;
  }

  private int staffIn(Unit unit, int year) {
    int grown = Math.clamp(YEARS - (asOf.getYear() - year), 0, YEARS);
    return (int) Math.round(unit.staff() * (0.78 + 0.22 * grown / YEARS));
  }

  // ---- a year ---------------------------------------------------------------------------------

  private void live(int year) {
    leave(year);
    promotions.clear();
    gatherPools();
    fillVacancies(year);
    exchange(year);
    moveStaff(year);
    enter(year);
    send(year);
    ranks(year);
    if (year < asOf.getYear()) {
      grade(year);
    }
  }

  /** A day of the year between two days of it; null when that is still to come. */
  private @Nullable LocalDate day(int year, int from, int to) {
    LocalDate day = LocalDate.ofYearDay(year, from + random.nextInt(to - from));
    return day.isAfter(asOf) ? null : day;
  }

  private void leave(int year) {
    for (Career career : all) {
      if (!career.serving()) {
        continue;
      }
      int age = career.ageIn(year);
      int perThousand =
          age >= 60
              ? 1000
              : age >= 55 && career.woman && career.level >= 142
                  ? 600
                  : age >= 57 ? 70 : age >= 48 && career.slot >= 0 ? 45 : age >= 50 ? 14 : 5;
      if (random.nextInt(1000) < perThousand) {
        LocalDate day = day(year, 1, 170);
        if (day != null && day.isAfter(career.postedOn)) {
          vacate(career);
          career.leave(day);
        }
      }
    }
  }

  private void gatherPools() {
    pools = new HashMap<>();
    for (Career career : all) {
      if (career.serving()) {
        pools
            .computeIfAbsent(career.unit.pool(), p -> new TreeMap<>())
            .computeIfAbsent(career.level, l -> new ArrayList<>())
            .add(career);
      }
    }
  }

  private void fillVacancies(int year) {
    for (int level : List.of(121, 122, 131, 132, 141, 142)) {
      for (Unit unit : units) {
        Career[] held = holdersOf(unit);
        for (int slot = 0; slot < held.length; slot++) {
          if (held[slot] == null && unit.leading().get(slot).level() == level) {
            LocalDate day = day(year, 172, 290);
            Career chosen = day == null ? null : candidate(unit, level, day);
            if (chosen != null && day != null) {
              vacate(chosen);
              take(chosen, unit, slot, day);
              concurrent(chosen, day);
            }
          }
        }
      }
    }
  }

  /**
   * Who rises into a vacant post. Each year's share of people with front-line service follows an
   * aim that most years lies above the quota of the place and some years below it.
   */
  private @Nullable Career candidate(Unit unit, int level, LocalDate day) {
    int[] count = promotions.computeIfAbsent(unit.pool(), p -> new int[2]);
    double aim = aims.computeIfAbsent(unit.pool() + " " + day.getYear(), p -> newAim(unit));
    boolean wanted = count[1] + 0.5 < aim * (count[0] + 1);
    Career best = null;
    double bestScore = Double.NEGATIVE_INFINITY;
    List<Career> from = candidatesFor(unit, level);
    int tries = from.size() > 400 ? 160 : from.size();
    int start = from.isEmpty() ? 0 : random.nextInt(from.size());
    for (int i = 0; i < tries; i++) {
      Career career = from.get((start + i * 7) % from.size());
      if (!mayRise(career, level, day)) {
        continue;
      }
      boolean front = career.servedAtTheFrontBefore(day);
      double score =
          career.merit
              + (front == wanted ? 300 : 0)
              + (career.unit.equals(unit) ? 40 : 0)
              + random.nextInt(80);
      if (score > bestScore) {
        bestScore = score;
        best = career;
      }
    }
    if (best != null) {
      count[0]++;
      count[1] += best.servedAtTheFrontBefore(day) ? 1 : 0;
    }
    return best;
  }

  private double newAim(Unit unit) {
    boolean misses = random.nextInt(100) < 17;
    if (unit.isCityDepartment()) {
      return misses ? 0.1 + random.nextDouble() * 0.3 : 0.55 + random.nextDouble() * 0.25;
    }
    double above = unit.county() < 0 ? 0.66 : 0.83;
    return misses ? above - 0.22 + random.nextDouble() * 0.15 : above + random.nextDouble() * 0.11;
  }

  private List<Career> candidatesFor(Unit unit, int level) {
    int lower = below(level);
    if (level >= 141 || (unit.isCityDepartment() && level == 132)) {
      List<Career> own = inPool(unit.pool(), lower);
      return own.size() < 3 && unit.county() < 0 ? everywhere(lower) : own;
    }
    if (level == 132 && random.nextInt(100) < 75) {
      return inPool(unit.pool(), lower);
    }
    return everywhere(lower);
  }

  private List<Career> inPool(String pool, int level) {
    return pools.getOrDefault(pool, Map.of()).getOrDefault(level, List.of());
  }

  private List<Career> everywhere(int level) {
    List<Career> found = new ArrayList<>();
    for (Unit unit : units) {
      if (unit.county() < 0 || unit.level().equals("县级")) {
        found.addAll(inPool(unit.pool(), level));
      }
    }
    return found;
  }

  private static boolean mayRise(Career career, int level, LocalDate day) {
    int years = level == 131 || level == 141 ? 2 : 3;
    int oldest = level <= 122 ? 57 : level <= 132 ? 54 : 50;
    return career.serving()
        && career.level == below(level)
        && career.movedIn != day.getYear()
        && !career.levelSince.plusYears(years).isAfter(day)
        && !career.busyUntil.isAfter(day)
        && career.ageIn(day.getYear()) <= oldest;
  }

  private static int below(int level) {
    return switch (level) {
      case 121 -> 122;
      case 122 -> 131;
      case 131 -> 132;
      case 132 -> 141;
      case 141 -> 142;
      default -> 150;
    };
  }

  /** Some who lead hold a second post beside it. */
  private void concurrent(Career career, LocalDate day) {
    if (random.nextInt(100) < 9) {
      String title = career.unit.isTownship() ? "党校校长" : "党组成员";
      career.postings.add(
          new Career.Posting(career.unit, title, career.level, Career.CONCURRENT, day, null));
    }
  }

  /** Leaders of one level change places within a county, or among the city's departments. */
  private void exchange(int year) {
    for (int level : List.of(131, 132, 141, 142)) {
      for (String pool : new java.util.TreeSet<>(pools.keySet())) {
        List<Career> leaders =
            inPool(pool, level).stream()
                .filter(c -> c.serving() && c.slot >= 0 && c.level == level && c.movedIn != year)
                .toList();
        for (int i = 0; i + 1 < leaders.size(); i += 2) {
          Career one = leaders.get(i);
          Career other = leaders.get(leaders.size() - 1 - i / 2);
          LocalDate day = day(year, 60, 330);
          if (day == null
              || random.nextInt(100) >= 11
              || one.unit.equals(other.unit)
              || one.movedIn == year
              || other.movedIn == year
              || one.postedOn.plusYears(2).isAfter(day)
              || other.postedOn.plusYears(2).isAfter(day)) {
            continue;
          }
          Unit from = one.unit;
          int slot = one.slot;
          vacate(one);
          Unit to = other.unit;
          int otherSlot = other.slot;
          vacate(other);
          take(one, to, otherSlot, day);
          take(other, from, slot, day);
        }
      }
    }
  }

  private void moveStaff(int year) {
    Map<Integer, List<Unit>> offices = new HashMap<>();
    for (Unit unit : units) {
      if (unit.staff() > 0 && unit.isAuthority()) {
        offices.computeIfAbsent(unit.county(), c -> new ArrayList<>()).add(unit);
      }
    }
    for (Career career : all) {
      if (!career.serving()
          || career.slot >= 0
          || career.movedIn == year
          || !career.unit.isAuthority()
          || career.ageIn(year) > 48
          || random.nextInt(1000) >= 28) {
        continue;
      }
      boolean toTheCity = career.unit.county() >= 0 && random.nextInt(100) < 9;
      List<Unit> choice =
          Objects.requireNonNull(offices.get(toTheCity ? -1 : career.unit.county()));
      Unit to = choice.get(random.nextInt(choice.size()));
      LocalDate day = day(year, 30, 340);
      if (day != null
          && !to.equals(career.unit)
          && !career.postedOn.plusYears(2).isAfter(day)
          && !career.busyUntil.isAfter(day)) {
        career.post(to, titleOf(career, to), career.level, -1, day);
      }
    }
  }

  private void enter(int year) {
    Map<Unit, Integer> staff = new HashMap<>();
    for (Career career : all) {
      if (career.serving() && career.slot < 0) {
        staff.merge(career.unit, 1, Integer::sum);
      }
    }
    for (Unit unit : units) {
      int missing = staffIn(unit, year) - staff.getOrDefault(unit, 0);
      for (int i = 0; i < missing; i++) {
        LocalDate day = day(year, 182, 270);
        if (day == null) {
          continue;
        }
        int age = 22 + Math.min(random.nextInt(9), random.nextInt(9));
        boolean woman = random.nextInt(100) < (unit.kind().equals("学校") ? 62 : 46);
        LocalDate born = LocalDate.of(year - age, 1 + random.nextInt(12), 1 + random.nextInt(28));
        Career career = someone(unit, woman, born, day.withDayOfMonth(1));
        career.post(unit, titleOf(career, unit), 150, -1, day);
      }
    }
  }

  /** To a village, to a task force, to another unit to help or to learn. */
  private void send(int year) {
    List<Unit> cityDepartments =
        units.stream().filter(u -> u.isCityDepartment() && u.isAuthority()).toList();
    for (Career career : all) {
      if (!career.serving()
          || !career.unit.isAuthority()
          || career.level < 132
          || career.ageIn(year) > 52
          || career.beganWork.getYear() > year - 2
          || career.busyUntil.getYear() >= year) {
        continue;
      }
      LocalDate day = day(year, 40, 330);
      if (day == null || day.isBefore(career.postedOn)) {
        continue;
      }
      boolean office = !career.unit.isTownship();
      int chance = random.nextInt(1000);
      if (office && year >= 2013 && chance < 16 && career.level >= 142) {
        Unit township = anyTownship(career.unit.county());
        String village = VILLAGES.get(random.nextInt(VILLAGES.size()));
        career.send(
            township, "驻" + village + "村第一书记", Career.FIRST_SECRETARY, day, day.plusYears(2));
      } else if (chance < 34) {
        Unit at = office ? career.unit : Objects.requireNonNull(career.unit.parent());
        career.send(
            at,
            TASK_FORCES.get(random.nextInt(TASK_FORCES.size())) + "成员",
            Career.TASK_FORCE,
            day,
            day.plusDays(60 + random.nextInt(480)));
      } else if (office && chance < 39 && career.level >= 142) {
        career.send(
            anyTownship(career.unit.county()),
            career.level == 142 ? "挂职党委副书记" : "挂职镇（乡）长助理",
            Career.ATTACHMENT,
            day,
            day.plusYears(1));
      } else if (career.unit.county() >= 0 && career.level == 150 && chance < 50) {
        career.send(
            cityDepartments.get(random.nextInt(cityDepartments.size())),
            "跟班学习",
            Career.STUDY,
            day,
            day.plusMonths(3 + random.nextInt(4)));
      }
    }
  }

  private void ranks(int year) {
    if (year < Ranks.IN_FORCE.getYear()) {
      return;
    }
    for (Career career : all) {
      if (career.serving() && career.unit.isAuthority()) {
        LocalDate day = year == Ranks.IN_FORCE.getYear() ? Ranks.IN_FORCE : day(year, 300, 360);
        if (day != null && !day.isBefore(career.postedOn)) {
          Ranks.advance(career, day, random);
        }
      }
    }
  }

  // ---- grades and awards ----------------------------------------------------------------------

  private void grade(int year) {
    Map<Unit, List<Career>> people = new HashMap<>();
    for (Career career : all) {
      if (career.serving()) {
        people.computeIfAbsent(career.unit, u -> new ArrayList<>()).add(career);
      }
    }
    for (Unit unit : units) {
      List<Career> here = people.getOrDefault(unit, List.of());
      Map<Career, Integer> worth = new HashMap<>();
      for (Career career : here) {
        worth.put(career, career.merit + random.nextInt(120) + (career.slot >= 0 ? 15 : 0));
      }
      List<Career> best = new ArrayList<>(here);
      best.removeIf(c -> c.beganWork.getYear() >= year);
      best.sort(Comparator.comparing((Career c) -> -Objects.requireNonNull(worth.get(c))));
      int most = here.size() / 5;
      int outstanding = most == 0 ? 0 : most - random.nextInt(1 + most / 4);
      for (Career career : here) {
        int rest = random.nextInt(1000);
        String grade = rest < 2 ? "不称职" : rest < 10 ? "基本称职" : rest < 14 ? "不定等次" : "称职";
        career.grades.add(
            new Career.Grade(year, career.beganWork.getYear() >= year ? "不定等次" : grade, unit));
      }
      for (Career career : best.subList(0, Math.min(outstanding, best.size()))) {
        career.grades.set(career.grades.size() - 1, new Career.Grade(year, "优秀", unit));
        award(career, year);
      }
    }
  }

  private void award(Career career, int year) {
    LocalDate day = day(year + 1, 60, 110);
    if (day == null) {
      return;
    }
    int threeYears = 0;
    for (Career.Grade grade : career.grades.reversed()) {
      if (!grade.grade().equals("优秀")) {
        break;
      }
      threeYears++;
    }
    boolean merit = threeYears > 0 && threeYears % 3 == 0;
    career.awards.add(
        new Career.Award(
            merit ? "三等功" : random.nextInt(1000) < 2 ? "二等功" : "嘉奖",
            "澜人社奖〔%d〕%d号".formatted(day.getYear(), 1 + random.nextInt(400)),
            day,
            random.nextInt(100) >= 3));
  }

  // ---- posts ----------------------------------------------------------------------------------

  private @Nullable Career[] holdersOf(Unit unit) {
    return Objects.requireNonNull(holders.get(unit));
  }

  private void take(Career career, Unit unit, int slot, LocalDate day) {
    Unit.Post post = unit.leading().get(slot);
    LocalDate from = day.isBefore(career.beganWork) ? career.beganWork : day;
    career.post(unit, post.title(), post.level(), slot, from);
    holdersOf(unit)[slot] = career;
  }

  private void vacate(Career career) {
    if (career.slot >= 0) {
      holdersOf(career.unit)[career.slot] = null;
    }
  }

  private int staffLevel(Career career, int year) {
    return career.ageIn(year) > 45 && random.nextInt(100) < 8 ? 160 : 150;
  }

  private String titleOf(Career career, Unit unit) {
    if (unit.kind().equals("学校")) {
      return "教师";
    }
    if (unit.kind().equals("企业")) {
      return random.nextInt(100) < 20 ? "部门主管" : "职员";
    }
    if (career.level == 160) {
      return "办事员";
    }
    int senior = (int) (asOf.toEpochDay() - career.beganWork.toEpochDay()) / 365;
    if (senior > 5 && random.nextInt(100) < 18) {
      return unit.isTownship() ? "党政办公室主任" : "综合股股长";
    }
    return "科员";
  }

  private String titleAt(Unit unit, int level) {
    for (Unit.Post post : unit.leading()) {
      if (post.level() == level) {
        return post.title();
      }
    }
    return level == 150 ? "科员" : level == 142 ? "副科级干部" : level == 141 ? "正科级干部" : "县处级干部";
  }

  @Override
  public String toString() {
    return "%s as of %s: %d units, %d officials".formatted(size, asOf, units.size(), all.size());
  }
}
