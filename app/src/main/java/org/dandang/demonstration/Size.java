package org.dandang.demonstration;

/** How much of a prefecture is invented. */
public enum Size {
  /** About 30,000 officials over twenty years. */
  FULL("prefecture", 11, 17, 22, 30, 100),
  /** About 1,000 officials, for trying out and for tests. */
  SMALL("small-prefecture", 2, 4, 6, 5, 42);

  private final String id;
  private final int counties;
  private final int townships;
  private final int countyDepartments;
  private final int cityDepartments;
  private final int staffPercent;

  Size(
      String id,
      int counties,
      int townships,
      int countyDepartments,
      int cityDepartments,
      int staffPercent) {
    this.id = id;
    this.counties = counties;
    this.townships = townships;
    this.countyDepartments = countyDepartments;
    this.cityDepartments = cityDepartments;
    this.staffPercent = staffPercent;
  }

  /** Part of the names of the files it is taken in from. */
  String id() {
    return id;
  }

  int counties() {
    return counties;
  }

  /** About as many a county. */
  int townships() {
    return townships;
  }

  int countyDepartments() {
    return countyDepartments;
  }

  int cityDepartments() {
    return cityDepartments;
  }

  /** Of the staff a unit has in the full prefecture. */
  int staffPercent() {
    return staffPercent;
  }
}
