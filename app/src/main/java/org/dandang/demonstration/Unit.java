package org.dandang.demonstration;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A unit of the invented prefecture.
 *
 * @param kind and level: the words of an office's list, as the standard mapping takes them
 * @param hardshipClass 0 to 6; null where it is not classed
 * @param county number of the county it lies in; -1 for those of the prefecture itself
 * @param leading posts of its leading body, the highest first
 * @param staff how many others it has at the end of the twenty years
 */
record Unit(
    String code,
    String name,
    String kind,
    String level,
    @Nullable Unit parent,
    @Nullable Integer hardshipClass,
    int county,
    List<Post> leading,
    int staff) {
  /**
   * @param level GB/T 12407 code
   */
  record Post(String title, int level) {}

  boolean isTownship() {
    return level.equals("乡级");
  }

  /** Enterprises and schools: their people hold no ranks. */
  boolean isAuthority() {
    return !kind.equals("企业") && !kind.equals("学校");
  }

  boolean isCounty() {
    return level.equals("县级");
  }

  boolean isCityDepartment() {
    return level.equals("市直部门");
  }

  /** Those who may be moved among each other: a county's own, a city department's own. */
  String pool() {
    return county >= 0 ? "county-" + county : code;
  }

  @Override
  public String toString() {
    return code + " " + name;
  }
}
