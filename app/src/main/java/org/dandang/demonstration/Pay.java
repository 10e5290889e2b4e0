package org.dandang.demonstration;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Invented pay of the last years: the level lies within the range of the rank held at the end of
 * the year (公务员职务与职级并行规定, the table of pay levels), and rises by a level for each five years and by
 * a step for each two in which the annual assessment was at least competent (公务员考核规定, article 20).
 * The amounts are made up.
 *
 * @param level of pay, 27 the lowest
 * @param step within the level, from 1
 * @param since day from which that level counts
 * @param amount of the year, in yuan
 */
record Pay(int year, int level, int step, String rank, LocalDate since, int amount) {
  private static final int YEARS = 4;

  /** Lowest and highest level of each rank, in the order of {@link Ranks#ALL}. */
  private static final int[][] LEVELS = {
    {27, 19}, {26, 18}, {24, 18}, {23, 17}, {22, 16}, {21, 15}, {20, 14}, {19, 13}, {18, 12},
    {17, 11}, {15, 10}, {13, 8}
  };

  static List<Pay> of(Career career, LocalDate asOf) {
    List<Pay> years = new ArrayList<>();
    for (int year = asOf.getYear() - YEARS; year < asOf.getYear(); year++) {
      LocalDate end = LocalDate.of(year, 12, 31);
      Career.RankHeld held = null;
      for (Career.RankHeld rank : career.ranks) {
        if (!rank.since().isAfter(end)) {
          held = rank;
        }
      }
      if (held != null) {
        years.add(in(career, held, year));
      }
    }
    return years;
  }

  private static Pay in(Career career, Career.RankHeld held, int year) {
    long counted =
        career.grades.stream()
            .filter(grade -> grade.year() < year)
            .filter(grade -> grade.grade().equals("优秀") || grade.grade().equals("称职"))
            .count();
    int[] range = LEVELS[Ranks.ALL.indexOf(held.rank())];
    int level = Math.max(range[1], range[0] - (int) (counted / 5));
    int step = 1 + (int) (counted % 5 / 2);
    LocalDate january = LocalDate.of(year, 1, 1);
    LocalDate since = held.since().isAfter(january) ? held.since() : january;
    int amount = 46_000 + (28 - level) * 6_200 + step * 1_450 + (year - 2000) * 640;
    return new Pay(year, level, step, held.rank(), since, amount);
  }
}
