package org.dandang.demonstration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PrefectureTests {
  private static final LocalDate DAY = LocalDate.of(2026, 6, 30);
  private static final Prefecture FULL = Prefecture.invented(Size.FULL, DAY, 1);

  @Test
  void hasAboutThirtyThousandOfficialsOverTwentyYearsMostOfThemServing() {
    assertThat(FULL.officials().size()).isBetween(27_000, 34_000);
    assertThat(FULL.officials().stream().filter(Career::serving).count())
        .isBetween(17_000L, 26_000L);
    assertThat(Prefecture.invented(Size.SMALL, DAY, 1).officials().size()).isBetween(700, 1_400);
  }

  @Test
  void isTheSameForTheSameSeedAndAnotherForAnother() {
    PrefectureFiles one = new PrefectureFiles(Prefecture.invented(Size.SMALL, DAY, 7));
    PrefectureFiles same = new PrefectureFiles(Prefecture.invented(Size.SMALL, DAY, 7));
    PrefectureFiles other = new PrefectureFiles(Prefecture.invented(Size.SMALL, DAY, 8));
    for (String name : PrefectureFiles.NAMES) {
      assertThat(one.content(name)).as(name).isEqualTo(same.content(name));
    }
    assertThat(one.content("officials")).isNotEqualTo(other.content("officials"));
  }

  @Test
  void unitsStandBelowTheirParentAndCodesAreUnique() {
    Set<Unit> above = new HashSet<>();
    Set<String> codes = new HashSet<>();
    for (Unit unit : FULL.units()) {
      assertThat(unit.parent() == null || above.contains(unit.parent())).as(unit.name()).isTrue();
      assertThat(codes.add(unit.code())).as(unit.code()).isTrue();
      above.add(unit);
    }
    assertThat(FULL.units().stream().filter(Unit::isTownship).count()).isBetween(150L, 220L);
    assertThat(FULL.units().stream().filter(u -> u.level().equals("县级"))).hasSize(11);
  }

  @Test
  void noLevelIsSkippedAndNobodyFalls() {
    List<Integer> ladder = List.of(150, 142, 141, 132, 131, 122, 121);
    for (Career career : FULL.officials()) {
      int before = -1;
      for (Career.Posting posting : career.postings) {
        if (!posting.kind().equals(Career.REGULAR) || posting.level() == 160) {
          continue;
        }
        int now = ladder.indexOf(posting.level());
        if (before >= 0) {
          assertThat(now - before).as("%s %s", career.key, career.postings).isBetween(0, 1);
        }
        before = now;
      }
    }
  }

  @Test
  void regularPostingsFollowOneAnotherWithoutOverlapFromTheFirstDayOfWork() {
    for (Career career : FULL.officials()) {
      List<Career.Posting> regular =
          career.postings.stream().filter(p -> p.kind().equals(Career.REGULAR)).toList();
      assertThat(regular).as(career.key).isNotEmpty();
      for (int i = 1; i < regular.size(); i++) {
        assertThat(regular.get(i).from()).as(career.key).isEqualTo(regular.get(i - 1).to());
      }
      assertThat(regular.getLast().to()).as(career.key).isEqualTo(career.left);
      for (Career.Posting posting : career.postings) {
        assertThat(posting.from())
            .as(career.key)
            .isAfterOrEqualTo(career.beganWork)
            .isBeforeOrEqualTo(DAY);
      }
      assertThat(career.beganWork.getYear() - career.born.getYear())
          .as(career.key)
          .isBetween(16, 36);
    }
  }

  @Test
  void ranksRiseAndSuitThePost() {
    for (Career career : FULL.officials()) {
      for (int i = 0; i < career.ranks.size(); i++) {
        assertThat(career.ranks.get(i).since()).isAfterOrEqualTo(Ranks.IN_FORCE);
        if (i > 0) {
          assertThat(Ranks.ALL.indexOf(career.ranks.get(i).rank()))
              .isGreaterThan(Ranks.ALL.indexOf(career.ranks.get(i - 1).rank()));
        }
      }
      if (career.serving() && !career.ranks.isEmpty()) {
        assertThat(Ranks.held(career)).as(career.key).isLessThanOrEqualTo(11);
      }
    }
  }

  @Test
  void atMostAFifthOfAUnitIsOutstandingInAYear() {
    Map<String, int[]> counts = new HashMap<>();
    for (Career career : FULL.officials()) {
      for (Career.Grade grade : career.grades) {
        int[] count = counts.computeIfAbsent(grade.unit() + " " + grade.year(), u -> new int[2]);
        count[0]++;
        count[1] += grade.grade().equals("优秀") ? 1 : 0;
      }
    }
    assertThat(counts).hasSizeGreaterThan(8_000);
    counts.forEach(
        (unit, count) -> assertThat(count[1] * 5).as(unit).isLessThanOrEqualTo(count[0]));
    int outstanding = counts.values().stream().mapToInt(c -> c[1]).sum();
    int all = counts.values().stream().mapToInt(c -> c[0]).sum();
    assertThat((double) outstanding / all).isBetween(0.12, 0.2);
  }

  /** Promoted a year, and those of them with front-line service before, by place. */
  private static Map<String, int[]> promotions(boolean cityDepartments) {
    Map<String, int[]> counts = new TreeMap<>();
    for (Career career : FULL.officials()) {
      Career.Posting before = null;
      for (Career.Posting posting : career.postings) {
        if (!posting.kind().equals(Career.REGULAR)) {
          continue;
        }
        LocalDate from = posting.from();
        if (before != null
            && before.level() > posting.level()
            && from != null
            && from.getYear() > DAY.getYear() - 20
            && from.getYear() < DAY.getYear()
            && (cityDepartments
                ? posting.unit().isCityDepartment() && posting.unit().county() < 0
                : posting.unit().county() >= 0)) {
          int[] count =
              counts.computeIfAbsent(posting.unit().pool() + " " + from.getYear(), p -> new int[2]);
          count[0]++;
          count[1] += career.servedAtTheFrontBefore(from) ? 1 : 0;
        }
        before = posting;
      }
    }
    return counts;
  }

  @Test
  void mostCountiesMeetTheQuotaOfEightyInAHundredAndSomeMissIt() {
    Map<String, int[]> counts = promotions(false);
    long met = counts.values().stream().filter(c -> c[1] >= 0.8 * c[0]).count();
    assertThat(counts).hasSizeGreaterThan(11 * 18);
    assertThat((double) met / counts.size()).isBetween(0.6, 0.93);
  }

  @Test
  void mostCityDepartmentsMeetTheQuotaOfHalfAndSomeMissIt() {
    Map<String, int[]> counts = promotions(true);
    long met = counts.values().stream().filter(c -> c[1] >= 0.5 * c[0]).count();
    assertThat((double) met / counts.size()).isBetween(0.5, 0.93);
  }

  @Test
  void surnamesWithReadingsOfTheirOwnAndCompoundOnesOccur() {
    assertThat(FULL.officials())
        .extracting(c -> c.name.substring(0, 1))
        .contains("单", "曾", "仇", "解", "查");
    assertThat(FULL.officials()).extracting(c -> c.name.substring(0, 2)).contains("欧阳", "上官");
    double han = FULL.officials().stream().filter(c -> c.ethnicGroup.equals("汉族")).count();
    assertThat(han / FULL.officials().size()).isBetween(0.84, 0.92);
  }
}
