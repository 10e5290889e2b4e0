package org.dandang.organisation;

import java.util.Collection;
import java.util.List;

/** Levels of posts by the codes of GB/T 12407-2008, the highest first. */
public final class PostLevels {
  public static final List<String> CODES =
      List.of(
          "101", "102", "111", "112", "121", "122", "131", "132", "141", "142", "150", "160",
          "199");

  private PostLevels() {}

  static void check(Collection<String> levels) {
    if (levels.isEmpty()) {
      throw new OrganisationProblem("no-post-level");
    }
    for (String level : levels) {
      if (!CODES.contains(level)) {
        throw new OrganisationProblem("unknown-post-level", level);
      }
    }
  }
}
