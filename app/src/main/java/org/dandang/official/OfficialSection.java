package org.dandang.official;

/** A part of an official's page that another module fills; loaded when the page is shown. */
public interface OfficialSection {
  /** The address of the fragment for an officer who looks at a record. */
  String forOfficer(long official);

  /** The address of the fragment for the official's own record. */
  String forOneself();
}
