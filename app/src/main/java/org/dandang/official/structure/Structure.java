package org.dandang.official.structure;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The structure of a team or unit.
 *
 * @param members how many officials
 * @param vacancies by level, the highest first
 * @param retirementKnown whether a retirement age is in force on the day
 */
public record Structure(
    long members, List<Dimension> dimensions, List<Vacancy> vacancies, boolean retirementKnown) {

  /** Everybody by one trait. */
  public record Dimension(String id, List<Group> groups) {
    public Dimension {
      groups = List.copyOf(groups);
    }
  }

  /**
   * Those who have it in common.
   *
   * @param id code of the group, or what the register says; {@code unknown} where it does not
   */
  public record Group(String id, long members) {
    public boolean isUnknown() {
      return id.equals("unknown");
    }
  }

  /**
   * The posts of a level.
   *
   * @param level GB/T 12407-2008
   * @param established null: no establishment on record
   * @param held posts that have a holder
   * @param leaving who reaches the retirement age or the longest time in a post within one, two and
   *     three years
   * @param termEnding whose term ends within one, two and three years
   */
  public record Vacancy(
      String level,
      @Nullable Long established,
      long held,
      List<Long> leaving,
      List<Long> termEnding) {
    public Vacancy {
      leaving = List.copyOf(leaving);
      termEnding = List.copyOf(termEnding);
    }

    /** Posts without a holder; null where the establishment is not on record. */
    public @Nullable Long vacant() {
      return established == null ? null : Math.max(0, established - held);
    }

    /** Holders more than posts. */
    public long over() {
      return established == null ? 0 : Math.max(0, held - established);
    }

    /** Vacant after so many years if nobody is appointed; null where posts are not on record. */
    public @Nullable Long expected(int years) {
      return established == null ? null : Math.max(0, established - held + leaving.get(years - 1));
    }
  }

  /** Somebody who was counted. */
  public record Member(
      long id,
      String label,
      @Nullable String unit,
      @Nullable String post,
      @Nullable String level,
      @Nullable LocalDate born,
      @Nullable LocalDate since,
      @Nullable LocalDate retiresOn) {}
}
