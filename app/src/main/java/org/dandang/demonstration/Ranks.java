package org.dandang.demonstration;

import java.time.LocalDate;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The twelve ranks for general administration and how they are reached (公务员职务与职级并行规定, in force
 * 2019-06-01): from the post held, then step by step after at least two years each.
 */
final class Ranks {
  static final LocalDate IN_FORCE = LocalDate.of(2019, 6, 1);

  /** The lowest first. */
  static final List<String> ALL =
      List.of(
          "二级科员", "一级科员", "四级主任科员", "三级主任科员", "二级主任科员", "一级主任科员", "四级调研员", "三级调研员", "二级调研员",
          "一级调研员", "二级巡视员", "一级巡视员");

  private Ranks() {}

  /** What a post gives at once. */
  static int lowestFor(int level) {
    return switch (level) {
      case 121 -> 11;
      case 122 -> 10;
      case 131 -> 8;
      case 132 -> 6;
      case 141 -> 4;
      case 142 -> 2;
      case 150 -> 1;
      default -> 0;
    };
  }

  /** How far one comes without a higher post. */
  static int highestFor(int level, Unit unit) {
    boolean city = unit.county() < 0;
    return switch (level) {
      case 121 -> 11;
      case 122 -> 10;
      case 131 -> city ? 10 : 9;
      case 132 -> 8;
      case 141 -> city ? 8 : 7;
      case 142 -> city ? 7 : 6;
      case 150 -> city ? 6 : 5;
      default -> 1;
    };
  }

  static int held(Career career) {
    return career.ranks.isEmpty() ? -1 : ALL.indexOf(career.ranks.getLast().rank());
  }

  /** Called once a year for everybody who serves in an authority. */
  static void advance(Career career, LocalDate day, RandomGenerator random) {
    int held = held(career);
    int lowest = lowestFor(career.level);
    int highest = highestFor(career.level, career.unit);
    if (held < 0) {
      int years = (int) (day.toEpochDay() - career.levelSince.toEpochDay()) / 365;
      int first = Math.min(highest, lowest + Math.min(3, years / 4));
      boolean onProbation = day.isBefore(career.beganWork.plusYears(1));
      if (!onProbation) {
        give(career, Math.max(lowest, first), day);
      }
    } else if (held < lowest) {
      give(career, lowest, day);
    } else if (held < highest
        && !day.isBefore(career.ranks.getLast().since().plusYears(2))
        && random.nextInt(100) < 26 + career.merit / 5) {
      give(career, held + 1, day);
    }
  }

  private static void give(Career career, int rank, LocalDate day) {
    if (career.ranks.isEmpty() || career.ranks.getLast().since().isBefore(day)) {
      career.ranks.add(new Career.RankHeld(ALL.get(rank), day));
    }
  }
}
