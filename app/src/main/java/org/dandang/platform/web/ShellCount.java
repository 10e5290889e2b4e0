package org.dandang.platform.web;

import org.dandang.platform.access.SignedIn;

/** A number in the bar at the top that opens what it counts: unread notices, tasks. */
public interface ShellCount {
  /** Small ones stand first. */
  int order();

  /** Message key of what is counted. */
  String key();

  /** Where it leads. */
  String path();

  /** Name of an icon in {@code icons.svg}. */
  String icon();

  /** How many there are for an account; asked on every page, so it answers in no time. */
  int count(SignedIn account);

  /** As it stands on a page. */
  record Shown(String key, String path, String icon, int count) {}
}
